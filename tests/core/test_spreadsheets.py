"""Excel files: what is put in comes out, the same tables give the same bytes, and nothing runs."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from portal.core.spreadsheets import Column, Sheet, held, workbook

COLUMNS = [
    Column("コード", 10),
    Column("名称", 30),
    Column("数", 8),
    Column("日", 12),
    Column("年度", 8, is_plain=True),
]
ROWS = [
    ["012025", "函館市", 1234, date(2021, 1, 1), 2020],
    ["131016", "", None, None, 2015],
    ["131024", "中央区", 0, None, None],
]


def read(content):
    return load_workbook(BytesIO(content))


def made(rows=ROWS):
    return workbook("自治体数一覧", [Sheet("区別", COLUMNS, rows), Sheet("定義", COLUMNS[:2], [["項目", "内容"]])])


def test_rows_come_out_as_they_were_put_in():
    book = read(made())

    assert book.sheetnames == ["区別", "定義"]
    assert [[cell.value for cell in row] for row in book["定義"]] == [["コード", "名称"], ["項目", "内容"]]
    values = [[cell.value for cell in row] for row in book["区別"]]
    assert values[0] == ["コード", "名称", "数", "日", "年度"]
    assert [value.date() if hasattr(value, "date") else value for value in values[1]] == ROWS[0]


def test_nothing_is_an_empty_cell_and_nought_is_a_number():
    rows = [[cell.value for cell in row] for row in read(made())["区別"]]

    assert rows[2] == ["131016", None, None, None, 2015]
    assert rows[3][2] == 0


def test_a_code_keeps_its_first_nought():
    cell = read(made())["区別"]["A2"]

    assert (cell.value, cell.data_type) == ("012025", "s")


def test_numbers_are_separated_and_years_are_not():
    page = read(made())["区別"]

    assert page["C2"].number_format == "#,##0"
    assert page["D2"].number_format == "yyyy-mm-dd"
    assert page["E2"].number_format == "General"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("https://example.com")', "+81", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]
)
def test_text_that_looks_like_a_formula_stays_text(text):
    content = made([["1", text, None, None, None]])

    cell = read(content)["区別"]["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
    with ZipFile(BytesIO(content)) as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist())


def test_what_no_file_may_hold_is_left_out():
    assert read(made([["1", "あ\x00い\x0bう", None, None, None]]))["区別"]["B2"].value == "あいう"


def test_the_names_stand_in_row_1_which_stays_in_sight():
    page = read(made())["区別"]

    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert page.column_dimensions["B"].width == 30
    assert page.merged_cells.ranges == set()


def test_the_same_tables_give_the_same_bytes(time_machine):
    time_machine.move_to("2021-01-01")
    first = made()
    time_machine.move_to("2026-11-25")

    assert made() == first
    assert made([["1", "別の行", None, None, None]]) != first


def test_the_file_tells_no_moment_and_no_person():
    with ZipFile(BytesIO(made())) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = read(made()).properties
    assert (properties.title, properties.creator or "") == ("自治体数一覧", "")
    assert properties.created == properties.modified


def test_a_form_is_open_below_its_protected_header_and_offers_words_and_cells():
    columns = [
        Column("種別", words=("甲", "乙")),
        Column("自治体", choices="'選択肢'!$A$2:$A$3"),
        Column("版", is_hidden=True),
        Column("長い", words=["あ" * 300]),
    ]
    listed = Sheet("選択肢", [Column("自治体")], [["角田市"], ["函館市"]], is_hidden=True)

    book = read(workbook("表", [Sheet("交流", columns, [["甲", "", "x", None]], is_form=True), listed]))

    page = book["交流"]
    assert (page.protection.sheet, page["A1"].protection.locked, page["A2"].protection.locked) == (True, True, False)
    assert (page.column_dimensions["A"].protection.locked, page.column_dimensions["C"].hidden) == (False, True)
    offered = {str(one.sqref): (one.formula1, one.showErrorMessage) for one in page.data_validations.dataValidation}
    assert offered == {
        "A2:A1048576": ('"甲,乙"', True),
        "B2:B1048576": ("'選択肢'!$A$2:$A$3", False),
    }
    assert book["選択肢"].sheet_state == "hidden"


def test_a_cell_holds_no_control_characters_and_no_more_than_excel_does():
    assert held("a\x00b\x0b" + "x" * 40_000) == "ab" + "x" * 32_765
