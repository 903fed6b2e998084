"""JSON-LD held against the vocabulary of schema.org: every type, every property of a type, every kind of value."""

import json
import re
from functools import cache

import html5lib
import msgspec_schemaorg.enums as enumerations
import msgspec_schemaorg.models as types

CONTEXT = "https://schema.org"
DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+09:00")
_INPUT = frozenset({"str", "PropertyValueSpecification"})
URL = re.compile(r"https?://\S+")


def things_in(html: str) -> list[dict]:
    """What a page says in JSON-LD, one thing after another."""
    return things_of_document(html5lib.parse(html, namespaceHTMLElements=False))


def things_of_document(document) -> list[dict]:
    """The same of a page that was parsed."""
    found: list[dict] = []
    for script in document.iter("script"):
        if script.get("type") == "application/ld+json":
            said = json.loads(script.text)
            assert said.pop("@context") == CONTEXT
            found += said.get("@graph", [said])
    return found


def things_of(response, kind: str) -> list[dict]:
    """The things of one type on a page."""
    return [thing for thing in things_in(response.content.decode()) if thing["@type"] == kind]


def faults_of(thing: dict) -> list[str]:
    """Where a thing, or one within it, leaves the vocabulary; nothing for a good one."""
    kind = getattr(types, str(thing.get("@type")), None)
    if kind is None:
        return [f"no type: {thing}"]
    return [fault for name, value in thing.items() for fault in _faults_of_property(kind, name, value)]


def _faults_of_property(kind: type, name: str, value: object) -> list[str]:
    where = f"{kind.__name__}.{name}"
    if name == "@type":
        return []
    if name == "@id":
        return [] if isinstance(value, str) and URL.fullmatch(value) else [f"{where}: no address: {value}"]
    # What somebody is to put in for a property of an action (schema.org/docs/actions.html).
    is_input = name.endswith("-input") and issubclass(kind, types.Action) and _expected(kind, name[: -len("-input")])
    expected = _INPUT if is_input else _expected(kind, name)
    if not expected:
        return [f"{where}: no such property"]
    if value in (None, "", [], {}):
        return [f"{where}: empty"]
    values = value if isinstance(value, list) else [value]
    return [fault for one in values for fault in _faults_of_value(where, one, expected)]


def _faults_of_value(where: str, value: object, expected: frozenset[str]) -> list[str]:
    within = faults_of(value) if isinstance(value, dict) else []
    return within if _fits(value, expected) else [*within, f"{where}: {value!r} is none of {sorted(expected)}"]


@cache
def _expected(kind: type, name: str) -> frozenset[str]:
    """The names of the types that a property of a type takes; none where it has no such property."""
    for ancestor in kind.__mro__:
        written = getattr(ancestor, "__annotations__", {}).get(name)
        if written is not None and name in kind.__struct_encode_fields__:
            return frozenset(re.findall(r"\w+", str(written))) - {"Union", "List", "None", "Optional"}
    return frozenset()


def _fits(value: object, expected: frozenset[str]) -> bool:
    if isinstance(value, dict):
        kind = getattr(types, str(value.get("@type")), None)
        return kind is not None and bool(expected & {ancestor.__name__ for ancestor in kind.__mro__})
    if isinstance(value, bool):
        return "bool" in expected
    if isinstance(value, int | float):
        return type(value).__name__ in expected or (isinstance(value, int) and "float" in expected)
    return isinstance(value, str) and any(_is_text_of(value, name) for name in expected)


def _is_text_of(value: str, name: str) -> bool:
    if name in ("str", "URL", "date", "datetime"):
        pattern = {"URL": URL, "date": DAY, "datetime": MOMENT}.get(name)
        return pattern is None or pattern.fullmatch(value) is not None
    members = getattr(enumerations, name, ())
    return value in {f"{CONTEXT}/{member.value}" for member in members}
