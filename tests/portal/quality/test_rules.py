"""The table of rules, and when a public note is about a finding."""

import re

import pytest

from portal.quality.choices import Severity
from portal.quality.rules import RULES, digest, explains, explanation, stands_in
from tests.test_architecture import CODE, name_of

WRONG_DAY = "「12月26日（金）」とありますが、平成29年12月26日は火曜日です。"
TWO_NAMES = "題名には「北海道」、その内容には「ぐんま」とあります。どちらかが誤りではありませんか。"


def test_every_code_that_a_check_gives_has_its_rule_and_no_other():
    checks = [path for path in CODE if "checks" in name_of(path)]
    given = {code for path in checks for code in re.findall(r'Doubt\(\s*"(\w+)"', path.read_text(encoding="utf-8"))}

    assert given == set(RULES)


def test_what_contradicts_itself_is_an_error_and_what_is_not_known_is_not():
    assert {code for code, rule in RULES.items() if rule.severity == Severity.MISSING} == {
        code for code in RULES if code.startswith("missing_")
    }
    assert [rule.severity for code, rule in RULES.items() if rule.is_explained_by_notes] == [
        *[Severity.ERROR] * 3,
        Severity.REVIEW,
    ]


def test_every_rule_has_a_name_of_its_own():
    assert len({rule.label for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("資料は最終日を「１２月２６日（金）」としていますが、火曜日です。", WRONG_DAY),
        ("出展者は北海道町村、副題は群馬県（ぐんま）です。", TWO_NAMES),
    ],
)
def test_a_note_that_says_all_that_is_quoted_is_about_it(note, message):
    assert explains(note, message)


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("", WRONG_DAY),
        ("資料の曜日が違います。", WRONG_DAY),
        ("１２月２５日（金）は誤りです。", WRONG_DAY),
        ("出展者は北海道町村です。", TWO_NAMES),
        ("何が書いてあっても", "引用のない指摘です。"),
    ],
)
def test_another_note_is_not_about_it(note, message):
    assert not explains(note, message)


def test_the_first_note_about_it_is_the_explanation():
    notes = ["関係のない注記", "12月26日（金）は誤りです。", "「12月26日（金）」は資料のとおりです。"]

    assert explanation(notes, WRONG_DAY) == notes[1]
    assert explanation(notes[:1], WRONG_DAY) == ""
    assert explanation([], WRONG_DAY) == ""


def test_where_the_paper_says_it():
    assert stands_in("日 程：１１月１５日（水）～１２月２６日（金）", WRONG_DAY)
    assert not stands_in("日 程：１１月１５日（水）", WRONG_DAY)
    assert not stands_in("緯度と経度がありません。", "緯度と経度がありません。")


def test_two_messages_have_two_digests():
    assert (len(digest(WRONG_DAY)), digest(WRONG_DAY)) == (64, digest(WRONG_DAY))
    assert digest(WRONG_DAY) != digest(TWO_NAMES)
