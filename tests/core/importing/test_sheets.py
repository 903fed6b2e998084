"""The rows of any file as text, within its limits."""

import io
from datetime import date, datetime, time, timedelta
from itertools import chain

import openpyxl
import pytest

from portal.core.importing.archives import BROKEN
from portal.core.importing.refusal import FileRefused
from portal.core.importing.sheets import HEADER_WITHIN, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Line, cell_text, sheets_of
from tests.core.importing.files import csv_file, saved, with_parts, workbook

SHEET = "xl__worksheets__sheet1_xml"
_BEGIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_END = b"</sheetData></worksheet>"


def lines_of(source):
    (sheet,) = sheets_of(source)
    return list(sheet.lines)


def refusal(source) -> str:
    lines = chain.from_iterable(sheet.lines for sheet in sheets_of(source))
    with pytest.raises(FileRefused) as refused:
        list(lines)
    return str(refused.value)


def test_a_text_and_a_workbook_give_the_same_rows():
    header, row = ["NO", "名称"], ["1", "催し"]

    assert lines_of(csv_file(header, row)) == lines_of(workbook(header, row)) == [Line(1, header), Line(2, row)]


def test_it_is_said_what_kind_of_file_it_was():
    (text,) = sheets_of(csv_file(["NO"], encoding="cp932"))
    (book,) = sheets_of(workbook(["NO"], title="催し"))

    assert (text.label, text.codec) == ("CSV・UTF-8", "utf-8")
    assert book.label == "xlsx・シート「催し」"


def test_empty_rows_are_left_out_and_rows_keep_their_numbers():
    assert lines_of(csv_file(["NO"], ["", " "], [], ["1", ""])) == [Line(1, ["NO"]), Line(4, ["1"])]


def test_hidden_sheets_are_not_read():
    book = openpyxl.Workbook()
    book.active.append(["見える"])
    hidden = book.create_sheet("隠れた表")
    hidden.append(["見えない"])
    hidden.sheet_state = "hidden"

    assert [sheet.label for sheet in sheets_of(saved(book))] == ["xlsx・シート「Sheet」"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (12, "12"),
        (131016.0, "131016"),
        (35.5, "35.5"),
        (datetime(2025, 5, 1), "2025-05-01"),  # noqa: DTZ001
        (datetime(2025, 5, 1, 10, 30), "2025-05-01 10:30"),  # noqa: DTZ001
        (date(2025, 5, 1), "2025-05-01"),
        (time(10, 30), "10:30"),
        (timedelta(hours=24), "24:00"),
        (timedelta(hours=9, minutes=5), "9:05"),
        ("一行目_x000D_\n二行目", "一行目\n二行目"),
    ],
)
def test_cells_of_workbooks_are_text(value, text):
    assert cell_text(value) == text


def test_days_and_times_come_through_a_workbook():
    rows = lines_of(workbook(["日", "時"], [date(2025, 5, 1), time(10, 30)]))

    assert rows[1].cells == ["2025-05-01", "10:30"]


def test_a_formula_without_a_value_stays_its_own_text_and_is_never_computed():
    rows = lines_of(workbook(["NO", "名称"], ["=1+1", '=HYPERLINK("http://example.jp","x")']))

    assert rows[1].cells == ["=1+1", '=HYPERLINK("http://example.jp","x")']


def test_a_formula_with_a_value_gives_the_value_that_was_kept():
    sheet = _BEGIN + b'<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>B2</f></c></row>' + _END

    assert lines_of(with_parts(workbook(["NO"]), **{SHEET: sheet})) == [Line(1, ["7", "=B2"])]


@pytest.mark.parametrize("make", [csv_file, workbook])
def test_ten_thousand_columns_are_refused(make):
    wide = [f"列{number}" for number in range(10_000)]

    assert refusal(make(wide)) == f"1行目の列が多すぎます（10,000列）。{MAX_COLUMNS}列までです。"


def test_columns_that_are_empty_do_not_count():
    assert lines_of(csv_file(["NO", *[""] * 9_999])) == [Line(1, ["NO"])]


def test_too_many_rows_are_refused():
    several = [["1"]] * (MAX_ROWS + HEADER_WITHIN)

    assert len(lines_of(csv_file(*several))) == 20_010
    assert refusal(csv_file(["NO"], *several)).startswith("行が多すぎます。20,000行までです。")


def test_a_row_that_claims_to_be_far_away_is_refused_quickly():
    sheet = _BEGIN + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999999"><c><v>1</v></c></row>' + _END

    assert refusal(with_parts(workbook(["NO"]), **{SHEET: sheet})) == "行が多すぎます。20,000行までです。"


@pytest.mark.parametrize("make", [csv_file, workbook])
def test_a_cell_that_is_too_long_is_refused(make):
    assert refusal(make(["NO", "x" * (MAX_CELL + 1)])) == "1行目2列目が長すぎます。一つのセルは10,000文字までです。"


def test_entities_that_multiply_are_refused():
    bomb = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + _BEGIN + b"&b;" + _END
    message = "安全に読めない記述（XMLの実体参照）を含むため、読みません。"

    assert refusal(with_parts(workbook(["NO"]), **{SHEET: bomb})) == message
    assert refusal(with_parts(workbook(["NO"]), xl__workbook_xml=bomb)) == message


def test_a_file_outside_is_never_fetched():
    outside = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + _BEGIN + b"&x;" + _END

    assert "実体参照" in refusal(with_parts(workbook(["NO"]), **{SHEET: outside}))


@pytest.mark.parametrize(
    "parts",
    [
        {"xl__workbook_xml": b"no xml"},
        {SHEET: b"<worksheet><sheetData><row>"},
        {SHEET: _BEGIN + b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>' + _END},
        {SHEET: _BEGIN + b'<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>' + _END},
        {"[Content_Types]_xml": b"<Types/>"},
    ],
)
def test_a_workbook_that_makes_no_sense_is_broken(parts):
    assert refusal(with_parts(workbook(["NO"]), **parts)) == BROKEN


def test_a_workbook_without_sheets_has_no_rows():
    assert list(sheets_of(with_parts(workbook(["NO"]), xl__workbook_xml=b"<x/>"))) == []


def test_a_broken_text_is_refused():
    assert "文字として読めない" in refusal(io.BytesIO(b"NO\n\xff\xff"))
