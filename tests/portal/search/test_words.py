"""One spelling for what people write in several ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.queries import read
from portal.search.words import mapped, skeleton, spelled, tokens, years_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("茅ヶ崎", "茅ケ崎"),
        ("茅ヶ崎", "茅が崎"),
        ("霞ガ関", "霞ヶ関"),
        ("チヨダ", "ちよだ"),
        ("ﾁﾖﾀﾞ", "ちよだ"),
        ("Ｈ３０", "h30"),
        ("ＮＥＷＳ", "news"),
        ("三ヵ月", "三か月"),
    ],
)
def test_what_is_the_same_is_spelled_the_same(one, other):
    assert spelled(one) == spelled(other)


def test_ga_stays_where_it_is_no_part_of_a_name():
    assert spelled("ながの") == "ながの"
    assert spelled("がけ") != spelled("けけ")


def test_letters_are_cut_into_pairs_and_the_last_stands_alone():
    assert list(tokens("温泉街・港 A1")) == ["温泉", "泉街", "街", "港", "a1", "1"]


@given(st.text(max_size=60))
def test_every_letter_knows_where_it_comes_from(text):
    found = mapped(text)

    assert len(found.places) == len(found.letters) + 1
    assert list(found.places) == sorted(found.places)
    assert found.places[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("平成30年度の事業", {"\ue0002018"}),
        ("平成30年7月豪雨", {"\ue0002018", "\ue0012018"}),
        ("平成31年1月11日", {"\ue0002018", "\ue0012019"}),
        ("令和元年度と2020年度", {"\ue0002019", "\ue0002020"}),
        ("H30の計画", {"\ue0002018", "\ue0012018"}),
        ("平成0年、H100、2018、12018年", set()),
        ("平成30年13月", {"\ue0002018", "\ue0012018"}),
    ],
)
def test_the_years_that_a_text_names(text, years):
    assert years_in(text) == years


def test_mistaken_kana_have_one_skeleton():
    assert skeleton("チョダ") == skeleton("ちよた")


@pytest.mark.parametrize("words", ["H30", "h30", "Ｈ３０", "平成30年度", "平成３０", "2018年度", "２０１８年度"])
def test_a_fiscal_year_is_one_search_in_every_way_of_writing(words):
    assert [term.phrases for term in read(words).terms] == [term.phrases for term in read("平成30年度").terms]


def test_a_calendar_year_is_another():
    assert read("平成30年").terms[0].phrases == read("2018年").terms[0].phrases
    assert read("平成30年").terms[0].phrases != read("平成30年度").terms[0].phrases


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("温泉", '("温泉")'),
        ("温泉街", '("温泉 泉街")'),
        ("街", '("街" *)'),
        ("温泉　街", '("温泉") AND ("街" *)'),
        ("温泉・街道", '("温泉") AND ("街道")'),
        ('"温泉 街"', '("温泉 泉 街" *)'),
        ("「温泉 街道」", '("温泉 泉 街道")'),
        ("温泉 温泉", '("温泉")'),
        ('温泉"', '("温泉")'),
        ("平成29年9月9日", '("平成 成2 29 9年 年9 9月 月9 9日" OR "20 01 17 7年 年9 9月 月9 9日")'),
        ("!?", ""),
        ("「」", ""),
    ],
)
def test_words_as_sqlite_searches_them(words, expected):
    assert read(words).for_sqlite() == expected


def test_words_as_postgresql_searches_them():
    assert read("温泉街 港").for_postgresql() == "(('温泉' <-> '泉街')) & (('港':*))"


@given(st.text(max_size=100))
def test_whatever_is_typed_names_only_letters_and_figures(text):
    for term in read(text).terms:
        assert term.phrases
        for phrase in term.phrases:
            assert all(token.replace("\ue000", "").replace("\ue001", "").isalnum() for token in phrase.tokens)
