"""The first page of a member: three first steps, what waits, and where to go."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Membership
from portal.core.approval import actions
from portal.core.wareki import fiscal_year_of
from tests.factories.core import ImageFactory, ProposalFactory, UserFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import (
    MemberPostFactory,
    MembershipApplicationFactory,
    MembershipConfirmationFactory,
    MemberStaffFactory,
    MunicipalityProfileFactory,
)

pytestmark = pytest.mark.django_db

DASHBOARD = reverse("member_dashboard")
DRAFT = {"publication_state": "draft", "publish_at": None}


def steps_of(member):
    return [step.is_done for step in member.get(DASHBOARD).context["steps"]]


def proposed(town, member, title, factory=MemberPostFactory, **fields):
    record = factory(owner=town, title=title, **DRAFT, **fields)
    return ProposalFactory(record=record, written_by=member.person)


def test_it_greets_and_leads_on(member, town):
    html = member.get(DASHBOARD).content.decode()

    assert "町の職員さん、山川町の担当としてご利用中です。" in html
    for name in ("profile", "events", "event_add", "posts", "post_add", "people", "membership"):
        assert f'href="{reverse(f"member_{name}")}"' in html


def test_the_first_steps_are_marked_as_they_are_done(member, town):
    assert steps_of(member) == [False, False, False]
    profile = MunicipalityProfileFactory(municipality=town, **DRAFT)
    assert steps_of(member) == [True, False, False]
    profile.images.add(ImageFactory())
    assert steps_of(member) == [True, True, False]
    assert "はじめの三つ" in member.get(DASHBOARD).content.decode()
    EventFactory(owner=town, kind="member", **DRAFT)
    assert steps_of(member) == [True, True, True]
    assert "はじめの三つ" not in member.get(DASHBOARD).content.decode()


def test_what_was_sent_back_comes_first_with_its_reason_then_what_waits(member, town, neighbour):
    secretary = UserFactory(is_staff=True)
    waiting = proposed(town, member, "確認中の投稿")
    actions.submit(proposal=waiting, by=member.person)
    remanded = proposed(town, member, "差し戻された催し", EventFactory, kind="member")
    actions.submit(proposal=remanded, by=member.person)
    actions.remand(proposal=remanded, by=secretary, comment="会場を書いてください。")
    MemberPostFactory(owner=town, title="公開予定の投稿", publish_at=datetime(2099, 4, 1, tzinfo=UTC))
    MemberPostFactory(owner=town, title="公開中の投稿")
    proposed(Membership.objects.latest("pk").municipality, neighbour, "隣町の下書き")

    response = member.get(DASHBOARD)

    listed = [(str(way.record), way.stage.label) for way, _ in response.context["ways"]]
    assert listed == [("差し戻された催し", "差戻し"), ("確認中の投稿", "確認中"), ("公開予定の投稿", "公開予定")]
    assert "コメント：会場を書いてください。" in response.content.decode()


def test_applications_of_colleagues_wait_here(member, town, neighbour):
    mine = MembershipApplicationFactory(municipality=town, is_joining=True, state="awaiting_consent", name="新しい方")
    MembershipApplicationFactory(municipality=town, name="初めの申込み")

    response = member.get(DASHBOARD)

    assert list(response.context["applications"]) == [mine]
    assert reverse("member_application", args=[mine.reference]) in response.content.decode()
    assert list(neighbour.get(DASHBOARD).context["applications"]) == []


def test_the_yearly_confirmation_is_one_click_away(member, town):
    membership, year = Membership.objects.get(), fiscal_year_of(timezone.localdate())
    asked = MembershipConfirmationFactory(membership=membership, fiscal_year=year, asked_at=timezone.now())

    member.post(member.get(DASHBOARD).context["confirmation_url"])

    asked.refresh_from_db()
    assert asked.confirmed_at is not None
    assert member.get(DASHBOARD).context["asked"] is None


def test_while_the_membership_rests_it_says_so_and_leads_nowhere_to_write(member, town):
    Membership.objects.update(withdrawn_on=date(2020, 4, 1), ended_by_suspension=True)
    proposed(town, member, "休む前の下書き")

    html = member.get(DASHBOARD).content.decode()

    assert "会員登録は休止しています。" in html
    assert "休む前の下書き" in html
    assert 'href="/members/posts/' not in html
    assert reverse("member_event_add") not in html


def test_many_records_take_no_more_queries_than_few(member, town):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert member.get(DASHBOARD).status_code == 200
        return len(asked)

    def more(count):
        for number in range(count):
            proposed(town, member, f"下書き{number}")
            proposed(town, member, f"催し{number}", EventFactory, kind="member")
            MemberStaffFactory(municipality=town)
            MembershipApplicationFactory(municipality=town, is_joining=True, state="awaiting_consent")

    more(1)
    few = queries()
    more(12)
    assert queries() == few
    # Beside them the session and the person, whom every page asks for.
    assert few <= 17


def test_the_head_of_every_page_leads_there_and_nobody_else(member, client):
    way = f'<a href="{DASHBOARD}">会員のページ</a>'
    assert way in member.get("/privacy/").content.decode()
    assert reverse("member_me") in member.get(reverse("account_home")).content.decode()
    client.force_login(UserFactory())
    assert way not in client.get("/privacy/").content.decode()
