"""The first page of the back office: what each person finds on it, and what it costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from portal.core.approval.actions import approve, draft, publish, remand, submit
from portal.desk.reading import desk_of
from portal.models import NewsItem
from portal.roles import Access, Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.factories.contact import InquiryFactory
from tests.factories.core import AuditEntryFactory, ImageFactory, UserFactory
from tests.factories.events import (
    EventFactory,
    ExhibitionFactory,
    TourStopFactory,
    WardProjectFactory,
)
from tests.factories.links import LinkUseFactory
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    WardFactory,
    WardStaffFactory,
    WardTieFactory,
)
from tests.factories.portal import NewsItemFactory
from tests.factories.quality import FindingFactory

pytestmark = pytest.mark.django_db

# A Wednesday noon in Japan.
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def days(number):
    return timedelta(days=number)


def of_group(role, **fields):
    person = UserFactory(is_staff=True, **fields)
    person.groups.add(ensure_groups()[role])
    return person


@pytest.fixture
def secretary(db):
    return of_group(Role.SECRETARIAT)


def desk(person, at=NOW):
    """The blocks by their names."""
    return {block.slug: block for block in desk_of(Access(person, at), at)}


def told(person, slug, at=NOW):
    """The number of a block, and its rows as people read them."""
    block = desk(person, at)[slug]
    return block.total, [(row.text, row.detail) for row in block.rows]


def a_draft(**fields):
    return NewsItemFactory(publication_state="draft", publish_at=None, **fields)


def in_review(record, by, at):
    proposal = draft(record=record, by=by, at=at)
    submit(proposal=proposal, by=by, at=at)
    return proposal


class TestWaiting:
    def test_the_longest_waiting_comes_first_with_its_days(self, secretary):
        writer = of_group(Role.SECRETARIAT, name="書く人")
        in_review(a_draft(title="新しい方"), writer, NOW - timedelta(hours=5))
        in_review(a_draft(title="古い方"), writer, NOW - days(3))
        assert told(secretary, "waiting") == (
            2,
            [("古い方", "お知らせ　3日待ち　書く人"), ("新しい方", "お知らせ　5時間待ち　書く人")],
        )

    def test_ones_own_are_not_among_them(self, secretary):
        in_review(a_draft(), secretary, NOW)
        assert told(secretary, "waiting") == (0, [])

    def test_what_one_wrote_and_another_submitted_is_ones_own_too(self, secretary):
        proposal = draft(record=a_draft(), by=secretary, at=NOW)
        other = of_group(Role.SECRETARIAT)
        draft(record=proposal.record, by=other, at=NOW)
        proposal.refresh_from_db()
        submit(proposal=proposal, by=other, at=NOW)
        assert told(secretary, "waiting") == (0, [])

    def test_an_approver_of_a_ward_finds_those_of_the_ward(self):
        ward = WardFactory()
        post = WardStaffFactory(ward=ward, role="approver")
        editor = WardStaffFactory(ward=ward, user__name="区の人").user
        own = WardProjectFactory(ward=ward, title="自区の事業", publication_state="draft", publish_at=None)
        other = WardProjectFactory(title="他区の事業", publication_state="draft", publish_at=None)
        in_review(own, editor, NOW - days(1))
        in_review(other, UserFactory(), NOW - days(2))
        in_review(a_draft(), UserFactory(), NOW - days(2))
        assert told(post.user, "waiting") == (1, [("自区の事業", "各区事業　1日待ち　区の人")])

    def test_who_approves_nothing_has_no_such_block(self):
        assert "waiting" not in desk(WardStaffFactory().user)
        assert "waiting" not in desk(of_group(Role.AUDITOR))


class TestOwn:
    def test_what_was_sent_back_says_why(self, secretary):
        other = of_group(Role.SECRETARIAT)
        proposal = in_review(a_draft(title="差し戻されたもの"), secretary, NOW - days(2))
        remand(proposal=proposal, by=other, comment="日付を直してください。", at=NOW - days(1))
        block = desk(secretary)["own"]
        assert [(row.text, row.detail, row.words) for row in block.rows] == [
            ("差し戻されたもの", "お知らせ　差戻し", "日付を直してください。")
        ]

    def test_what_has_moved_on_since_does_not_repeat_the_old_words(self, secretary):
        other = of_group(Role.SECRETARIAT)
        proposal = in_review(a_draft(title="承認されたもの"), secretary, NOW - days(4))
        remand(proposal=proposal, by=other, comment="日付を直してください。", at=NOW - days(3))
        submit(proposal=proposal, by=secretary, at=NOW - days(2))
        approve(proposal=proposal, by=other, at=NOW - days(1))
        assert told(secretary, "own") == (1, [("承認されたもの", "お知らせ　承認済み・公開待ち")])
        assert desk(secretary)["own"].rows[0].words == ""

    def test_others_drafts_are_not_among_them(self, secretary):
        draft(record=a_draft(), by=of_group(Role.SECRETARIAT), at=NOW)
        assert told(secretary, "own") == (0, [])


class TestComing:
    def test_what_becomes_public_within_a_week_in_its_order(self, secretary):
        NewsItemFactory(title="あさって", publish_at=NOW + days(2))
        EventFactory(title="あした", publish_at=NOW + days(1))
        NewsItemFactory(title="来月", publish_at=NOW + days(30))
        NewsItemFactory(title="もう公開", publish_at=NOW - days(1))
        a_draft(title="起案")
        NewsItemFactory(title="承認前", publication_state="in_review", publish_at=NOW + days(1))
        assert told(secretary, "coming") == (
            2,
            [
                ("あした", "イベント　11月26日（木） 12:00に公開"),
                ("あさって", "お知らせ　11月27日（金） 12:00に公開"),
            ],
        )

    def test_changes_whose_minute_is_decided_are_among_them(self, secretary):
        other = of_group(Role.SECRETARIAT)
        item = NewsItemFactory(title="公開中")
        proposal = draft(record=item, by=secretary, changes={"fields": {"title": "新しい題"}}, at=NOW)
        submit(proposal=proposal, by=secretary, at=NOW)
        approve(proposal=proposal, by=other, at=NOW)
        publish(proposal=proposal, by=secretary, moment=NOW + days(1), at=NOW)
        assert told(secretary, "coming") == (1, [("公開中", "起案　11月26日（木） 12:00に変更を反映")])
        assert told(secretary, "own") == (0, [])


class TestEnding:
    def test_each_kind_is_told_so_long_before(self, secretary):
        NewsItemFactory(title="終わる知らせ", unpublish_at=NOW + days(14))
        NewsItemFactory(title="まだ先", unpublish_at=NOW + days(15))
        WardTieFactory(ward__name="港区", municipality__name="函館市", ends_on=TODAY + days(61))
        WardTieFactory(ends_on=TODAY + days(62))
        WardTieFactory(ends_on=TODAY)
        MembershipFactory(municipality__name="会員町", withdrawn_on=TODAY + days(1))
        CompanyAgreementFactory(title="企業との協定", ends_on=TODAY + days(20))
        ImageFactory(alt_text="期限のある写真", rights_until=TODAY + days(30))
        ImageFactory(alt_text="まだ使える写真", rights_until=TODAY + days(31))
        assert told(secretary, "ending") == (
            5,
            [
                ("会員町", "会員登録　最終日は11月25日（水）"),
                ("終わる知らせ", "お知らせ　12月9日（水）に公開を終了"),
                ("企業との協定", "企業との包括連携協定　最終日は12月14日（月）"),
                ("期限のある写真", "画像　使用期限は12月25日（金）"),
                ("港区・函館市", "各区の交流　最終日は1月24日（日）"),
            ],
        )

    def test_an_agreement_without_a_title_has_a_name(self, secretary):
        agreement = CooperationAgreementFactory(ends_on=TODAY + days(10))
        assert [text for text, _ in told(secretary, "ending")[1]] == [f"広域連携協定 {agreement.pk}"]


class TestStale:
    OLD = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 1)}

    def test_what_is_over_and_still_planned(self, secretary):
        EventFactory(title="終わったのに予定", **self.OLD)
        EventFactory(title="開催した", status="held", **self.OLD)
        EventFactory(title="今日まで", first_day=TODAY)
        EventFactory(title="去年度の未定", first_day=None, fiscal_year=2025)
        EventFactory(title="今年度の未定", first_day=None, fiscal_year=2026)
        EventFactory(title="公開していない", publication_state="draft", publish_at=None, **self.OLD)
        ExhibitionFactory(title="展示も", **self.OLD)
        WardProjectFactory(title="去年の事業", fiscal_year=2025)
        WardProjectFactory(title="今年の事業", fiscal_year=2026)
        TourStopFactory(
            exhibition__title="巡回", exhibition__status="held", ward__name="港区", state="planned", **self.OLD
        )
        total, rows = told(secretary, "stale")
        assert total == 5
        assert sorted(text for text, _ in rows) == [
            "去年の事業",
            "去年度の未定",
            "展示も",
            "巡回（港区）",
            "終わったのに予定",
        ]
        assert dict(rows)["終わったのに予定"].startswith("イベント　終わった後も「予定」のままです（最後の変更")

    def test_an_agreement_that_nobody_looked_at_for_a_year(self, secretary):
        CompanyAgreementFactory(title="続く協定")
        CompanyAgreementFactory(title="終わった協定", ends_on=date(2020, 4, 1))
        later = datetime.now(UTC) + days(366)
        assert [text for text, _ in told(secretary, "stale", later)[1]] == ["続く協定"]
        assert told(secretary, "stale", datetime.now(UTC) + days(300)) == (0, [])


class TestSignIns:
    def test_somebody_sees_their_own_and_what_failed_at_their_account(self):
        person = WardStaffFactory(user__name="区の人").user
        AuditEntryFactory(by=person, at=NOW - days(1))
        AuditEntryFactory(by=None, action="sign_in_failed", at=NOW - timedelta(hours=1), subject="区の人")
        AuditEntryFactory(at=NOW - days(1), by__name="ほかの人")
        AuditEntryFactory(by=person, at=NOW - days(31))
        assert told(person, "sign-ins") == (1, [("区の人", "11月24日（火） 12:00　サインイン")])

    def test_failed_attempts_at_ones_account_are_told(self, client):
        person = WardStaffFactory(user__name="区の人").user
        client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})
        total, rows = told(person, "sign-ins", datetime.now(UTC))
        assert (total, rows[0][0], rows[0][1].endswith("サインインの失敗")) == (1, "区の人", True)

    @pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUDITOR])
    def test_who_answers_for_all_sees_those_of_all(self, role):
        AuditEntryFactory(at=NOW - days(1), by__name="だれか")
        AuditEntryFactory(at=NOW - days(1), action="role")
        assert told(of_group(role), "sign-ins") == (1, [("だれか", "11月24日（火） 12:00　サインイン")])


def test_a_ward_finds_its_own_and_nothing_of_others():
    post = WardStaffFactory()
    ward, old = post.ward, TestStale.OLD
    for owner, mark in ((ward, "自区"), (MunicipalityFactory(), "他")):
        EventFactory(title=f"{mark}の催し", owner=owner, **old)
        EventFactory(title=f"{mark}の予告", owner=owner, publish_at=NOW + days(1))
        EventFactory(title=f"{mark}の終了", owner=owner, unpublish_at=NOW + days(1), status="held")
        FindingFactory(record=Event.objects.get(title=f"{mark}の催し"))
        LinkUseFactory(record=Event.objects.get(title=f"{mark}の催し"))
    for addressee, topic in ((ward, "privacy"), (WardFactory(), "event"), (None, "event")):
        InquiryFactory(ward=addressee, topic=topic)
    InquiryFactory(ward=ward, state="closed", closed_at=NOW)
    MembershipFactory(withdrawn_on=TODAY + days(3))
    FindingFactory()
    LinkUseFactory()
    found = {slug: [row.text for row in block.rows] for slug, block in desk(post.user).items()}
    assert found == {
        "inquiries": ["個人情報の取扱い"],
        "own": [],
        "coming": ["自区の予告"],
        "ending": ["自区の終了"],
        "stale": ["自区の催し"],
        "findings": ["自区の催し"],
        "links": ["自区の催し"],
        "sign-ins": [],
    }


def test_staff_without_a_role_find_their_sign_ins_alone():
    EventFactory(**TestStale.OLD)
    assert list(desk(UserFactory(is_staff=True))) == ["sign-ins"]


def test_a_block_shows_five_and_leads_to_all(secretary, client):
    for number in range(7):
        EventFactory(title=f"催し{number}", **TestStale.OLD)
    block = desk(secretary)["stale"]
    assert (block.total, len(block.rows)) == (7, 5)
    sign_in(client, secretary)
    page = client.get(block.url)
    assert sorted(row.text for row in page.context["rows"]) == [f"催し{number}" for number in range(7)]


def test_a_long_list_has_pages(secretary, client):
    for number in range(103):
        NewsItemFactory(title=f"知らせ{number}", publish_at=datetime.now(UTC) + days(1))
    sign_in(client, secretary)
    address = reverse("admin:desk_list", args=["coming"])
    assert [len(client.get(address, {"p": number}).context["rows"]) for number in ("1", "2", "x")] == [100, 3, 100]


@pytest.mark.parametrize("slug", ["coming", "ending", "stale", "sign-ins"])
def test_each_list_opens_though_there_is_nothing_in_it(secretary, client, slug):
    sign_in(client, secretary)
    assert client.get(reverse("admin:desk_list", args=[slug])).status_code == 200


def test_there_is_no_other_list(secretary, client):
    sign_in(client, secretary)
    assert client.get(reverse("admin:desk_list", args=["secrets"])).status_code == 404


def test_the_lists_are_for_staff(client):
    assert client.get(reverse("admin:desk_list", args=["stale"])).status_code == 302


def test_the_empty_blocks_speak(secretary, client):
    sign_in(client, secretary)
    html = client.get(reverse("admin:index")).content.decode()
    for words in (
        "承認を待つものはありません。",
        "手続き中の起案はありません。",
        "7日以内に公開されるものはありません。",
        "まもなく終わるものはありません。",
        "古くなったページはありません。",
        "未対応の指摘はありません。",
        "リンク切れはありません。",
    ):
        assert words in html


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["secretariat", "ward"])
def test_the_page_costs_the_same_with_ten_thousand_rows(django_assert_max_num_queries, kind):
    post = WardStaffFactory(role="approver")
    person = of_group(Role.SECRETARIAT) if kind == "secretariat" else post.user
    ward = post.ward
    Event.objects.bulk_create(
        [
            Event(
                title=f"催し{number}",
                kind="ward",
                owner=ward,
                fiscal_year=2025,
                first_day=date(2025, 10, 1),
                last_day=date(2025, 10, 1),
                publication_state="published",
                publish_at=datetime(2025, 1, 1, tzinfo=UTC),
            )
            for number in range(10_000)
        ],
        batch_size=500,
    )
    NewsItem.objects.bulk_create(
        [
            NewsItem(title="知らせ", body="本文", publication_state="published", publish_at=NOW + days(1000))
            for _ in range(1000)
        ]
    )
    client = Client()
    sign_in(client, person)
    client.get(reverse("admin:index"))
    with django_assert_max_num_queries(15):
        page = client.get(reverse("admin:index"))
    blocks = {block.slug: block.total for block in page.context["blocks"]}
    assert blocks["stale"] == 10_000
