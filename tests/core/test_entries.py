"""Form fields for times, money and numbers as officials write them."""

from datetime import UTC, datetime, time

import pytest
from django.core.exceptions import ValidationError

from disaster_support.models import SupportRecord
from portal.core.entries import FiscalYearEntry, TimeEntry, WholeNumberEntry, YenEntry
from portal.core.fields import MomentEntry
from portal.core.read_back import Kind, ReadBackForm, read_back


def refused(field, typed):
    with pytest.raises(ValidationError) as error:
        field.clean(typed)
    return error.value.messages


@pytest.mark.parametrize("field", [TimeEntry, YenEntry, WholeNumberEntry, FiscalYearEntry])
@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_typed_is_nothing(field, typed):
    assert field(required=False).clean(typed) is None
    assert refused(field(), typed) == ["このフィールドは必須です。"]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (TimeEntry, "午後2時半", time(14, 30)),
        (TimeEntry, time(14, 30), time(14, 30)),
        (YenEntry, "37億4,025万円", 3_740_250_000),
        (YenEntry, 5, 5),
        (WholeNumberEntry, "１，２００人", 1200),
        (WholeNumberEntry, "300件", 300),
        (WholeNumberEntry, "0", 0),
        (FiscalYearEntry, "令和3年度", 2021),
    ],
)
def test_what_officials_write_is_taken(field, typed, value):
    assert field().clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (TimeEntry, "昼", "時刻として読めません（昼）。例：10:00、午後1時30分"),
        (TimeEntry, "24:00", "24時は、翌日の0時と書いてください。"),
        (YenEntry, "三億円", "金額の数字は、漢数字ではなく算用数字で書いてください。例：37億4,025万円、1千万円"),
        (WholeNumberEntry, "約300人", "整数として読めません。例：1200、1,200人"),
        (WholeNumberEntry, "1,20", "整数として読めません。例：1200、1,200人"),
        (WholeNumberEntry, "－3", "0以上の数を入れてください。"),
        (FiscalYearEntry, "3", "年度として読めません。例：2021、令和3年度"),
    ],
)
def test_what_cannot_be_read_is_explained(field, typed, message):
    assert refused(field(), typed) == [message]


def test_a_limit_still_holds():
    assert refused(WholeNumberEntry(max_value=100), "1,000人") == ["この値は 100 以下でなければなりません。"]


def test_an_amount_is_shown_with_commas_and_unchanged_as_it_was():
    field = YenEntry()

    assert field.prepare_value(3_740_250_000) == "3,740,250,000"
    assert field.prepare_value("37億") == "37億"
    assert field.has_changed(3_740_250_000, "37億4,025万円") is False
    assert field.has_changed(3_740_250_000, "37億円") is True


def test_a_column_of_yen_is_typed_as_yen_and_kept_as_a_number():
    column = SupportRecord._meta.get_field("amount_yen")

    assert isinstance(column.formfield(), YenEntry)
    assert column.deconstruct()[1] == "django.db.models.PositiveBigIntegerField"


def test_a_moment_is_a_day_and_a_time_in_tokyo():
    moment = MomentEntry().clean(["令和3年2月10日（水）", "午後2時半"])

    assert moment.astimezone(UTC) == datetime(2021, 2, 10, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["2/10", "14:30"], "何年かが分かりません。西暦4桁か元号を付けてください。例：2021-02-10、令和3年2月10日"),
        (["令和3年2月10日（木）", "14:30"], "令和3年2月10日は水曜日です。"),
        (["令和3年2月10日", "昼"], "時刻として読めません（昼）。例：10:00、午後1時30分"),
    ],
)
def test_a_part_of_a_moment_that_cannot_be_read_is_explained(typed, message):
    assert refused(MomentEntry(), typed) == [message]


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (Kind.DATE, "R3.2.10", "令和3年2月10日（水）"),
        (Kind.DATE, "2021-02-10", "令和3年2月10日（水）"),
        (Kind.DATE, "2/10", ""),
        (Kind.TIME, "14:30", "午後2時30分"),
        (Kind.YEN, "３７４，０２５万円", "37億4,025万円（3,740,250,000円）"),
        (Kind.YEN, "500", ""),
        (Kind.FISCAL_YEAR, "2021", "令和3年度"),
        (Kind.FISCAL_YEAR, "9999", ""),
        (Kind.WHOLE_NUMBER, "12345人", "12,345"),
        (Kind.WHOLE_NUMBER, "12", ""),
        (Kind.WHOLE_NUMBER, "", ""),
    ],
)
def test_what_was_typed_is_said_back(kind, typed, said):
    assert read_back(kind, typed) == said
    assert ReadBackForm({"kind": kind.value, "text": typed}).said() == said


def test_a_question_that_makes_no_sense_is_answered_with_nothing():
    assert ReadBackForm({"kind": "colour", "text": "1"}).said() == ""
    assert ReadBackForm({"kind": "yen", "text": "1" * 61}).said() == ""
