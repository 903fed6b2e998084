"""Everything a visitor can ask and send, found as the visitor finds it: by following links and reading forms."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote_from_bytes, urljoin, urlsplit

import html5lib
from django.urls import Resolver404, resolve

from tests.faults.people import value_of
from tests.hostile.inputs import HOW_MANY

# Of pages that answer at one kind of address, so many are opened.
OF_ONE_KIND = 2 if HOW_MANY > 100 else 1
MOST_PAGES = 400
# Leaving, and what is no page.
LEFT_ALONE = {"account_logout", "social_image", "media", "metrics", "read_back", "admin:logout"}
BUTTONS = ("submit", "image")


@dataclass(frozen=True)
class Form:
    """A form as it was opened: its page, where and how it is sent, and its fields in order."""

    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]


@dataclass
class Found:
    """What one visitor found: the kinds of addresses, what each is asked, and the forms."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    questions: set[tuple[str, str]] = field(default_factory=set)
    forms: dict[tuple[str, tuple[str, ...]], Form] = field(default_factory=dict)


def kind_of(path: str) -> str:
    try:
        return resolve(path).view_name or ""
    except Resolver404:
        return ""


def find(client, entrances: list[str]) -> Found:
    """Opens what can be reached from some pages."""
    found, waiting, opened = Found(), list(entrances), 0
    while waiting and opened < MOST_PAGES:
        address = waiting.pop(0)
        kind, path = kind_of(urlsplit(address).path), urlsplit(address).path
        known = found.pages.setdefault(kind, [])
        found.questions |= {(path, name) for name, _ in parse_qsl(urlsplit(address).query)}
        if not kind or kind in LEFT_ALONE or path in known or len(known) >= OF_ONE_KIND:
            continue
        known.append(path)
        opened += 1
        response = client.get(address)
        if response.status_code in (301, 302):
            waiting.append(urljoin(address, response["Location"]))
        elif response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            waiting += read(response.content.decode(), path, found)
    return found


def read(text: str, path: str, found: Found) -> list[str]:
    """Takes the forms of a page, and gives its links."""
    document = html5lib.parse(text, namespaceHTMLElements=False)
    for element in document.iter("form"):
        form = form_of(element, path, document)
        if kind_of(urlsplit(form.action).path) in LEFT_ALONE:
            continue
        if form.method == "get":
            found.questions |= {(urlsplit(form.action).path, name) for name, _ in form.fields}
        else:
            names = tuple(sorted({name for name, _ in form.fields}))
            found.forms.setdefault((kind_of(urlsplit(form.action).path), names), form)
    links = [urljoin(path, link.get("href")) for link in document.iter("a") if link.get("href")]
    return [link.partition("#")[0] for link in links if not urlsplit(link).netloc and link.startswith("/")]


def form_of(element, path: str, document) -> Form:
    fields = []
    name = element.get("id")
    outside = [other for other in document.iter() if name and other.get("form") == name]
    for part in [*element.iter(), *outside]:
        if part.tag not in ("input", "select", "textarea", "button") or not part.get("name"):
            continue
        kind = part.get("type", "submit" if part.tag == "button" else "text")
        if kind in BUTTONS and any(known == part.get("name") for known, _ in fields):
            continue
        fields.append((part.get("name"), part.get("value", "") if part.tag == "button" else filled(part, kind)))
    action = urljoin(path, element.get("action") or path)
    return Form(path, action, element.get("method", "get").lower(), tuple(fields))


def filled(element, kind: str) -> str:
    """As it was opened; what was empty with something that a person might write there."""
    if kind in ("checkbox", "radio"):
        return element.get("value", "on")
    value = value_of(element)
    if value or kind == "hidden":
        return value
    if element.tag == "select":
        return next((option.get("value") for option in element.iter("option") if option.get("value")), "")
    return {"email": "somebody@example.jp", "number": "1", "date": "2026-11-26", "file": ""}.get(kind, "架空の値")


def encoded(pairs: list[tuple[str, bytes]]) -> bytes:
    """A query or a form, of bytes that need not be text."""
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs).encode()
