"""Slips of the pen, and words that only look like one."""

import pytest

from portal.core.checks.misprints import misprints


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("・復興支援金１００万円円を拠出", "「１００万円円」とありますが、「円」が重なっています。"),
        ("3,000円円", "「3,000円円」とありますが、「円」が重なっています。"),
        ("１２０人人が参加", "「１２０人人」とありますが、「人」が重なっています。"),
        ("定員30名名", "「30名名」とありますが、「名」が重なっています。"),
        ("5千万万円", "「5千万万」とありますが、「万」が重なっています。"),
        ("１億億円", "「１億億」とありますが、「億」が重なっています。"),
        ("〇２３一体事業の展開", "「２３一体事業」とありますが、「２３区一体事業」の「区」が抜けたものと思われます。"),
        ("23共同での拠出", "「23共同」とありますが、「23区共同」の「区」が抜けたものと思われます。"),
    ],
)
def test_a_slip_is_quoted_as_written(text, sentence):
    assert misprints(text) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "復興支援金１００万円を拠出",
        "２３区一体事業の展開",
        "23区共同",
        "2023一体感のある年に",
        "３市市長会、9町町長、2県県民の日、10月月間",
        "10日日本橋にて、2人人気の講師",
        "5名名簿、100人人口、3件件数、1円円安",
        "円円、人人",
        "100万人",
    ],
)
def test_what_is_no_slip_is_left_alone(text):
    assert misprints(text) == []


def test_every_slip_of_a_text_is_told():
    assert len(misprints("100円円と200円円と23一体事業")) == 3
