"""Files of events become events: found again by code and number, changed where they say something new."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import timezone

from events.choices import DatePrecision, EventKind, EventRoleKind, Status
from events.importing.events import import_events
from events.models import Event, FormerSchedule, Venue
from events.profiles import BASE_REGISTRY, RECOMMENDED
from portal.core.importing.remarks import Outcome
from portal.core.models import ContactPoint
from tests.core.importing.files import workbook
from tests.events.importing.bringing import CODE, bring, changes, notes, outcomes, problems, row
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, EventRoleFactory
from tests.factories.municipalities import (
    CompanyFactory,
    PartnerBodyFactory,
)

pytestmark = pytest.mark.django_db


class TestNewEvents:
    def test_everything_that_a_row_says_is_kept(self, town):
        report = bring(
            row(
                イベント名_カナ="カクウノウメマツリ",
                イベント名_英語="Plum Festival (fictional)",
                開始時間="午前10時",
                終了時間="16時半",
                開始日時特記事項="雨天順延",
                説明="梅を見ます。",
                **{"料金(基本)": "無料", "料金(詳細)": "飲食は有料", "連絡先名称": "商工観光課"},
                連絡先電話番号="０２２４－００－００００",
                連絡先内線番号="１２",
                主催者="角田市、架空実行委員会",
                場所名称="架空公園",
                住所="宮城県角田市角田字架空1-1",
                方書="東口",
                緯度="37.977",
                経度="140.782",
                アクセス方法="角田駅から徒歩10分",
                駐車場情報="なし",
                定員="先着50名",
                参加申込終了日="R9.2.28",
                参加申込終了時間="17:00",
                参加申込方法="電話で",
                URL="www.example.jp/ume",
                備考="架空の例です。",
            )
        )

        assert outcomes(report) == [Outcome.NEW]
        event = Event.objects.get()
        assert (event.owner, event.number, event.title) == (town, "7", "架空の梅まつり")
        assert (event.title_kana, event.title_en) == ("カクウノウメマツリ", "Plum Festival (fictional)")
        assert (event.first_day, event.last_day) == (date(2027, 3, 6), date(2027, 3, 7))
        assert (event.fiscal_year, event.date_precision) == (2026, DatePrecision.DAY)
        assert (event.start_time, event.end_time, event.date_note) == (time(10), time(16, 30), "雨天順延")
        assert (event.summary, event.fee, event.is_free, event.fee_detail) == (
            *("梅を見ます。", "無料", True, "飲食は有料"),
        )
        assert (event.capacity, event.application) == (50, "電話で\n定員：先着50名")
        assert (event.application_deadline, event.application_deadline_time) == (date(2027, 2, 28), time(17))
        assert (event.url, event.remarks) == ("https://www.example.jp/ume", "架空の例です。")
        venue = event.venue
        assert (venue.name, venue.municipality, venue.address) == ("架空公園", town, "宮城県角田市角田字架空1-1")
        assert (venue.address_detail, venue.access, venue.parking) == ("東口", "角田駅から徒歩10分", "なし")
        assert (venue.latitude, venue.longitude) == (Decimal("37.977"), Decimal("140.782"))
        assert str(event.contact) == "商工観光課"
        assert (event.contact.phone, event.contact.extension) == ("0224-00-0000", "12")
        assert [(role.role, role.holder) for role in event.roles.all()] == [
            (EventRoleKind.ORGANIZER, town),
            (EventRoleKind.ORGANIZER, "架空実行委員会"),
        ]
        assert list(event.prefectures.all()) == [town.prefecture]
        assert list(event.places.all()) == [town]

    def test_the_50_columns_say_more(self, ward):
        body, company = PartnerBodyFactory(name="架空町村会"), CompanyFactory(name="架空鉄道株式会社")
        report = bring(
            {
                "NO": "A-1",
                CODE: "131041",
                "名称": "架空の展示",
                "名称(通称)": "架展",
                "サブタイトル": "森",
                "概要": "概要文",
                "説明": "次第",
                "イベント種類": "講演会・シンポジウム・セミナー",
                "状態": "中止",
                "対象となる産業": "林業",
                "開始日": "令和9年5月1日～3日",
                "集合場所": "駅前",
                "郵便番号": "1600022",
                "場所名称": "区民架空ホール",
                "住所都道府県": "東京都",
                "住所市区町村": "新宿区",
                "住所町名": "新宿",
                "住所丁目以下": "1-1",
                "建物名等": "2階",
                "主催団体": "新宿区",
                "共催団体": "架空町村会",
                "その他関係団体": "協賛：架空鉄道株式会社／後援：甲協会",
                "対象者": "どなたでも",
                "外国語対応": "英語",
                "駐輪場情報": "20台",
                "連絡先名称": "文化課",
                "備考": "備考文",
                "連絡先メールアドレス": "bunka@example.jp",
                "サブイベント": "部分",
                "ステージ": "終了",
            },
            profile=BASE_REGISTRY,
        )

        assert (outcomes(report), problems(report)) == ([Outcome.NEW], [])
        event = Event.objects.get()
        assert (event.kind, event.status, event.short_title, event.theme) == (
            *(EventKind.LECTURE, Status.CANCELLED, "架展", "森"),
        )
        assert (event.summary, event.programme, event.target_industry) == ("概要文", "次第", "林業")
        assert (event.meeting_place, event.audience, event.languages) == ("駅前", "どなたでも", "英語")
        assert event.venue.address == "東京都新宿区新宿1-1"
        assert (event.venue.municipality_id, event.venue.postal_code) == ("131041", "160-0022")
        assert (event.venue.address_detail, event.venue.bicycle_parking) == ("2階", "20台")
        assert event.contact.email == "bunka@example.jp"
        assert {(role.role, role.holder) for role in event.roles.all()} == {
            (EventRoleKind.ORGANIZER, ward.municipality_ptr if hasattr(ward, "municipality_ptr") else event.owner),
            (EventRoleKind.CO_ORGANIZER, body),
            (EventRoleKind.SPONSOR, company),
            (EventRoleKind.PATRON, "甲協会"),
        }
        assert list(event.prefectures.all()) == []
        assert report.unknown == ("サブイベント", "画像URL", "ステージ")

    def test_they_are_drafts_until_somebody_publishes_them(self, town):
        bring(row())

        event = Event.objects.get()
        assert (event.publication_state, event.publish_at) == ("draft", None)
        assert list(Event.objects.published()) == []

    def test_or_public_at_once_where_that_is_asked_for(self, town):
        bring(row(), publish=True)

        assert list(Event.objects.published()) == [Event.objects.get()]

    @pytest.mark.parametrize(
        ("code", "kind"),
        [("042081", EventKind.MEMBER), ("131041", EventKind.WARD), ("130001", EventKind.PROMOTION)],
    )
    def test_the_kind_follows_from_the_owner_where_the_file_does_not_tell(self, town, ward, code, kind):
        report = bring(row(**{CODE: code, "都道府県名": "", "市区町村名": ""}))

        assert Event.objects.get().kind == kind
        assert notes(report) == [f"種別は「{kind.label}」とします。"]

    def test_the_code_of_tokyo_is_that_of_the_23_wards_together(self):
        bring(row(**{CODE: "130001", "都道府県名": "東京都", "市区町村名": ""}))

        assert Event.objects.get().owner is None

    def test_a_code_that_lost_its_zero_is_understood(self, town):
        bring(row(**{CODE: "42081"}))

        assert Event.objects.get().owner == town

    def test_an_unknown_day_needs_its_fiscal_year(self, town):
        report = bring(
            row(開始日="未定", 終了日="", 開始日時特記事項="令和8年度"),
            row(NO="8", 開始日="", 終了日=""),
        )

        assert outcomes(report) == [Outcome.NEW, Outcome.REFUSED]
        event = Event.objects.get()
        assert (event.first_day, event.date_precision, event.fiscal_year) == (None, DatePrecision.UNKNOWN, 2026)
        assert event.date_note == "未定、令和8年度"
        assert problems(report) == [
            "「開始日」列：日が分からないときは、年度（「令和7年度」など）を日時の補足の列に書いてください。"
        ]

    def test_a_formula_is_kept_as_text(self, town):
        bring(row(イベント名="=HYPERLINK(1)", 説明="'=1+1", 備考="+A1"))

        event = Event.objects.get()
        assert (event.title, event.summary, event.remarks) == ("=HYPERLINK(1)", "=1+1", "+A1")

    def test_a_workbook_with_days_and_numbers_says_the_same(self, town):
        cells = row(**{CODE: 42081, "NO": 7, "開始日": date(2027, 3, 6), "開始時間": time(10), "定員": 50})
        import_events(workbook(RECOMMENDED.headers, cells, above=[["イベント一覧（架空）"]]), apply=True)

        event = Event.objects.get()
        assert (event.owner, event.number, event.first_day) == (town, "7", date(2027, 3, 6))
        assert (event.start_time, event.capacity) == (time(10), 50)


class TestDryRun:
    def test_nothing_is_written_unless_it_is_asked_for(self, town):
        report = bring(row(場所名称="架空公園", 連絡先名称="商工観光課"), apply=False)

        assert (outcomes(report), report.is_applied) == ([Outcome.NEW], False)
        assert (Event.objects.count(), Venue.objects.count(), ContactPoint.objects.count()) == (0, 0, 0)

    def test_it_says_what_applying_says(self, town):
        EventFactory(owner=town, number="8", title="架空の市")
        rows = [row(場所名称="架空公園"), row(NO="8"), row(NO="9", 開始日="5月1日")]

        assert bring(*rows, apply=False).results == bring(*rows).results


class TestChanges:
    def test_what_is_new_is_told_and_changed_and_the_state_stays(self, town):
        event = EventFactory(owner=town, number="7", title="旧い名称", capacity=50, summary="同じ", venue=None)
        revision = event.revision

        report = bring(row(説明="同じ", 定員="60", 開始日="2026-10-10", 終了日="2026-10-10"))

        assert outcomes(report) == [Outcome.CHANGED]
        assert changes(report) == ["「イベント名」：旧い名称 → 架空の梅まつり", "「定員」：50 → 60"]
        event.refresh_from_db()
        assert (event.title, event.capacity, event.publication_state) == ("架空の梅まつり", 60, "published")
        assert event.revision == revision + 1

    def test_a_blank_cell_clears_and_an_absent_column_leaves(self, town):
        event = EventFactory(owner=town, number="7", title="催し", summary="概要", audience="どなたでも", capacity=9)
        header = [CODE, "NO", "都道府県名", "イベント名", "説明", "定員"]

        report = bring([town.code, "7", "", "催し", "", "－"], header=header)

        assert changes(report) == ["「説明」：概要 → （空欄）", "「定員」：9 → （空欄）"]
        event.refresh_from_db()
        assert (event.summary, event.capacity, event.audience) == ("", None, "どなたでも")
        assert event.first_day == date(2026, 10, 10)
        assert event.venue is not None

    def test_moving_what_is_public_keeps_the_former_days(self, town):
        EventFactory(owner=town, number="7", title="架空の梅まつり", venue=None)

        bring(row())

        former = FormerSchedule.objects.get()
        assert (former.first_day, former.replaced_on) == (date(2026, 10, 10), timezone.localdate())

    def test_moving_a_draft_leaves_no_trace(self, town):
        EventFactory(owner=town, number="7", publication_state="draft", publish_at=None)

        bring(row())

        assert FormerSchedule.objects.count() == 0

    def test_the_days_of_the_whole_follow_its_parts(self, town):
        whole = EventFactory()
        EventFactory(owner=town, number="7", parent=whole)

        bring(row())

        whole.refresh_from_db()
        assert (whole.first_day, whole.last_day) == (date(2027, 3, 6), date(2027, 3, 7))

    def test_a_status_in_the_remarks_cancels_and_none_leaves_it(self, town):
        event = EventFactory(owner=town, number="7", status=Status.PLANNED)
        bring(row(備考="【中止】大雨のため"))
        event.refresh_from_db()
        assert (event.status, event.status_reason, event.remarks) == (Status.CANCELLED, "大雨のため", "")

        bring(row(備考="お問い合わせください。"))

        event.refresh_from_db()
        assert (event.status, event.remarks) == (Status.CANCELLED, "お問い合わせください。")

    def test_roles_that_the_columns_tell_are_replaced_and_others_stay(self, town):
        event = EventFactory(owner=town, number="7")
        EventRoleFactory(event=event, name="旧い会")
        EventRoleFactory(event=event, role=EventRoleKind.PATRON, name="後援会")

        report = bring(row(主催者="新しい会、角田市"))

        assert "「主催者」：旧い会 → 新しい会、角田市" in changes(report)
        assert sorted((role.role, str(role.holder)) for role in event.roles.all()) == [
            ("organizer", "新しい会"),
            ("organizer", "角田市"),
            ("patron", "後援会"),
        ]

    def test_only_roles_changed_is_a_change_too(self, town):
        event = EventFactory(owner=town, number="7")
        header = [CODE, "NO", "都道府県名", "イベント名", "主催者"]

        report = bring([town.code, "7", "", event.title, "新しい会"], header=header)

        assert outcomes(report) == [Outcome.CHANGED]
        event.refresh_from_db()
        assert event.revision == 1

    def test_a_kind_that_is_not_ours_changes_nothing(self, town):
        event = EventFactory(owner=town, number="7", kind=EventKind.LECTURE)
        header = ["NO", CODE, "名称", "イベント種類"]

        report = bring(["7", town.code, event.title, "お祭り"], header=header)

        assert outcomes(report) == [Outcome.SAME]
        assert notes(report) == ["「イベント種類」列：「お祭り」は種別にないため、変えません。"]

    def test_our_own_row_is_found_by_its_key(self, town):
        event = EventFactory(owner=None, title="23区の催し")
        rows = [[CODE, "130001"], ["NO", str(event.pk)], ["都道府県名", "東京都"], ["イベント名", "新しい名称"]]
        header, cells = zip(*rows, strict=True)

        report = bring(list(cells), header=list(header))

        assert outcomes(report) == [Outcome.CHANGED]
        assert Event.objects.get().title == "新しい名称"

    def test_a_key_is_no_key_to_the_rows_of_others(self, town, ward):
        other = EventFactory(owner=ward, number="")

        assert outcomes(bring(row(NO=str(other.pk)))) == [Outcome.NEW]
        assert Event.objects.count() == 2

    def test_a_number_goes_before_a_key(self, town):
        by_key = EventFactory(owner=None)
        by_number = EventFactory(owner=None, number=str(by_key.pk))

        bring(row(**{CODE: "130001", "NO": str(by_key.pk), "都道府県名": "", "市区町村名": ""}))

        by_number.refresh_from_db()
        assert by_number.title == "架空の梅まつり"

    def test_a_number_that_two_have_is_refused(self):
        EventFactory.create_batch(2, owner=None, number="7")

        report = bring(row(**{CODE: "130001", "都道府県名": "", "市区町村名": ""}))

        assert problems(report) == ["「NO」列：この番号のイベントが二つ以上あります。"]

    @pytest.mark.parametrize("number", ["99999999999999999999999", "９", "七", "-1"])
    def test_no_number_is_too_strange(self, town, number):
        assert outcomes(bring(row(NO=number))) == [Outcome.NEW]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_looking_takes_the_same_queries_for_any_number_of_rows(town, rows, django_assert_num_queries):
    for number in range(rows):
        EventFactory(owner=town, number=f"{number}", contact=ContactPointFactory())
    several = [
        row(NO=f"{number}", 場所名称=f"会場{number}", 連絡先名称=f"課{number}", 主催者=f"会{number}")
        for number in range(rows)
    ]

    with django_assert_num_queries(9):
        report = bring(*several, apply=False)

    assert report.count(Outcome.CHANGED) == rows


def test_more_rows_than_a_batch_are_one_file(town):
    several = [row(NO=f"{number}", 場所名称="架空公園") for number in range(401)]

    report = bring(*several, row(NO="0"))

    assert report.counts == {Outcome.NEW: 401, Outcome.CHANGED: 0, Outcome.SAME: 0, Outcome.REFUSED: 1}
    assert problems(report) == ["「NO」列：2行目と同じ団体コードと番号です。"]
    assert Venue.objects.count() == 1
