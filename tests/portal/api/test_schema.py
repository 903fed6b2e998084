"""The description of the API is whole, for programs and for people."""

import pytest

from portal.api.service import api
from tests.reading import main_text

pytestmark = pytest.mark.django_db

OPERATIONS = {
    "list_emergency_notices",
    *("list_events", "get_event", "list_exhibitions", "get_exhibition", "list_projects", "get_project"),
    *("list_municipalities", "get_municipality", "list_prefectures", "list_wards", "list_ties"),
    *("list_agreements", "get_agreement", "list_company_agreements", "list_disasters", "get_disaster"),
    *("list_statistics", "list_news", "get_news_item"),
}


def test_the_description_names_every_operation_and_only_reading(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    assert {told["operationId"] for methods in paths.values() for told in methods.values()} == OPERATIONS
    assert {method for methods in paths.values() for method in methods} == {"get"}


def test_every_operation_and_parameter_is_explained_in_japanese():
    told = [methods["get"] for methods in api.get_openapi_schema()["paths"].values()]

    assert [operation["operationId"] for operation in told if not operation["summary"]] == []
    assert [
        parameter["name"]
        for operation in told
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query" and not parameter.get("description")
    ] == []


def test_the_page_tells_the_words_that_can_be_asked_for(client):
    assert "planned held cancelled postponed changed withheld" in main_text(client.get("/api/v1/"))
