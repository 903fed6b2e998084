"""Tables of records, read in: new, changed cell by cell, the same, refused with a reason; written once confirmed."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from disaster_support.models import SupportRecord
from events.models import Event, TourStop, WardProject
from municipalities.models import Membership, WardTie
from portal.core.importing.rights import NO_RIGHT
from portal.core.models import Version
from tests.accounts.signing_in import sign_in
from tests.admin.spreadsheets.files import (
    address,
    as_csv,
    bring,
    changes,
    confirm,
    content,
    csv_rows,
    everything,
    exported,
    outcomes,
    reasons,
    saved,
    send,
)
from tests.english import english_on
from tests.factories.core import SourceNoteFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory, WardProjectFactory
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardStaffFactory,
    WardTieFactory,
)
from tests.reading import table

pytestmark = pytest.mark.django_db

TIES = "各区の交流"


AWKWARD = '　前後の空白 \r\n二行目\n=1+1、\'@here,"引用"\tタブ　令和３年'


def awkward_ties():
    WardTieFactory(starts_on=None, ends_on=None, title=AWKWARD, evidence="'=1")
    WardTieFactory(ends_on=date(2020, 4, 1), title="-5", evidence="令和２年３月３１日まで")
    WardTieFactory(starts_on=date(1899, 12, 31), ends_on=date(1901, 1, 1), title="0012", evidence="１２３")


def awkward_projects():
    for title in (AWKWARD.strip(), "＝全角", "+81"):
        project = WardProjectFactory(title=title, summary=AWKWARD, publication_state="draft", publish_at=None)
        project.municipalities.set([MunicipalityFactory(), MunicipalityFactory(name="同じ名の町"), WardFactory()])
    WardProjectFactory()


def awkward_events():
    whole = EventFactory(title=AWKWARD, owner=WardFactory(), number="007", fee="-", programme=AWKWARD)
    EventFactory(first_day=None, fiscal_year=2020, date_note="未定", parent=whole, venue=None, is_free=None)
    EventFactory(
        first_day=date(2026, 12, 1), last_day=date(2026, 12, 31), date_precision="month", is_free=False, capacity=0
    )
    EventFactory(start_time="10:00:30", end_time="23:59", venue=VenueFactory(name="会館、本館；\n別館"), ordinal=1)


def awkward_support():
    disaster = DisasterFactory(name="令和６年能登半島地震、=1")
    SupportRecordFactory(disaster=disaster, amount_yen=3_740_250_000, as_of=date(2024, 3, 31), is_cumulative=None)
    SupportRecordFactory(disaster=disaster, kind="staff", amount_yen=None, people=0, is_cumulative=False)
    SupportRecordFactory(disaster=disaster, kind="goods", amount_yen=None, description=" 毛布 ", is_cumulative=True)


def awkward_members():
    MembershipFactory(withdrawn_on=date(2021, 4, 1))
    MembershipFactory()


def awkward_stops():
    exhibition = ExhibitionFactory(title="2020年 展示", subtitle="ぐんま、「絹」")
    TourStopFactory(exhibition=exhibition, ward=None, state="arranging", note="調整中")
    TourStopFactory(exhibition=exhibition, first_day=date(2021, 1, 11), last_day=date(2021, 1, 11), fiscal_year=2020)


KINDS = {
    WardTie: awkward_ties,
    WardProject: awkward_projects,
    Event: awkward_events,
    SupportRecord: awkward_support,
    Membership: awkward_members,
    TourStop: awkward_stops,
}


@pytest.mark.parametrize("file_type", ["xlsx", "csv", "csv-sjis"])
@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_what_was_exported_changes_nothing(office, model, file_type):
    KINDS[model]()
    before = everything(model)

    response = send(office, address(model, "import"), content(exported(office, model, file_type)))

    (rows,) = outcomes(response).values()
    assert rows == ["同じ"] * model.objects.count()
    assert "書き込むことはありません。" in response.content.decode()
    assert everything(model) == before


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_the_list_leads_to_a_page_in_japanese_that_explains_every_column(office, model):
    assert f'href="{address(model, "import")}"' in office.get(address(model, "changelist")).content.decode()

    response = office.get(address(model, "import"))

    assert (response.status_code, english_on(response)) == (200, [])
    assert [row[0] for row in table(response, "項目の説明")][1] == "管理番号"


def test_ties_are_shown_cell_by_cell_and_written_once_confirmed(office, administrator, ward, town):
    changed = WardTieFactory(ward=ward, municipality=town, kind="sister", ends_on=date(2021, 4, 1), title="旧")
    WardTieFactory(ward=ward, municipality=town, kind="disaster")
    rows = csv_rows(exported(office, WardTie))
    (row,) = (row for row in rows if row["管理番号"] == str(changed.pk))
    row |= {"名称": "新", "終了日": "令和３年３月３０日（火）", "開始日": "平成２２年４月１日"}
    blank = dict.fromkeys(rows[0], "")
    new = {**blank, "特別区": "新宿区", "交流自治体": "宮城県角田市", "種別": "その他の交流", "開始日": "R7.5.1"}
    wrong = {**new, "種別": "交友", "開始日": "昔"}

    shown = bring(office, WardTie, *rows, new, wrong)

    assert sorted(outcomes(shown)[TIES]) == sorted(["変更", "同じ", "新規", "拒否"])
    assert changes(shown) == ["「名称」：旧 → 新", "「終了日」：2021-03-31 → 2021-03-30"]
    labels = "姉妹都市・友好都市、災害時応援協定、相互連携協定、その他の交流"
    assert reasons(shown) == [f"「種別」列：「交友」はありません。次のいずれかを書いてください：{labels}"]
    assert english_on(shown) == []
    assert (WardTie.objects.count(), WardTie.objects.get(pk=changed.pk).title) == (2, "旧")
    assert Version.objects.count() == 0

    done = confirm(office, shown, WardTie)

    assert [str(message) for message in done.context["messages"]] == [
        "新規1件、変更1件を取り込みました。拒否した1件は取り込んでいません。"
    ]
    changed.refresh_from_db()
    made = WardTie.objects.get(kind="other")
    assert (changed.title, changed.ends_on) == ("新", date(2021, 3, 31))
    assert (made.ward_id, made.municipality_id, made.starts_on) == ("131041", "042081", date(2025, 5, 1))
    kept = Version.objects.filter(kind="imported").values_list("object_id", "number", "made_by")
    assert sorted(kept) == sorted([(str(made.pk), 1, administrator.pk), (str(changed.pk), 2, administrator.pk)])


def tie(**cells):
    return {"特別区": "131041", "交流自治体": "042081", "種別": "相互連携協定", "開始日": "2020-04-01", **cells}


def test_the_rule_of_overlapping_periods_speaks_for_itself(office, ward, town):
    WardTieFactory(ward=ward, municipality=town, kind="cooperation", starts_on=date(2015, 4, 1))

    shown = bring(office, WardTie, tie(終了日="2019-01-01"), tie(開始日="2014-04-01", 終了日="2015-03-31"))

    assert outcomes(shown)[TIES] == ["拒否", "新規"]
    overlap = "同じ区と自治体の間に、同じ種別で期間の重なる交流があります。"
    assert reasons(shown) == ["終了日は開始日より前にできません。", overlap]
    assert reasons(bring(office, WardTie, tie())) == [overlap]


def test_rows_of_one_file_are_held_against_each_other(office, ward, town):
    shown = bring(office, WardTie, tie(終了日=""), tie(開始日="2021-04-01", 終了日=""))

    assert outcomes(shown)[TIES] == ["新規", "拒否"]
    assert reasons(shown) == ["同じ区と自治体の間に、同じ種別で期間の重なる交流があります。"]
    assert WardTie.objects.count() == 0

    confirm(office, shown, WardTie)

    assert [one.starts_on for one in WardTie.objects.all()] == [date(2020, 4, 1)]


def test_a_row_without_number_finds_the_record_that_says_the_same(office, ward, town):
    WardTieFactory(ward=ward, municipality=town, kind="cooperation", starts_on=date(2020, 4, 1), evidence="旧")

    assert changes(bring(office, WardTie, tie(根拠="新"))) == ["「根拠」：旧 → 新"]


def test_a_record_is_changed_once_in_a_file(office):
    WardTieFactory(evidence="旧")
    (row,) = csv_rows(exported(office, WardTie))

    shown = bring(office, WardTie, {**row, "根拠": "甲"}, {**row, "根拠": "乙"})

    assert outcomes(shown)[TIES] == ["変更", "拒否"]
    assert reasons(shown) == ["2行目と同じ記録です。"]


def test_a_number_that_nobody_has_is_refused(office, ward, town):
    assert reasons(bring(office, WardTie, tie(管理番号="999999"), tie(管理番号="x"))) == [
        "「管理番号」列：この番号の記録はありません（999999）。",
        "「管理番号」列：整数として読めません（x）。",
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("042081 函館市", "番号と名称が合いません（042081 函館市）。"),
        ("存在しない町", "この名称や番号の記録はありません（存在しない町）。"),
        ("999999", "この名称や番号の記録はありません（999999）。"),
        ("", "このフィールドは必須です。"),
        (
            "府中市",
            "「府中市」は二つ以上あります。番号で書いてください：132063 東京都府中市、342084 広島県府中市",
        ),
    ],
)
def test_a_municipality_that_is_not_clear_is_refused(office, ward, town, said, reason):
    MunicipalityFactory(code="132063", name="府中市", prefecture=ward.prefecture)
    MunicipalityFactory(code="342084", name="府中市", prefecture=PrefectureFactory(code="34", name="広島県"))

    assert reasons(bring(office, WardTie, tie(交流自治体=said))) == [f"「交流自治体」列：{reason}"]


@pytest.mark.parametrize("said", ["042081", "42081", "042081 角田市", "042081　宮城県角田市", "角田市", "宮城県角田市"])
def test_a_municipality_is_known_by_code_name_or_both(office, ward, town, said):
    assert outcomes(bring(office, WardTie, tie(交流自治体=said)))[TIES] == ["新規"]


def test_a_column_that_a_file_lacks_is_left_alone_and_an_empty_cell_clears(office, ward, town):
    record = WardTieFactory(
        ward=ward, municipality=town, kind="cooperation", starts_on=date(2020, 4, 1), title="名", evidence="根拠"
    )

    shown = bring(office, WardTie, tie(管理番号=record.pk, 名称=""))
    assert changes(shown) == ["「名称」：名 → （空欄）"]
    confirm(office, shown, WardTie)

    record.refresh_from_db()
    assert (record.title, record.evidence) == ("", "根拠")


def test_a_row_that_was_changed_over_a_newer_record_is_refused_with_both_values(office):
    record = WardTieFactory(evidence="もと")
    (row,) = csv_rows(exported(office, WardTie))
    record.evidence = "その間に"
    record.save()

    shown = bring(office, WardTie, {**row, "根拠": "表で"})

    assert outcomes(shown)[TIES] == ["拒否"]
    assert changes(shown) == ["「根拠」：その間に → 表で"]
    assert reasons(shown) == [
        "書き出した後に、登録されている内容が変わりました。新しい表を書き出して、直してください。"
    ]


def test_a_row_that_nobody_touched_leaves_a_newer_record_alone(office):
    record = WardTieFactory(evidence="もと")
    file = content(exported(office, WardTie, "xlsx"))
    record.evidence = "その間に"
    record.save()

    shown = send(office, address(WardTie, "import"), file)

    assert outcomes(shown)[TIES] == ["同じ"]
    assert "この行は直されていないため、登録のままにします。" in shown.content.decode()


def test_what_changed_between_looking_and_confirming_is_shown_again(office, ward, town):
    shown = bring(office, WardTie, tie())
    WardTieFactory(ward=ward, municipality=town, kind="cooperation", starts_on=date(2020, 4, 1), title="先に")

    again = confirm(office, shown, WardTie)

    assert "確かめた後に、登録されている内容が変わりました。" in again.content.decode()
    assert WardTie.objects.count() == 1


def test_records_that_a_person_may_not_change_are_refused_and_not_shown(client, ward, town):
    own = WardTieFactory(ward=ward, municipality=town, kind="sister", evidence="自区の秘密")
    other = WardTieFactory(municipality=town, kind="sister", evidence="他区の秘密")
    sign_in(client, WardStaffFactory(ward=ward).user)
    code = other.ward_id

    shown = bring(
        client,
        WardTie,
        {**tie(管理番号=other.pk, 開始日="2000-01-01"), "根拠": "書換え", "特別区": code, "種別": "その他の交流"},
        {**tie(特別区=code, 種別="その他の交流"), "管理番号": "", "根拠": ""},
        {**tie(管理番号=own.pk, 種別="姉妹都市・友好都市", 特別区=code, 開始日=""), "根拠": "移す"},
        {**tie(種別="その他の交流"), "管理番号": "", "根拠": ""},
    )

    assert outcomes(shown)[TIES] == ["拒否", "拒否", "拒否", "新規"]
    assert set(reasons(shown)) == {f"「管理番号」列：この番号の記録はありません（{other.pk}）。", NO_RIGHT}
    assert "他区の秘密" not in shown.content.decode()


def test_refused_rows_are_a_file_to_work_through(office, ward, town):
    shown = bring(office, WardTie, tie(管理番号=""), tie(管理番号="", 種別="交友"), tie(管理番号="999999"))

    response = office.post(address(WardTie, "import"), {"ticket": shown.context["ticket"], "refused": "1"})

    assert [(row["表"], row["行"], row["列"]) for row in csv_rows(response)] == [
        (TIES, "3", "種別"),
        (TIES, "4", "管理番号"),
    ]
    assert WardTie.objects.count() == 0
    assert confirm(office, shown, WardTie).status_code == 200
    assert WardTie.objects.count() == 1


def test_a_table_of_something_else_is_refused(office):
    response = send(office, address(Membership, "import"), as_csv([tie()]))

    (error,) = response.context["form"].errors["file"]
    assert error == "見出しの行が見つかりません（はじめの10行を探しました）。読める表：会員登録"
    lacking = send(office, address(Membership, "import"), as_csv([{"自治体": "角田市"}]))
    (error,) = lacking.context["form"].errors["file"]
    assert error == "会員登録として読むには、必要な列がありません：「登録日」"


def test_lists_that_are_not_imported_have_no_page_for_it(office):
    SourceNoteFactory(record=WardTieFactory())

    assert office.get("/admin/core/sourcenote/import/").status_code in (302, 404)
    assert "取り込む" not in office.get("/admin/core/sourcenote/").content.decode()


def test_a_workbook_that_was_saved_again_reads_the_same(office):
    awkward_ties()
    book = load_workbook(io.BytesIO(content(exported(office, WardTie, "xlsx"))))

    assert outcomes(send(office, address(WardTie, "import"), saved(book)))[TIES] == ["同じ"] * 3


def test_of_too_many_rows_those_that_matter_are_shown_first(office):
    ward = WardFactory()
    WardProject.objects.bulk_create(
        WardProject(ward=ward, title=f"第{number:03}の事業", field="tourism", fiscal_year=2020) for number in range(501)
    )
    rows = csv_rows(exported(office, WardProject))
    rows[-1]["概要"] = "変わりました"

    shown = bring(office, WardProject, *rows)

    first = table(shown, "行ごとの内容")[1]
    assert first[:2] == ["502行目", "変更"]
    assert len(table(shown, "行ごとの内容")) == 501


def test_a_changed_row_costs_the_same_few_queries_in_a_long_table(office, ward, town):
    WardTie.objects.bulk_create(
        WardTie(ward=ward, municipality=town, kind="sister", starts_on=day, ends_on=day + timedelta(days=1))
        for day in (date(2000, 1, 1) + timedelta(days=number) for number in range(150))
    )
    rows = [{**row, "根拠": "協定書"} for row in csv_rows(exported(office, WardTie))]

    def queries(number):
        with CaptureQueriesContext(connection) as asked:
            shown = bring(office, WardTie, *rows[:number])
        assert outcomes(shown)[TIES] == ["変更"] * number
        return len(asked)

    few, many = queries(50), queries(150)

    assert (many - few) / 100 <= 18
