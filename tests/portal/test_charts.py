"""Numbers as coordinates: per cent across, em down."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import charts
from portal.core.charts import Year, bar_chart, line_chart, stack_chart, step_chart

PARTNERS = [
    Year(2015, [("交流", 574), ("会員", 149)], 660),
    Year(2020, [("交流", 732), ("会員", 269), ("協定", 372)], 1035),
]
AGREEMENTS = [
    (date(2016, 4, 26), 170),
    (date(2016, 6, 25), 210),
    (date(2017, 1, 19), 227),
    (date(2017, 1, 27), 236),
    (date(2018, 2, 21), 263),
    (date(2018, 4, 16), 298),
    (date(2018, 5, 1), 321),
    (date(2019, 10, 26), 372),
]
amounts = st.integers(min_value=0, max_value=10**11)


def test_parts_stand_end_to_end_on_one_scale():
    chart = stack_chart(PARTNERS)

    before, after = chart.stacks
    assert [(part.value, part.x, part.width) for part in after.parts] == [
        (732, 0, 53.31),
        (269, 53.31, 19.59),
        (372, 72.91, 27.09),
    ]
    assert [(part.x, part.width) for part in before.parts] == [(0, 41.81), (41.81, 10.85)]
    assert (after.sum, after.total.width, after.overlap.value) == (1373, 75.38, 338)
    assert (after.overlap.x, after.overlap.width) == (75.38, 24.62)
    assert (before.sum, before.overlap.value, before.adds_up) == (723, 63, False)


def test_a_part_keeps_its_pattern_through_the_years():
    years = [Year(2015, [("会員", 1)], 1), Year(2020, [("交流", 1), ("会員", 1), ("協定", 1), ("企業", 1)], 4)]
    chart = stack_chart(years)

    assert chart.labels == ((1, "会員"), (2, "交流"), (3, "協定"), (1, "企業"))
    assert [part.pattern for part in chart.stacks[1].parts] == [2, 1, 3, 1]


def test_what_adds_up_needs_no_bar_of_its_total():
    chart = stack_chart([Year(2020, [("各区", 739), ("一体", 8)], 747)])

    assert chart.stacks[0].adds_up
    assert chart.stacks[0].overlap is None
    assert chart.height == charts.STACK_HEIGHT


def test_parts_that_fall_short_of_their_total_have_nothing_in_common():
    stack = stack_chart([Year(2020, [("各区", 5)], 9)]).stacks[0]

    assert (stack.adds_up, stack.overlap, stack.total.width) == (False, None, 100)
    assert stack.height == charts.STACK_HEIGHT + charts.TOTAL_HEIGHT


@pytest.mark.parametrize("years", [[], [Year(2020, [("各区", 0)], 0)]])
def test_of_nothing_there_is_no_stack(years):
    assert stack_chart(years) is None


@given(st.lists(st.tuples(st.lists(amounts, min_size=1, max_size=5), amounts), min_size=1, max_size=4))
def test_no_bar_leaves_the_drawing_and_nothing_vanishes(rows):
    chart = stack_chart(
        [
            Year(2000 + at, [(f"区分{n}", value) for n, value in enumerate(parts)], total)
            for at, (parts, total) in enumerate(rows)
        ]
    )
    if chart is None:
        assert not any(total or any(parts) for parts, total in rows)
        return
    for stack in chart.stacks:
        for bar in (*stack.parts, stack.total, *filter(None, [stack.overlap])):
            assert bar.x >= 0
            assert bar.x + bar.width <= 100.02
            assert (bar.width >= charts.LEAST_WIDTH) == bool(bar.value)
    for one, other in pairwise(chart.stacks):
        assert one.y + one.height < other.y
    assert chart.stacks[-1].y + chart.stacks[-1].height == pytest.approx(chart.height, abs=0.01)


def test_the_agreements_rise_step_by_step_and_every_number_has_its_place():
    chart = step_chart(AGREEMENTS, date(2021, 1, 1))

    assert [point.value for point in chart.points] == [170, 210, 227, 236, 263, 298, 321, 372]
    assert [point.side for point in chart.points] == ["before", "before", "below", *["before"] * 5]
    assert chart.points[-1].y == charts.STEPS_TOP
    assert chart.base_y == charts.STEPS_TOP + charts.STEPS_HEIGHT
    assert [tick.year for tick in chart.ticks] == [2016, 2017, 2018, 2019, 2020, 2021]
    assert (chart.ticks[0].x, chart.ticks[-1].x, chart.marked_x) == (0, 100, 100)


def test_the_line_is_unbroken_from_the_ground_to_the_last_day():
    chart = step_chart(AGREEMENTS, date(2021, 1, 1))

    assert (chart.lines[0].x1, chart.lines[0].y1) == (chart.points[0].x, chart.base_y)
    for one, other in pairwise(chart.lines):
        assert (one.x2, one.y2) == (other.x1, other.y1)
    assert chart.lines[-1].x2 == 100


def test_a_number_may_fall():
    rise, fall = step_chart([(date(2016, 4, 1), 10), (date(2017, 4, 1), 5)], date(2018, 1, 1)).points

    assert rise.y < fall.y


@pytest.mark.parametrize(
    ("marked", "at"),
    [(date(2015, 12, 31), None), (date(2016, 1, 1), 0), (date(2017, 11, 29), 50.07), (date(2019, 10, 26), 100)],
)
def test_a_day_before_the_last_change_is_marked_where_it_lies(marked, at):
    chart = step_chart(AGREEMENTS, marked)

    assert chart.marked_x == at
    assert chart.points[-1].x == 100


def test_many_years_are_not_all_named():
    years = [tick.year for tick in step_chart(AGREEMENTS, date(2040, 1, 1)).ticks]

    assert years == [2016, 2021, 2026, 2031, 2036]


def test_where_numbers_crowd_some_are_not_written():
    days = [(date(2016, 1, 1) + timedelta(days=day), 100 + day) for day in range(4)]

    assert [point.side for point in step_chart(days, date(2016, 2, 1)).points] == ["before", "below", "", ""]


@pytest.mark.parametrize("changes", [[], [(date(2016, 1, 1), 0)]])
def test_of_nothing_there_is_no_line(changes):
    assert step_chart(changes, date(2020, 1, 1)) is None


def test_bars_stand_below_one_another_under_their_names():
    first, second = bar_chart([("令和元年房総半島台風及び東日本台風", 113_000_000), ("熊本地震", 55_000_000)]).bars

    assert (first.width, second.width) == (60, 29.2)
    assert [text for text, _ in first.lines] == ["令和元年房総半島台風及び東日本台風"]
    assert first.y + charts.BAR_HEIGHT < second.lines[0][1] - 1
    assert first.y < first.words_y < first.y + charts.BAR_HEIGHT


def test_a_long_name_is_written_in_lines():
    bar = bar_chart([("あ" * 40, 1)]).bars[0]

    assert [len(text) for text, _ in bar.lines] == [18, 18, 4]
    assert bar.lines[0][1] < bar.lines[1][1] < bar.lines[2][1] < bar.y


def test_a_small_amount_is_seen_and_none_is_not():
    _, small, none = bar_chart([("甲", 10**9), ("乙", 1), ("丙", 0)]).bars

    assert (small.width, none.width) == (charts.LEAST_WIDTH, 0)


@pytest.mark.parametrize("rows", [[], [("甲", 0)]])
def test_of_nothing_there_are_no_bars(rows):
    assert bar_chart(rows) is None


ENDS = [date(year, 3, 31) for year in range(2015, 2019)]


def test_numbers_are_joined_on_one_scale_from_the_first_of_each():
    chart = line_chart(ENDS, [("交流", [1, 2, 3, 4]), ("協定", [None, None, 0, 8]), ("企業", [None] * 4)])

    assert [(curve.label, curve.pattern, curve.last) for curve in chart.curves] == [("交流", 1, 4), ("協定", 2, 8)]
    assert chart.curves[0].points == "0.0,87.5 33.39,75.0 66.7,62.5 100.0,50.0"
    assert chart.curves[1].points == "66.7,100.0 100.0,0.0"
    assert (chart.curves[0].last_y, chart.curves[1].last_y) == (11, charts.STEPS_TOP)
    assert [tick.year for tick in chart.ticks] == [2015, 2016, 2017, 2018]
    assert chart.highest == 8


def test_many_days_are_not_all_named():
    ends = [date(year, 3, 31) for year in range(1960, 2021)]

    assert [tick.year for tick in line_chart(ends, [("交流", [1] * 61)]).ticks] == [1960, 1971, 1982, 1993, 2004, 2015]


@pytest.mark.parametrize(("days", "values"), [([], []), (ENDS[:1], [5]), (ENDS[:2], [0, 0]), (ENDS[:2], [None, None])])
def test_of_one_day_or_of_nothing_there_are_no_lines(days, values):
    assert line_chart(days, [("交流", values)]) is None
