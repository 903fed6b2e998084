"""No private text of the demo site reaches anybody it is not for: each carries its canary, all places are searched."""

import re
import zipfile
from collections import Counter
from io import BytesIO
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from django.contrib import admin
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from portal.api.service import api
from portal.core.models import PreviewLink, Proposal, User
from portal.demo.people import ACCOUNTS
from tests.accounts.signing_in import code_now
from tests.browser.pages import FIXED
from tests.portal.demo.site import PASSWORD, PUBLISHABLE, TODAY, TOTP_SECRET, noon

# The demo data are written once for all of them.
pytestmark = pytest.mark.xdist_group(__name__)

CANARY = re.compile(r"CANARY-[a-z]+-\d+")
# So many pages of one view are looked at: those of the demo data come first on every list.
OF_ONE_VIEW = 12
# What stands on the page of something else, which is public in any case.
ON_PAGES_OF_OTHERS = ("Publication", "MunicipalityProfile")
STARTS = [
    *("/sitemap.xml", "/robots.txt", "/events.ics", "/events/feed/", "/news/feed/", "/posts/feed/"),
    "/api/v1/openapi.json",
]


def text_of(response) -> str:
    """All that an answer says, inside of a workbook too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return headers + content.decode("utf-8", errors="ignore")


def secrets_in(text: str) -> set[str]:
    return set(CANARY.findall(text)) | {email for email in ACCOUNTS if email in text}


def links_in(response, address: str) -> list[str]:
    kind = response.get("Content-Type", "")
    if kind.startswith("text/html"):
        document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
        found = [
            element.get(name) for element in document.iter() for name in ("href", "src", "content") if element.get(name)
        ]
    elif kind.startswith(("application/xml", "application/atom+xml", "application/rss+xml", "text/xml")):
        found = re.findall(r"<(?:loc|link|id)>([^<]+)<", response.content.decode())
    else:
        return []
    whole = (urldefrag(urljoin(f"http://testserver{address}", link)).url for link in found if "\n" not in link)
    return [
        f"{parts.path}{'?' + parts.query if parts.query else ''}"
        for parts in map(urlsplit, whole)
        if parts.netloc in ("testserver", "localhost:8000", "127.0.0.1:8000") and parts.path.startswith("/")
    ]


def view_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "nowhere"


def everywhere(client: Client) -> dict[str, str]:
    """Every address that can be reached from the first page, with what it says; of each view only so many."""
    waiting, seen, of_view, said = [*FIXED, *STARTS, *operations()], set(), Counter(), {}
    while waiting:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static/", "/admin/", "/accounts/logout")):
            continue
        seen.add(address)
        view = view_of(address)
        of_view[view] += 1
        if of_view[view] > OF_ONE_VIEW:
            continue
        response = client.get(address)
        said[address] = text_of(response)
        if not response.streaming:
            waiting += links_in(response, address)
    return said


def operations() -> list[str]:
    """Every operation of the API that lists something."""
    return [path for path in api.get_openapi_schema()["paths"] if "{" not in path]


def hidden() -> list:
    """The records that are not public."""
    return [
        row
        for model in PUBLISHABLE
        for row in model.objects.filter(is_demo=True).exclude(pk__in=model.objects.published(noon(TODAY)))
    ]


def sign_in(client, name: str) -> User:
    user = User.objects.get(email=f"{name}@demo.example")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_now(TOTP_SECRET)})
    return user


def test_the_private_texts_are_there_to_be_found(demo_site):
    notes = {
        model: set(model.objects.filter(is_demo=True).values_list("internal_note", flat=True)) for model in PUBLISHABLE
    }
    assert [model for model, texts in notes.items() if not all(CANARY.match(text) for text in texts)] == []
    kinds = Proposal.objects.filter(subject__startswith="【デモ】").order_by("pk").values_list("state", "steps__kind")
    assert set(kinds) >= {("in_review", "submitted"), ("draft", "remanded"), ("approved", "published")}
    assert CANARY.match(PreviewLink.objects.get().recipient)


def own_secrets(who: str | None, address: str) -> set[str]:
    """Their own address, and on the pages of members what the first of them has written and who works for it."""
    of_town = {f"CANARY-member-{number}" for number in (*range(3, 9), *range(20, 27))}
    return {f"{who}@demo.example"} | (of_town if who and address.startswith("/members/") else set())


@pytest.mark.slow
@pytest.mark.parametrize("who", [None, "member"])
def test_no_public_address_tells_any(demo_site, who):
    browser = Client()
    if who:
        sign_in(browser, who)
    said = everywhere(browser)

    assert len({view_of(address) for address in said}) > 50
    told = {address: secrets_in(text) - own_secrets(who, address) for address, text in said.items()}
    assert {address: secrets for address, secrets in told.items() if secrets} == {}


def test_records_that_are_not_public_say_nothing_at_their_own_addresses(demo_site):
    visitor = Client()
    told = {}
    for row in hidden():
        for address in {row.get_absolute_url(), getattr(row, "get_calendar_url", row.get_absolute_url)()}:
            response = visitor.get(address)
            if response.status_code == 200 and type(row).__name__ not in ON_PAGES_OF_OTHERS:
                told[address] = response.status_code
            if secrets_in(text_of(response)):
                told[address] = secrets_in(text_of(response))
    assert told == {}


def test_searching_for_a_canary_finds_nothing(demo_site):
    visitor = Client()
    for name in ("event_list", "municipality_list", "project_list", "news_list"):
        response = visitor.get(reverse(name), {"q": "CANARY-shinagawa"})
        assert secrets_in(response.content.decode()) == set()


def test_mails_name_no_record_and_no_person(demo_site):
    call_command("remind_approvers")
    assert len(mail.outbox) > 0
    assert {mail_.subject: CANARY.findall(mail_.subject + mail_.body) for mail_ in mail.outbox} == {
        mail_.subject: [] for mail_ in mail.outbox
    }


def addresses_of_lists(word: str) -> list[str]:
    """Every list with its search, and every field that finds records."""
    found = []
    for model, model_admin in admin.site._registry.items():
        listed = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        found += [reverse(listed, query=query) for query in ({}, {"q": word}, {"state": "all"})]
        for source in (model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)):
            meta = source.model._meta
            asked = {"app_label": meta.app_label, "model_name": meta.model_name, "term": word}
            fields = source.autocomplete_fields
            found += [reverse("admin:autocomplete", query=asked | {"field_name": field}) for field in fields]
    return found


def addresses_of_records() -> list[str]:
    return [
        reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])
        for row in hidden()
        for page in ("change", "history", "review", "preview")
    ]


@pytest.mark.parametrize(("who", "foreign"), [("meguro-editor", "shinagawa"), ("shinagawa-editor", "meguro")])
def test_staff_of_a_ward_find_no_text_of_another(demo_site, client, who, foreign):
    sign_in(client, who)
    word = f"CANARY-{foreign}"
    addresses = [reverse("admin:index"), *addresses_of_lists(word), *addresses_of_records()]
    assert [where for where in addresses if re.search(rf"{word}-\d", client.get(where).content.decode())] == []
