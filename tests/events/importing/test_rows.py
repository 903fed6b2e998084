"""What a row says of an event, cell by cell and together."""

from datetime import date, time

import pytest

from events.choices import DatePrecision, EventRoleKind, Status
from events.importing.rows import Schedule, read_row, roles_in
from events.profiles import BASE_REGISTRY, RECOMMENDED

DAY = date(2025, 5, 1)


def said(profile=RECOMMENDED, **cells):
    return read_row(profile, cells)


def schedule(**cells):
    reading = said(**{"first_day": "", "last_day": "", "date_note": "", **cells})
    assert reading.problems == {}
    return reading.values["schedule"]


def test_only_what_the_file_has_is_said():
    assert said(title="催し").values == {"title": "催し"}


def test_dashes_and_none_are_blank_but_none_may_be_an_answer():
    values = said(
        summary="－", parking="なし", fee_detail="なし", remarks="", fee="未定", application="なし", audience="未定"
    ).values

    assert values == {
        "summary": "",
        "parking": "なし",
        "fee_detail": "",
        "remarks": "",
        "fee": "",
        "application": "なし",
        "audience": "",
    }


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"first_day": "2025-05-01"}, Schedule(DAY, DAY, DatePrecision.DAY, 2025, None, None, "")),
        (
            {"first_day": "令和7年5月1日～3日"},
            Schedule(DAY, date(2025, 5, 3), DatePrecision.DAY, 2025, None, None, ""),
        ),
        (
            {"first_day": "2025-05-01", "last_day": "令和7年5月2日", "start_time": "10:00", "end_time": "16時"},
            Schedule(DAY, date(2025, 5, 2), DatePrecision.DAY, 2025, time(10), time(16), ""),
        ),
        (
            {"first_day": "2025-05-01", "start_time": "10:00～16:00", "date_note": "雨天順延"},
            Schedule(DAY, DAY, DatePrecision.DAY, 2025, time(10), time(16), "雨天順延"),
        ),
        (
            {"first_day": "2025-05-01 10:00", "last_day": "-"},
            Schedule(DAY, DAY, DatePrecision.DAY, 2025, time(10), None, ""),
        ),
        (
            {"first_day": "2025-05-01", "start_time": "終日"},
            Schedule(DAY, DAY, DatePrecision.DAY, 2025, None, None, "終日"),
        ),
        (
            {"first_day": "令和7年5月上旬"},
            Schedule(DAY, date(2025, 5, 31), DatePrecision.MONTH, 2025, None, None, "令和7年5月上旬"),
        ),
        (
            {"first_day": "令和7年度", "date_note": "会場調整中"},
            Schedule(None, None, DatePrecision.UNKNOWN, 2025, None, None, "令和7年度、会場調整中"),
        ),
        (
            {"date_note": "2025年5月（日は未定または不明）会場調整中"},
            Schedule(DAY, date(2025, 5, 31), DatePrecision.MONTH, 2025, None, None, "会場調整中"),
        ),
        (
            {"date_note": "2020年度（日は未定または不明）"},
            Schedule(None, None, DatePrecision.UNKNOWN, 2020, None, None, ""),
        ),
        ({"first_day": "-"}, Schedule(None, None, DatePrecision.UNKNOWN, None, None, None, "")),
    ],
)
def test_when(cells, found):
    assert schedule(**cells) == found


def test_an_undecided_day_keeps_its_words_as_the_note():
    """「未定」 is blank in other columns; here it is what is known."""
    found = schedule(first_day="調整中", date_note="令和7年度")

    assert (found.fiscal_year, found.date_note) == (2025, "調整中、令和7年度")


def test_midnight_at_the_end_is_told():
    reading = said(first_day="2025-05-01", start_time="22:00", end_time="24:00")

    assert reading.values["schedule"].end_time == time(23, 59)
    assert [str(note) for note in reading.notes] == ["「終了時間」列：24:00は、23:59として登録します。"]


