"""Printed totals against the rows they are made of, and headings that stand over several items."""

import pytest

from portal.checks import check_plan_item, check_total
from portal.models import PlanItem, PublishedFigure


def messages(table, total, *values, is_total=True):
    figure = PublishedFigure(table=table, value=total, is_total=is_total)
    found = list(check_total(figure, [PublishedFigure(table=table, value=value) for value in values]))
    assert {(doubt.code, doubt.field) for doubt in found} <= {("sum", "value")}
    return [doubt.message for doubt in found]


@pytest.mark.parametrize(
    ("table", "total", "values"),
    [
        ("projects", 553, (552, 1)),
        ("projects", 747, (739, 8)),
        ("agreements", 372, (144, 26, 40, 17, 9, 27, 23, 12, 23, 37, 14)),
        ("partners", 660, (574, 149, None)),
        ("partners", 1035, (732, 269, 372)),
        ("partners", 732, (732, 269, 372)),
        ("partners", 1373, (732, 269, 372)),
        ("projects", 552, (552, None)),
        ("projects", 5, ()),
        ("projects", None, (1, 2)),
    ],
)
def test_totals_that_agree_with_their_rows(table, total, values):
    assert messages(table, total, *values) == []


@pytest.mark.parametrize(
    ("table", "total", "values", "message"),
    [
        ("projects", 748, (739, 8), "合計は748ですが、内訳を足すと747です。"),
        ("agreements", 371, (360, 12), "合計は371ですが、内訳を足すと372です。"),
        ("partners", 1374, (732, 269, 372), "合計は1,374ですが、内訳の和集合は732から1,373までの数です。"),
        ("partners", 731, (732, 269, None), "合計は731ですが、内訳の和集合は732から1,001までの数です。"),
    ],
)
def test_totals_that_cannot_be_right(table, total, values, message):
    assert messages(table, total, *values) == [message]


def test_a_row_that_is_no_total_is_not_summed():
    assert messages("projects", 9, 1, 2, is_total=False) == []


@pytest.mark.parametrize(("first", "found"), [({7}, [("misprint", "heading")]), ({6}, [])])
def test_a_heading_is_told_of_once(first, found):
    item = PlanItem(pk=7, heading="２３一体事業の展開", title="展示")

    assert [(doubt.code, doubt.field) for doubt in check_plan_item(item, first)] == found
