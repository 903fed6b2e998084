"""The page that explains the API, made from its own description; and the answer where there is no operation."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.api.service import api, not_found

# Of what is asked for in the examples, by operation.
EXAMPLES: dict[str, dict[str, str]] = {
    "list_events": {"fiscal_year": "2018", "limit": "2"},
    "list_exhibitions": {"limit": "2"},
    "list_projects": {"ward": "131091"},
    "list_municipalities": {"prefecture": "01", "relation": "agreement"},
    "list_wards": {"as_of": "2021-01-01"},
    "list_ties": {"ward": "131091"},
    "list_agreements": {"as_of": "2018-05-01"},
    "list_statistics": {"table": "partners"},
}
# Parameters that mean the same everywhere, and what is part of an address.
EXPLAINED_ONCE = {"limit", "offset", "id", "code"}


class Parameter(NamedTuple):
    name: str
    description: str
    choices: tuple[str, ...]


class Operation(NamedTuple):
    path: str
    summary: str
    description: str
    filters: tuple[Parameter, ...]
    example: str


def api_reference(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        told = methods["get"]
        groups.setdefault(told["tags"][0], []).append(_operation(path, told, schema))
    context = {"page_title": "データを取り出すAPI", "groups": groups, "description": schema["info"]["description"]}
    return render(request, "open_data/api.html", context)


def _operation(path: str, told: dict[str, Any], schema: dict[str, Any]) -> Operation:
    asked_for = (found for found in told.get("parameters", ()) if found["name"] not in EXPLAINED_ONCE)
    filters = tuple(_parameter(found, schema) for found in asked_for)
    asked = urlencode(EXAMPLES.get(told["operationId"], {}))
    example = "" if "{" in path else f"{path}?{asked}" if asked else path
    return Operation(path, told["summary"], told.get("description", ""), filters, example)


def _parameter(found: dict[str, Any], schema: dict[str, Any]) -> Parameter:
    kinds = found["schema"].get("anyOf", [found["schema"]])
    names = [kind["$ref"].rsplit("/", 1)[-1] for kind in kinds if "$ref" in kind]
    choices = tuple(choice for name in names for choice in schema["components"]["schemas"][name]["enum"])
    return Parameter(found["name"], found["schema"].get("description", found.get("description", "")), choices)


def no_such_operation(request: HttpRequest, rest: str) -> HttpResponse:
    return not_found(request, Http404())
