"""Characters that read badly, and how they are written instead."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.checks.authors import remarks_on, repaired


@pytest.mark.parametrize(
    ("text", "codes", "written"),
    [
        ("第１回ＡＢＣ講演会", ["full_width"], "第1回ABC講演会"),
        ("３７４，０２５万円", ["full_width"], "374,025万円"),
        ("０３－１２３４－５６７８", ["full_width"], "03-1234-5678"),
        ("ｶﾞｲﾄﾞ｡", ["half_width_kana"], "ガイド。"),
        ("①受付 ㈱港", ["machine_dependent"], "（1）受付 （株）港"),
        ("㍻30年㋿元年", ["machine_dependent"], "平成30年令和元年"),
        ("10㎡と5㌔と№3", ["machine_dependent"], "10平方メートルと5キロとNo3"),
        ("髙﨑さん", ["machine_dependent"], "髙﨑さん"),
        ("日　時", ["inner_space"], "日時"),
        ("お 知 ら せ", ["inner_space"], "お知らせ"),
        ("開きます。。ぜひ！！", ["repeated_punctuation"], "開きます。ぜひ！"),
        ("第２回　日 時。。", ["full_width", "inner_space", "repeated_punctuation"], "第2回　日時。"),
    ],
)
def test_what_is_found_is_written_anew(text, codes, written):
    assert [remark.code for remark in remarks_on(text)] == codes
    assert repaired(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "令和3年2月10日（水）午後2時から、港区で開きます。定員は1,200人です。",
        "東京 大阪　京都",
        "第2回　講演会",
        "「ガイド」・ABC！？……",
        "山田 花子",
        "日\n時",
    ],
)
def test_good_text_stays_without_a_word(text):
    assert remarks_on(text) == []
    assert repaired(text) == text


def test_a_remark_quotes_the_places_each_once():
    (remark,) = remarks_on("１と２と１と３と４")

    assert remark.message == (
        "全角の英数字「１」「２」「３」ほかは、半角で書きます。題名などを印刷のとおりに引くときは、そのままで構いません。"
    )


@given(st.text())
def test_whatever_was_put_right_needs_it_no_more_but_for_letters_of_names(text):
    written = repaired(text)

    assert repaired(written) == written
    assert {remark.code for remark in remarks_on(written)} <= {"machine_dependent"}


@given(st.text(st.characters(categories=["Lo"], max_codepoint=0x9FFF)))
def test_no_letter_of_a_name_is_changed(text):
    kanji = "".join(one for one in text if unicodedata.name(one, "").startswith("CJK UNIFIED"))

    assert repaired(kanji) == kanji
