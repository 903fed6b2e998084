"""Files of events become events: found again by code and number, changed where they say something new."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import timezone

from events.choices import DatePrecision, EventKind, EventRoleKind, Status
from events.importing.events import Options, import_events
from events.importing.refusal import FileRefused
from events.importing.remarks import Outcome
from events.models import Event, FormerSchedule, Venue
from events.profiles import BASE_REGISTRY, RECOMMENDED
from portal.core.models import ContactPoint
from tests.events.importing.files import csv_file, workbook
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, EventRoleFactory, VenueFactory
from tests.factories.municipalities import (
    CompanyFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db

CODE = "都道府県コード又は市区町村コード"


@pytest.fixture
def town():
    return MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))


@pytest.fixture
def ward():
    return WardFactory(code="131041", name="新宿区")


def row(**cells):
    """A row of the 32 columns: a fictional event of 角田市."""
    return {
        CODE: "042081",
        "NO": "7",
        "都道府県名": "宮城県",
        "市区町村名": "角田市",
        "イベント名": "架空の梅まつり",
        "開始日": "2027-03-06",
        "終了日": "2027-03-07",
        **cells,
    }


def bring(*rows, profile=RECOMMENDED, header=None, apply=True, **options):
    source = csv_file(header or profile.headers, *rows)
    return import_events(source, Options(**options), apply=apply)


def problems(report):
    return [str(problem) for result in report.results for problem in result.problems]


def notes(report):
    return [str(note) for result in report.results for note in result.notes]


def changes(report):
    return [str(change) for result in report.results for change in result.changes]


def outcomes(report):
    return [result.outcome for result in report.results]


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


class TestRefusals:
    @pytest.mark.parametrize(
        ("cells", "problem"),
        [
            ({CODE: "042080"}, f"「{CODE}」列：団体コードの検査数字（6桁目）が合いません（042080）。"),
            ({CODE: "042099"}, f"「{CODE}」列：この団体コードの市区町村はありません（042099）。"),
            ({CODE: "角田市"}, f"「{CODE}」列：団体コードは半角数字6桁です（角田市）。"),
            ({CODE: ""}, f"「{CODE}」列：団体コードは半角数字6桁です（）。"),
            ({"NO": "－"}, "「NO」列：空欄にはできません。次に取り込むときの目印になります。"),
            ({"NO": "1" * 31}, "「NO」列：30文字までです（31文字あります）。"),
            ({"市区町村名": "白石市"}, "「市区町村名」列：団体コードの自治体（宮城県角田市）と合いません。"),
            ({"イベント名": ""}, "「イベント名」列：空欄にはできません。"),
            ({"イベント名": "あ" * 201}, "「イベント名」列：200文字までです（201文字あります）。"),
            ({"終了日": "2027-03-05"}, "「終了日」列：終了日が開始日より前です。"),
            (
                {"終了日": "", "開始時間": "10:00", "終了時間": "9:00"},
                "「終了時間」列：終了時刻が開始時刻より後ではありません。日付をまたぐときは終了日も書いてください。",
            ),
            (
                {"参加申込終了時間": "17:00"},
                "「参加申込終了時間」列：申込期限の時刻には、申込期限の日も入れてください。",
            ),
            ({"場所名称": "園", "緯度": "38"}, "「経度」列：緯度と経度は両方を入れてください。"),
            ({"場所名称": "園", "緯度": "140", "経度": "38"}, "「緯度」列：緯度と経度が逆のようです。"),
            ({"場所名称": "園", "緯度": "0", "経度": "0"}, "「緯度」列：緯度・経度が日本の範囲にありません。"),
            ({"場所名称": "園" * 101}, "「場所名称」列：100文字までです（101文字あります）。"),
            ({"連絡先名称": "課" * 101}, "「連絡先名称」列：100文字までです（101文字あります）。"),
            ({"主催者": "会" * 101}, "「主催者」列：団体の名称は100文字までです。"),
            ({"開始日": "1900-01-01", "終了日": ""}, "「開始日」列：年度は1947から2200までです。"),
        ],
    )
    def test_a_row_that_cannot_be_kept_is_refused_and_the_others_are_written(self, town, cells, problem):
        report = bring(row(**cells), row(NO="100"))

        assert (outcomes(report), problems(report)) == ([Outcome.REFUSED, Outcome.NEW], [problem])
        assert [event.number for event in Event.objects.all()] == ["100"]

    def test_all_that_is_wrong_with_a_row_is_told_at_once(self, town):
        report = bring(row(開始日="5月1日", 定員="99999999999", URL="なんとなく"))

        assert [problem.split("：")[0] for problem in problems(report)] == ["「開始日」列", "「定員」列", "「URL」列"]

    def test_the_same_number_twice_names_both_rows(self, town):
        report = bring(row(), row(イベント名="別の催し"))

        assert [(result.number, result.outcome) for result in report.results] == [
            (2, Outcome.NEW),
            (3, Outcome.REFUSED),
        ]
        assert problems(report) == ["「NO」列：2行目と同じ団体コードと番号です。"]

    def test_rows_of_others_are_refused_where_the_file_is_somebodys(self, town, ward):
        report = bring(row(), row(**{CODE: "131041", "都道府県名": "", "市区町村名": ""}), owner="042081")

        assert outcomes(report) == [Outcome.NEW, Outcome.REFUSED]
        assert problems(report) == [
            f"「{CODE}」列：042081の行ではありません（131041）。ほかの自治体の行は取り込めません。"
        ]

    def test_a_file_of_nobody_we_know_is_refused(self, town):
        with pytest.raises(FileRefused, match="検査数字"):
            bring(row(), owner="042080")

    def test_strictly_one_refused_row_keeps_everything_out(self, town):
        report = bring(row(開始日="x"), row(NO="8", 場所名称="架空公園"), is_strict=True)

        assert (outcomes(report), report.is_applied) == ([Outcome.REFUSED, Outcome.NEW], False)
        assert (Event.objects.count(), Venue.objects.count()) == (0, 0)

    def test_strictly_a_good_file_is_written(self, town):
        assert bring(row(), is_strict=True).is_applied
        assert Event.objects.count() == 1


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


class TestVenuesAndContacts:
    def test_a_venue_is_found_by_name_and_address(self, town):
        venue = VenueFactory(name="架空公園", address="角田市角田字架空1-1", municipality=town)

        bring(row(場所名称="架空公園", 住所="宮城県角田市角田字架空１－１"))

        assert Event.objects.get().venue == venue
        assert Venue.objects.count() == 1

    def test_a_hall_of_the_same_name_elsewhere_is_another(self, town):
        elsewhere = VenueFactory(name="市民会館", address="東京都新宿区新宿1-1")

        bring(row(場所名称="市民会館", 住所="宮城県角田市角田1-1"))

        venue = Event.objects.get().venue
        assert (venue.name, venue.municipality) == ("市民会館（角田市）", town)
        elsewhere.refresh_from_db()
        assert elsewhere.address == "東京都新宿区新宿1-1"
        assert outcomes(bring(row(場所名称="市民会館", 住所="宮城県角田市角田1-1"))) == [Outcome.SAME]

    def test_a_third_of_that_name_is_refused(self, town):
        VenueFactory(name="市民会館", address="東京都新宿区新宿1-1")
        VenueFactory(name="市民会館（角田市）", address="宮城県角田市角田9-9")

        report = bring(row(場所名称="市民会館", 住所="宮城県角田市角田1-1"))

        assert problems(report) == ["「場所名称」列：会場「市民会館」は、別の住所で登録されています。"]

    def test_two_rows_share_a_new_venue_and_contact(self, town):
        cells = {"場所名称": "架空公園", "連絡先名称": "商工観光課", "連絡先電話番号": "0224-00-0000"}

        bring(row(**cells), row(NO="8", **cells))

        assert (Venue.objects.count(), ContactPoint.objects.count(), Event.objects.count()) == (1, 1, 2)

    def test_what_is_not_known_of_a_venue_is_filled_and_what_is_known_stays(self, town):
        venue = VenueFactory(name="架空公園", parking="30台")
        event = EventFactory(owner=town, number="7", venue=venue)

        report = bring(row(場所名称="架空公園", 駐車場情報="50台", アクセス方法="徒歩10分"))

        venue.refresh_from_db()
        assert (venue.parking, venue.access) == ("30台", "徒歩10分")
        assert "「アクセス方法」：（空欄） → 徒歩10分" in changes(report)
        assert notes(report) == [
            "「駐車場情報」列：「架空公園」には「30台」と登録されています。変えるときは、管理画面で直してください。"
        ]
        event.refresh_from_db()
        assert event.venue == venue

    def test_an_address_that_is_corrected_does_not_move_the_event(self, town):
        venue = VenueFactory(name="架空公園", address="宮城県角田市角田1-1", municipality=town)
        event = EventFactory(owner=town, number="7", venue=venue)

        report = bring(row(場所名称="架空公園", 住所="宮城県角田市角田1-2"))

        event.refresh_from_db()
        assert event.venue == venue
        assert "宮城県角田市角田1-1" in notes(report)[0]

    def test_an_address_alone_is_the_name_of_the_venue(self, town):
        bring(row(住所="宮城県角田市角田1-1"))

        assert Event.objects.get().venue.name == "宮城県角田市角田1-1"
        assert outcomes(bring(row(住所="宮城県角田市角田1-1"))) == [Outcome.SAME]

    def test_online_is_no_place(self, town):
        bring(row(場所名称="オンライン"))

        assert Event.objects.get().is_online

    def test_no_venue_any_more(self, town):
        event = EventFactory(owner=town, number="7", venue=VenueFactory(name="架空公園"))

        report = bring(row())

        event.refresh_from_db()
        assert event.venue is None
        assert "「場所名称」：架空公園 → （空欄）" in changes(report)

    def test_a_contact_is_found_by_name_and_telephone(self, town):
        contact = ContactPointFactory(organization="角田市", department="商工観光課", phone="0224(00)0000")

        bring(row(連絡先名称="商工観光課", 連絡先電話番号="0224-00-0000"))
        bring(row(NO="8", 連絡先名称="角田市 商工観光課", 連絡先電話番号="0224-00-0000"))

        assert {event.contact for event in Event.objects.all()} == {contact}

    def test_an_office_of_the_same_name_elsewhere_is_another(self, town):
        ContactPointFactory(organization="観光課", department="", phone="03-0000-0000")

        bring(row(連絡先名称="観光課", 連絡先電話番号="0224-00-0000"))

        contact = Event.objects.get().contact
        assert (contact.organization, contact.department, contact.phone) == ("角田市", "観光課", "0224-00-0000")
        assert outcomes(bring(row(連絡先名称="観光課", 連絡先電話番号="0224-00-0000"))) == [Outcome.SAME]

    def test_a_third_office_of_that_name_is_refused(self, town):
        ContactPointFactory(organization="観光課", department="", phone="03-0000-0000")
        ContactPointFactory(organization="角田市", department="観光課", phone="0224-11-1111")

        report = bring(row(連絡先名称="観光課", 連絡先電話番号="0224-00-0000"))

        assert problems(report) == ["「連絡先電話番号」列：「観光課」は、別の電話番号で登録されています。"]

    def test_a_telephone_of_nobody_is_not_kept(self, town):
        report = bring(row(連絡先電話番号="0224-00-0000"))

        assert Event.objects.get().contact is None
        assert "「連絡先電話番号」列：連絡先名称がないため、登録しません。" in notes(report)

    def test_no_contact_any_more(self, town):
        event = EventFactory(owner=town, number="7", contact=ContactPointFactory(organization="観光課"))

        bring(row())

        event.refresh_from_db()
        assert event.contact is None

    def test_a_name_that_two_towns_have_is_the_owners_or_a_mere_name(self, town):
        for prefecture in ("14", "15"):
            MunicipalityFactory(prefecture=PrefectureFactory(code=prefecture), name="池田町")
        same = MunicipalityFactory(name="角田市")

        bring(row(主催者="池田町、角田市"))

        roles = Event.objects.get().roles.order_by("pk")
        assert [role.holder for role in roles] == ["池田町", town]
        assert same != town


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
