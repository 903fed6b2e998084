"""Which table a file holds is told by its header."""

import pytest

from events.profiles import BASE_REGISTRY, PROFILES, RECOMMENDED
from portal.core.importing.refusal import FileRefused
from portal.core.importing.tables import batches, header_of, read_table
from tests.core.importing.files import csv_file, workbook

BOTH = tuple(PROFILES.values())


@pytest.mark.parametrize("profile", BOTH, ids=lambda profile: profile.id)
@pytest.mark.parametrize("make", [csv_file, workbook])
def test_a_profile_is_known_by_its_header(profile, make):
    row = [f"値{place}" for place in range(len(profile.columns))]

    table = read_table(make(profile.headers, row), BOTH)

    assert (table.profile, table.unknown, table.absent) == (profile, (), ())
    (found,) = table.rows
    assert found.number == 2
    assert list(found.cells.values()) == row


def test_columns_stand_in_any_order_and_those_we_do_not_know_are_told():
    header = [*reversed(RECOMMENDED.headers), "担当者メモ", ""]

    table = read_table(csv_file(header, {"NO": "7", "担当者メモ": "内緒"}), BOTH)

    assert table.profile == RECOMMENDED
    assert table.unknown == ("担当者メモ",)
    assert [row.cells["number"] for row in table.rows] == ["7"]


def test_headers_may_be_written_a_little_otherwise():
    header = [
        "都道府県コード 又は 市区町村コード",
        "ＮＯ．",
        "都道府県名",
        "イベント名",
        "イベント名（カナ）",
        "料金（基本）",
    ]

    found = header_of(header, RECOMMENDED)

    assert list(found.places) == ["code", "number", "prefecture_name", "title", "title_kana", "fee"]
    assert found.missing == ()


def test_absent_columns_are_told():
    header = [header for header in RECOMMENDED.headers if header not in ("定員", "備考")]

    assert read_table(csv_file(header), BOTH).absent == ("定員", "備考")


def test_a_column_that_comes_twice_is_read_once():
    header = [*RECOMMENDED.headers, "定員"]

    table = read_table(csv_file(header, [*[""] * 26, "50", *[""] * 5, "99"]), BOTH)

    assert table.unknown == ("定員",)
    assert next(table.rows).cells["capacity"] == "50"


@pytest.mark.parametrize("lines", [1, 9])
def test_titles_above_the_header_are_passed_over(lines):
    above = [["令和7年度 イベント一覧（架空）"]] * lines

    table = read_table(csv_file(BASE_REGISTRY.headers, ["1"], above=above), BOTH)

    assert table.profile == BASE_REGISTRY
    assert [row.number for row in table.rows] == [lines + 2]


def test_a_header_too_far_down_is_not_found():
    source = csv_file(BASE_REGISTRY.headers, above=[["題"]] * 10)

    with pytest.raises(FileRefused) as refused:
        read_table(source, BOTH)

    assert str(refused.value) == (
        "見出しの行が見つかりません（はじめの10行を探しました）。"
        "読める表：推奨データセット「イベント一覧」形式、ベース・レジストリ「イベント」形式"
    )


def test_required_columns_that_are_missing_are_named():
    header = [header for header in RECOMMENDED.headers if header not in ("NO", "イベント名")]

    with pytest.raises(FileRefused) as refused:
        read_table(csv_file(header), BOTH)

    assert str(refused.value) == (
        "推奨データセット「イベント一覧」形式として読むには、必要な列がありません：「NO」、「イベント名」"
    )


def test_the_sheet_with_the_table_is_found():
    source = workbook(RECOMMENDED.headers, ["1"], before="はじめに", title="一覧")

    assert read_table(source, BOTH).label == "xlsx・シート「一覧」"


def test_only_the_profiles_asked_for_are_read():
    with pytest.raises(FileRefused):
        read_table(csv_file(RECOMMENDED.headers), (BASE_REGISTRY,))


def test_what_windows_31j_cannot_hold_is_compared_as_it_writes_it():
    table = read_table(csv_file(RECOMMENDED.headers, encoding="cp932"), BOTH)
    in_unicode = read_table(csv_file(["定員", *RECOMMENDED.headers]), BOTH)

    # A file of ASCII only would be UTF-8: the header itself tells.
    assert table.as_written("〜𠮷") == "～〓"
    assert in_unicode.as_written("〜𠮷") == "〜𠮷"


def test_rows_come_in_batches():
    assert list(batches(iter(range(5)), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batches(iter([]), 2)) == []
