"""Cells are safe to open in a spreadsheet, can be read back, and fit into Windows-31J."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.cells import defused, in_windows_31j, undefused


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "- 雨天中止", "=HYPERLINK(1)"])
def test_what_would_be_a_formula_is_defused(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "-0.25", "+3", "03-1234-5678", "+81-3-1234-5678", "+81 (0)3 1234", "'98年", "区", "", "1=1"]
)
def test_numbers_telephone_numbers_and_words_stay(text):
    assert defused(text) == text


def test_text_that_looks_defused_can_be_told_from_it():
    assert defused("'=1") == "''=1"
    assert undefused("''=1") == "'=1"


@given(st.text("'=+-@\t\r1 a区", max_size=8))
def test_what_is_defused_comes_back(text):
    assert undefused(defused(text)) == text


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("10〜16時", "10～16時"),
        ("−5℃", "－5℃"),
        ("髙島屋・﨑・①・㈱", "髙島屋・﨑・①・㈱"),
        ("か\u3099くえん", "がくえん"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("𠮷野", "〓野"),
        ("🎉祭", "〓祭"),
        ("한국", "〓〓"),
    ],
)
def test_windows_31j_gets_the_same_sign_or_the_named_replacement(text, held):
    assert in_windows_31j(text) == held


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_can_be_written_in_windows_31j(text):
    held = in_windows_31j(text)

    held.encode("cp932")
    assert in_windows_31j(held) == held


@given(st.text("区町村京都ｱﾊﾟｰﾄ①～－", max_size=20))
def test_what_windows_31j_has_comes_back_the_same(text):
    assert in_windows_31j(text).encode("cp932").decode("cp932") == text