def test_our_own_last_minute_needs_no_note():
    assert said(first_day="2025-05-01", end_time="23:59").notes == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"first_day": "5月1日"}, "「開始日」列：年がありません（5月1日）。例：2025-05-01、令和7年5月1日"),
        (
            {"first_day": "2025-05-01", "end_time": "25:00"},
            "「終了時間」列：24時を過ぎた時刻は、翌日の日付と時刻で書いてください（25:00）。",
        ),
        (
            {"contact_phone": "役場まで"},
            "「連絡先電話番号」列：電話番号として読めません（役場まで）。一つだけを、数字とハイフンで書いてください。",
        ),
        (
            {"latitude": "35度41分"},
            "「緯度」列：度・分・秒ではなく、十進法の度で書いてください（35度41分）。例：35.698683",
        ),
        ({"application_deadline": "令和7年5月"}, "「参加申込終了日」列：申込期限は日まで書いてください。"),
        ({"summary": "外字\ue000"}, "「説明」列：外字や制御文字など、使えない文字があります。"),
        ({"capacity": "99999999999人"}, "「定員」列：整数として読めません（99999999999）。"),
    ],
)
def test_what_is_wrong_is_told_by_column(cells, problem):
    assert [str(found) for found in said(**cells).problems.values()] == [problem]


def test_a_capacity_in_words_stays_in_words_beside_how_to_apply():
    reading = said(capacity="先着50名", application="電話で")

    assert reading.values == {"capacity": 50, "application": "電話で\n定員：先着50名"}
    assert [str(note) for note in reading.notes] == ["「定員」列：「先着50名」は「参加申込方法」に残します。"]


def test_a_capacity_in_words_is_said_once():
    assert said(capacity="先着50名", application="電話で\n定員：先着50名").values["application"].count("先着") == 1


def test_a_capacity_in_words_goes_to_the_remarks_where_there_is_no_other_place():
    assert said(capacity="30組", status_remarks="").values == {"capacity": None, "remarks": "定員：30組"}
    assert said(capacity="30組").values == {"capacity": None}
    assert [note.message for note in said(capacity="30組").notes] == ["「30組」を残す列がありません。"]


def test_a_deadline_may_stand_in_one_cell():
    values = said(application_deadline="令和7年4月20日 17:00", application_deadline_time="").values

    assert (values["application_deadline"], values["application_deadline_time"]) == (date(2025, 4, 20), time(17))


def test_a_range_of_days_to_apply_ends_with_the_deadline():
    assert said(application_deadline="令和7年4月1日～20日").values["application_deadline"] == date(2025, 4, 20)


def test_a_scheme_is_added_and_told():
    reading = said(url="www.example.jp")

    assert reading.values["url"] == "https://www.example.jp"
    assert [str(note) for note in reading.notes] == ["「URL」列：「https://」を補いました。"]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("予定", Status.PLANNED),
        ("開催予定", Status.PLANNED),
        ("中止", Status.CANCELLED),
        ("順延", Status.POSTPONED),
        ("終了", Status.HELD),
        ("見合わせ", Status.WITHHELD),
        ("", None),
    ],
)
def test_what_becomes_of_it(cell, status):
    assert said(BASE_REGISTRY, status=cell).values["status"] == status


def test_a_status_we_do_not_know_is_refused_with_those_we_do():
    assert [problem.message for problem in said(BASE_REGISTRY, status="たぶん").problems.values()] == [
        "予定・開催・中止・延期・内容変更・見合わせのいずれかを書いてください（たぶん）。"
    ]


def test_remarks_may_begin_with_what_becomes_of_it():
    values = said(status_remarks="【中止】大雨のため\n駐車場なし").values

    assert values == {"status": Status.CANCELLED, "status_reason": "大雨のため", "remarks": "駐車場なし"}
    assert said(status_remarks="駐車場なし").values == {"remarks": "駐車場なし"}


def test_an_address_in_four_parts_is_one():
    cells = {
        "address_prefecture": "東京都",
        "address_city": "千代田区",
        "address_town": "飯田橋",
        "address_rest": "3-5-1",
    }

    assert said(BASE_REGISTRY, **cells).values == {"address": "東京都千代田区飯田橋3-5-1"}


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("", {}),
        ("甲社、乙社", {EventRoleKind.COOPERATION: ["甲社", "乙社"]}),
        (
            "協賛：甲社、乙社／後援：丙協会",
            {EventRoleKind.SPONSOR: ["甲社", "乙社"], EventRoleKind.PATRON: ["丙協会"]},
        ),
        ("協賛:甲社\n後援:丙協会", {EventRoleKind.SPONSOR: ["甲社"], EventRoleKind.PATRON: ["丙協会"]}),
        ("協力者：甲社", {EventRoleKind.COOPERATION: ["協力者：甲社"]}),
        ("後援：甲社、甲社", {EventRoleKind.PATRON: ["甲社"]}),
    ],
)
def test_other_bodies_by_role(cell, roles):
    assert roles_in(cell) == roles
