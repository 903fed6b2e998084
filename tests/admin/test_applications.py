"""The back office page of applications: what is known, what it is checked against, and the decision."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from municipalities.models import Membership
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.factories.core import ContactPointFactory, UserFactory
from tests.factories.municipalities import (
    MembershipApplicationFactory,
    MembershipFactory,
    MemberStaffFactory,
    MunicipalityFactory,
    WardStaffFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:municipalities_membershipapplication_changelist")
NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)


def page(application):
    return reverse("admin:municipalities_membershipapplication_change", args=[application.pk])


@pytest.fixture
def application():
    place = MunicipalityFactory(
        name="芽室町",
        official_site="https://www.memuro.example.jp/",
        contact=ContactPointFactory(organization="芽室町役場", phone="0155-00-0000"),
    )
    return MembershipApplicationFactory(municipality=place)


def member_of_group(role):
    person = UserFactory(is_staff=True)
    person.groups.add(ensure_groups()[role])
    return person


@pytest.fixture
def secretary():
    return member_of_group(Role.SECRETARIAT)


@pytest.fixture
def office(client, secretary):
    sign_in(client, secretary)
    return client


def test_the_list_holds_what_waits_the_longest_waiting_first(office):
    with time_machine.travel(NOON, tick=False):
        names = {"later": datetime(2026, 11, 25, 1, tzinfo=UTC), "first": datetime(2026, 11, 20, 1, tzinfo=UTC)}
        for name, at in names.items():
            MembershipApplicationFactory(municipality=MunicipalityFactory(name=name), confirmed_at=at)
        MembershipApplicationFactory(
            municipality=MunicipalityFactory(name="never"), state="unconfirmed", confirmed_at=None
        )
        MembershipApplicationFactory(
            municipality=MunicipalityFactory(name="joining"), state="awaiting_consent", is_joining=True
        )

        def listed(**query):
            found = office.get(LIST, query).context["cl"].result_list
            return [row.municipality.name for row in found]

        assert listed() == ["first", "later"]
        assert listed(state="awaiting_consent") == ["joining"]
        assert set(listed(state="all")) == {"first", "later", "joining"}
        assert "メール未確認" not in office.get(LIST).content.decode()
        assert '<td class="field-waiting">6日</td>' in office.get(LIST).content.decode()


def test_the_page_shows_what_to_check_against(office, application):
    html = office.get(page(application)).content.decode()
    for words in (
        "申込花子",
        "自治体のドメイン（lg.jp）",
        "https://www.memuro.example.jp/",
        "芽室町役場 企画課 0155-00-0000",
        "まだ会員ではありません",
        "0人",
    ):
        assert words in html
    MembershipFactory(municipality=application.municipality)
    MemberStaffFactory(municipality=application.municipality)
    html = office.get(page(application)).content.decode()
    assert "2015年4月1日から会員です" in html
    assert "<dd>1人</dd>" in html


def test_approving_with_a_check(office, secretary, application):
    response = office.post(page(application), {"decision": "approve", "has_called_office": "on"}, follow=True)
    assert "承認しました。申込者に、招待のメールを送ります。" in response.content.decode()
    application.refresh_from_db()
    assert (application.state, application.decided_by) == ("approved", secretary)
    assert Membership.objects.get().municipality == application.municipality
    html = office.get(page(application)).content.decode()
    assert 'value="approve"' not in html
    assert "公表されている電話番号" in html


def test_a_second_click_says_that_it_is_done(office, application):
    data = {"decision": "approve", "has_called_office": "on"}
    office.post(page(application), data)
    response = office.post(page(application), data)
    assert response.status_code == 200
    assert "この申込みの手続きは、すでに終わっています。" in response.content.decode()
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"decision": "approve"}, "承認するには、何で確かめたかを一つ以上選んでください。"),
        ({"decision": "refuse", "explanation": " "}, "見送るときは、申込者への説明を書いてください。"),
        ({"decision": "other"}, "正しく選択してください。"),
        ({"has_called_office": "on"}, "「承認する」か「見送る」を押してください。"),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(office, application, data, message):
    response = office.post(page(application), {"has_seen_document": "", "explanation": "庁内の確認"} | data)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert data.get("explanation", "庁内の確認") in response.content.decode()
    application.refresh_from_db()
    assert application.state == "in_review"


def test_refusing_with_words(office, application, mailoutbox):
    data = {"decision": "refuse", "explanation": "自治体に確かめられませんでした。"}
    response = office.post(page(application), data, follow=True)
    assert "見送りました。申込者に、説明をメールで送ります。" in response.content.decode()
    assert "自治体に確かめられませんでした。" in mailoutbox[0].body


def test_who_cannot_be_admitted_is_told_on_the_page(office, application):
    UserFactory(email=application.email, is_staff=True)
    response = office.post(page(application), {"decision": "approve", "has_called_office": "on"})
    assert "このメールアドレスは、管理画面を使う職員のものです。" in response.content.decode()
    assert not Membership.objects.exists()


def test_the_auditor_reads_and_wards_do_not(client, application):
    sign_in(client, member_of_group(Role.AUDITOR))
    html = client.get(page(application)).content.decode()
    assert "申込花子" in html
    assert "判断するのは事務局です。" in html
    assert client.post(page(application), {"decision": "approve", "has_called_office": "on"}).status_code == 403
    client.logout()
    sign_in(client, WardStaffFactory(role="approver").user)
    assert [client.get(address).status_code for address in (LIST, page(application))] == [403, 403]


def test_nobody_sees_what_nobody_confirmed(office):
    unconfirmed = MembershipApplicationFactory(state="unconfirmed", confirmed_at=None)
    assert office.get(page(unconfirmed)).status_code == 404


def test_no_table_tells_of_a_person(office, application):
    table = office.get(reverse("admin:municipalities_membershipapplication_export", args=["csv"]))
    text = b"".join(table.streaming_content if table.streaming else [table.content]).decode()
    assert "芽室町" in text
    assert [word for word in ("申込花子", application.email, application.phone) if word in text] == []
