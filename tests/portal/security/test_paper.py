"""The table of the requirements names each of them once, and what it leads to is there."""

import re
from collections import Counter

import pytest

from tests.test_architecture import ROOT
from tests.test_repository import read

PAPER = read("docs/security.md")
ROWS = re.findall(r"^\| ((?:\d+\.\d+\.\d+ ?)+)\| (\S+) \| (.+) \|$", PAPER, re.MULTILINE)
# How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has.
REQUIREMENTS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}


def numbers():
    return [number for row, _, _ in ROWS for number in row.split()]


def test_every_requirement_is_answered_once():
    assert [number for number, times in Counter(numbers()).items() if times > 1] == []
    assert Counter(int(number.split(".")[0]) for number in numbers()) == REQUIREMENTS


def test_every_answer_is_one_of_four():
    assert {answer for _, answer, _ in ROWS} == {"満たす", "一部", "満たさない", "当たらない"}


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:portal|tests|docs)/[\w./-]+)`", PAPER))))
def test_what_it_leads_to_is_there(path):
    assert (ROOT / path).exists()
