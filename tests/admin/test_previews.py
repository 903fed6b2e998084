"""What is not public yet, as the public will see it: for staff, and by a link for those without an account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from portal.core.models import AuditEntry, PreviewLink, Proposal
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import send
from tests.conftest import StrictClient
from tests.factories.disaster_support import DisasterFactory
from tests.factories.events import EventFactory, ExhibitionFactory, WardProjectFactory
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    CooperationAgreementFactory,
    WardFactory,
    WardStaffFactory,
)
from tests.factories.portal import NewsItemFactory, PublicationFactory

pytestmark = pytest.mark.django_db

PUBLISHABLE = [
    EventFactory,
    ExhibitionFactory,
    WardProjectFactory,
    CooperationAgreementFactory,
    CompanyAgreementFactory,
    DisasterFactory,
    NewsItemFactory,
    PublicationFactory,
]


def address(record, page):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def make_link(office, record, recipient="○○町企画課"):
    """What the page shows once a link is made: its address."""
    html = office.post(address(record, "links"), {"recipient": recipient}).content.decode()
    return re.search(r"http://testserver(/preview/[^/]+/)", html)[1]


@pytest.fixture
def visitor():
    return StrictClient()


@pytest.mark.parametrize("factory", PUBLISHABLE, ids=lambda factory: factory._meta.model.__name__)
def test_a_draft_of_every_kind_is_seen_on_its_public_page(office, factory):
    record = factory(publication_state="draft", publish_at=None)
    response = office.get(address(record, "preview"))

    assert response.status_code == 200
    assert "プレビューです。" in response.content.decode()
    record.refresh_from_db()
    assert (record.publication_state, record.publish_at) == ("draft", None)


def test_it_is_the_public_page_but_for_the_line_that_says_so(office, visitor):
    item = NewsItemFactory(title="題名", publish_at=datetime(2026, 1, 1, tzinfo=UTC))
    line = re.compile(r"<aside class=\"demo-line\".*?</aside>", re.DOTALL)
    preview = office.get(address(item, "preview")).content.decode()
    public = visitor.get(item.get_absolute_url()).content.decode()

    assert line.sub("", preview).split() == public.split()
    assert "管理者" not in preview


def test_a_proposed_change_is_seen_and_nothing_of_it_stays(office, visitor):
    event = EventFactory(title="いまの名称")
    rows = {"speakers-TOTAL_FORMS": "1", "speakers-0-listing_order": "1", "speakers-0-name": "登壇する人"}
    send(office, reverse("admin:events_event_change", args=[event.pk]), title="変更案の名称", **rows)
    html = office.get(address(event, "preview")).content.decode()

    assert ("変更案の名称" in html, "登壇する人" in html) == (True, True)
    assert Event.objects.get().title == "いまの名称"
    assert event.speakers.count() == 0
    assert "変更案の名称" not in visitor.get(event.get_absolute_url()).content.decode()


def test_a_link_shows_it_to_somebody_without_an_account(office, visitor):
    item = NewsItemFactory(title="区長に見せるお知らせ", publication_state="draft", publish_at=None)
    link = make_link(office, item)

    response = visitor.get(link)

    assert (response.status_code, "区長に見せるお知らせ" in response.content.decode()) == (200, True)
    assert visitor.get(item.get_absolute_url()).status_code == 404
    entry = AuditEntry.objects.get(action="preview")
    assert (entry.by.name, entry.detail) == ("管理者", "作成：○○町企画課")


def test_no_preview_is_kept_or_listed(office, visitor):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    link = make_link(office, item)
    answers = [
        office.get(address(item, "preview")),
        visitor.get(link),
        visitor.get(link.replace("/preview/", "/preview/x")),
    ]

    for response in answers:
        assert response.headers["Cache-Control"].startswith("private, no-store")
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert {"ETag", "Last-Modified"} & response.headers.keys() == set()
    assert "/preview/" in visitor.get("/robots.txt").content.decode()


def test_a_link_ends_after_seven_days(office, visitor):
    item = NewsItemFactory(title="題名", publication_state="draft", publish_at=None)
    link = make_link(office, item)
    expires = PreviewLink.objects.get().expires_at
    for moment, status in ((expires - timedelta(seconds=1), 200), (expires, 410)):
        with time_machine.travel(moment, tick=False):
            assert visitor.get(link).status_code == status
    assert expires - PreviewLink.objects.get().made_at == timedelta(days=7)


def test_a_revoked_link_opens_nothing(office, visitor):
    item = NewsItemFactory(title="題名", publication_state="draft", publish_at=None)
    link = make_link(office, item)
    office.post(address(item, "links"), {"revoke": PreviewLink.objects.get().pk})

    response = visitor.get(link)

    assert (response.status_code, "題名" in response.content.decode()) == (410, False)
    assert "担当者に、新しいリンクをご依頼ください" in response.content.decode()


def test_the_link_itself_is_kept_nowhere(office):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    token = make_link(office, item).split("/")[2]

    assert token not in str(PreviewLink.objects.values()) + str(AuditEntry.objects.values())
    assert token not in office.get(address(item, "review")).content.decode()


def test_a_link_opens_one_record_and_no_other(office, visitor):
    shown = NewsItemFactory(title="見せるお知らせ", publication_state="draft", publish_at=None)
    hidden = NewsItemFactory(title="見せないお知らせ", publication_state="draft", publish_at=None)
    html = visitor.get(make_link(office, shown)).content.decode()

    assert ("見せるお知らせ" in html, "見せないお知らせ" in html) == (True, False)
    assert visitor.get(hidden.get_absolute_url()).status_code == 404


def test_only_who_keeps_a_record_shows_it_to_others(client):
    own, foreign = WardFactory(), WardFactory()
    sign_in(client, WardStaffFactory(ward=own).user)
    mine = WardProjectFactory(ward=own, publication_state="draft", publish_at=None)
    theirs = WardProjectFactory(ward=foreign, publication_state="draft", publish_at=None)
    news = NewsItemFactory(publication_state="draft", publish_at=None)

    assert [client.get(address(row, "preview")).status_code for row in (mine, theirs, news)] == [200, 404, 403]
    sent = {"recipient": "相手"}
    assert [client.post(address(row, "links"), sent).status_code for row in (mine, theirs, news)] == [200, 404, 403]


def test_a_link_needs_somebody_it_is_for(office):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    response = office.post(address(item, "links"), {"recipient": " "}, follow=True)

    assert "渡す相手の組織を、100文字までで入れてください。" in response.content.decode()
    assert PreviewLink.objects.count() == 0


def test_a_wrong_number_revokes_nothing(office):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    make_link(office, item)
    for key in ("x", "0", "99999"):
        assert office.post(address(item, "links"), {"revoke": key}).status_code == 404
    assert PreviewLink.objects.open(timezone.now()).count() == 1


def test_visitors_are_not_let_in_to_the_preview_of_staff(visitor):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    assert visitor.get(address(item, "preview")).status_code == 302
    assert Proposal.objects.count() == 0
    assert Client().post(address(item, "links"), {"recipient": "相手"}).status_code == 302
