"""The tile map: which tint a number has, what the legend says, and where every prefecture stands."""

import csv
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.management.commands.load_reference import Command
from portal import tile_map
from tests.test_architecture import ROOT

MARK = ROOT / "templates/components/tile_map_mark.html"
CSS = ROOT / "static/css/components/tile-map.css"


def places():
    """Column and row of every prefecture."""
    with (Command.default_directory / "prefectures.csv").open(encoding="utf-8") as file:
        return {(int(row["tile_col"]), int(row["tile_row"])) for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("count", "step"),
    [(0, 0), (1, 1), (9, 1), (10, 2), (29, 2), (30, 3), (49, 3), (50, 4), (179, 4)],
)
def test_a_number_has_its_tint(count, step):
    assert tile_map.step_of(count) == step


def test_there_is_no_number_below_zero():
    with pytest.raises(ValueError, match="0以上"):
        tile_map.step_of(-1)


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_more_is_never_paler(one, other):
    less, more = sorted((one, other))

    assert tile_map.step_of(less) <= tile_map.step_of(more)


def test_the_legend_says_every_tint_in_words():
    assert tile_map.legend() == [(0, "0"), (1, "1～9"), (2, "10～29"), (3, "30～49"), (4, "50以上")]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("北海道", ("北海道", "")),
        ("青森県", ("青森", "県")),
        ("東京都", ("東京", "都")),
        ("京都府", ("京都", "府")),
        ("神奈川県", ("神奈川", "県")),
    ],
)
def test_a_name_is_short_where_it_can_be(name, parts):
    assert tile_map.short_name(name) == parts


def test_a_tile_carries_its_prefecture_and_number():
    row = SimpleNamespace(name="千葉県", linked_count=54)

    assert tile_map.tiles([row]) == [(row, "千葉", "県", 54, 4, "")]


def test_other_numbers_have_tints_and_a_legend_of_their_own():
    least, tenth = (0, Decimal("0.1"), 25, 50, 75), Decimal("0.1")

    assert [tile_map.step_of(Decimal(text), least) for text in ("0", "0.1", "24.9", "25.0", "74.9", "75.0")] == [
        *(0, 1, 1, 2, 3, 4)
    ]
    assert tile_map.legend(least, tenth) == [
        *((0, "0"), (1, "0.1～24.9"), (2, "25～49.9"), (3, "50～74.9"), (4, "75以上"))
    ]


def test_the_small_map_has_a_square_for_every_prefecture():
    drawn = re.findall(r"M(\d+) (\d+)h1v1h-1z", MARK.read_text(encoding="utf-8"))

    assert len(drawn) == 47
    assert {(int(column), int(row)) for column, row in drawn} == places()


def test_the_style_sheet_has_a_place_for_every_column_and_row():
    rules = re.findall(
        r'\[data-(column|row)="(\d+)"\]\s*{\s*grid-(column|row): (\d+);', CSS.read_text(encoding="utf-8")
    )
    known = {(kind, int(at)) for kind, at, axis, line in rules if kind == axis and int(line) == int(at) + 1}

    assert known == {("column", at) for at in range(14)} | {("row", at) for at in range(12)}
    assert {column for column, _ in places()} == set(range(14))
    assert {row for _, row in places()} == set(range(12))
