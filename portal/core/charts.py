"""Numbers turned into coordinates, which templates draw as SVG. Pure functions, no database.

Across, coordinates are per cent of the drawing's width, and down they are em: so a chart fits every screen while its
words keep the size the reader has chosen, and it grows with them.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

# What is there must be seen, however small it is beside the rest (per cent).
LEAST_WIDTH = 0.5
# Kinds of parts that differ in colour and pattern; more than these begin anew.
PATTERNS = 3


class Segment(NamedTuple):
    """A stretch of a bar. ``pattern`` is 1 to PATTERNS."""

    label: str
    value: int
    x: float
    width: float
    pattern: int = 1


class Stack(NamedTuple):
    """The parts of one year end to end; below, where the parts do not add up to it, the total that was stated.

    ``overlap`` is by how much the parts exceed the total, which counts once what is in several of them.

    ``y`` is the top; within a stack, bars and words stand at the fixed distances of the template.
    """

    year: int
    parts: tuple[Segment, ...]
    total: Segment
    overlap: Segment | None
    y: float

    @property
    def sum(self) -> int:
        return sum(part.value for part in self.parts)

    @property
    def adds_up(self) -> bool:
        return self.sum == self.total.value

    @property
    def height(self) -> float:
        return STACK_HEIGHT + (0 if self.adds_up else TOTAL_HEIGHT)


# In em, as the template fills them: the words of a year, its bar and the sum below; the total's bar and words; a gap.
STACK_HEIGHT, TOTAL_HEIGHT, STACK_GAP = 5.6, 4.0, 1.8


class StackChart(NamedTuple):
    """Years below one another, on one scale."""

    labels: tuple[tuple[int, str], ...]
    stacks: tuple[Stack, ...]
    height: float


class Year(NamedTuple):
    """What a stack is made of: the parts with their labels, and the total that was stated."""

    year: int
    parts: Sequence[tuple[str, int]]
    total: int


def stack_chart(years: Sequence[Year]) -> StackChart | None:
    """Bars of parts beside their totals; None where there is nothing to draw.

    A part keeps its pattern through the years, by its label.
    """
    longest = max((max(year.total, sum(value for _, value in year.parts)) for year in years), default=0)
    if not longest:
        return None
    labels = list(dict.fromkeys(label for year in years for label, _ in year.parts))
    patterns = {label: position % PATTERNS + 1 for position, label in enumerate(labels)}
    stacks: list[Stack] = []
    y = 0.0
    for year in years:
        stacks.append(_stack(year, longest, patterns, y))
        y = round(y + stacks[-1].height + STACK_GAP, 2)
    return StackChart(tuple((patterns[label], label) for label in labels), tuple(stacks), round(y - STACK_GAP, 2))


def _stack(year: Year, longest: int, patterns: dict[str, int], y: float) -> Stack:
    parts, begun = [], 0
    for label, value in year.parts:
        parts.append(Segment(label, value, *_stretch(begun, value, longest), patterns[label]))
        begun += value
    total = Segment("合計", year.total, *_stretch(0, year.total, longest))
    twice = begun - year.total
    overlap = Segment("重なり", twice, *_stretch(year.total, twice, longest)) if twice > 0 else None
    return Stack(year.year, tuple(parts), total, overlap, y)


def _stretch(begun: int, value: int, longest: int) -> tuple[float, float]:
    """Where a value begins and how wide it is; what there is none of has no width."""
    width = max(100 * value / longest, LEAST_WIDTH) if value else 0.0
    return round(min(100 * begun / longest, 100 - width), 2), round(width, 2)


# Of the step chart, in em: the room above the highest step, that of the steps, that of the years below them,
# and how far apart two words must be.
STEPS_TOP, STEPS_HEIGHT, STEPS_FOOT, WORDS_APART = 1.0, 20.0, 2.0, 1.15
MOST_TICKS = 6


class Point(NamedTuple):
    """A day on which the number became another; ``side`` is where it is written, empty where there is no room."""

    day: date
    value: int
    x: float
    y: float
    side: str


class Line(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float


class Tick(NamedTuple):
    year: int
    x: float


class StepChart(NamedTuple):
    """A number that holds until it changes."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    marked_x: float | None
    base_y: float
    words_y: float
    height: float


def step_chart(changes: Sequence[tuple[date, int]], marked: date) -> StepChart | None:
    """The line of a number from its first change to a marked day, or to its last change where that is later.

    ``changes`` are days, in order, with the number from that day on. None where there are none.
    """
    if not changes or not any(value for _, value in changes):
        return None
    start = date(changes[0][0].year, 1, 1)
    end = max(marked, changes[-1][0], date(changes[0][0].year, 12, 31))
    highest = max(value for _, value in changes)

    def across(day: date) -> float:
        return round(100 * (day - start).days / (end - start).days, 2)

    def down(value: int) -> float:
        return round(STEPS_TOP + STEPS_HEIGHT * (1 - value / highest), 2)

    places = [(day, value, across(day), down(value)) for day, value in changes]
    points = tuple(Point(*place, side) for place, side in zip(places, _sides([y for *_, y in places]), strict=True))
    base = down(0)
    return StepChart(
        points,
        _step_lines(points, base),
        _ticks(start.year, end.year, across),
        across(marked) if marked >= start else None,
        base,
        base + 1.4,
        base + STEPS_FOOT,
    )


def _sides(heights: Sequence[float]) -> list[str]:
    """Where each number is written: before its step, else below what follows it, else nowhere."""
    sides, written = [], {"before": float("inf"), "below": float("inf")}
    for y in heights:
        free = [side for side, last in written.items() if abs(last - y) >= WORDS_APART]
        sides.append(free[0] if free else "")
        if free:
            written[free[0]] = y
    return sides


def _step_lines(points: Sequence[Point], base: float) -> tuple[Line, ...]:
    lines, level = [], base
    for point, x in zip(points, [*(point.x for point in points[1:]), 100.0], strict=True):
        lines += [Line(point.x, level, point.x, point.y), Line(point.x, point.y, x, point.y)]
        level = point.y
    return tuple(lines)


def _ticks(first: int, last: int, across: Callable[[date], float]) -> tuple[Tick, ...]:
    every = -(-(last - first + 1) // MOST_TICKS)
    return tuple(Tick(year, across(date(year, 1, 1))) for year in range(first, last + 1, every))


class Curve(NamedTuple):
    """A number over the days. ``points`` are in a square of 100 by 100, in pairs as SVG writes them; ``last`` its end.

    ``pattern`` is the curve's place in the chart, from 1.
    """

    label: str
    pattern: int
    points: str
    last: int
    last_y: float


class LineChart(NamedTuple):
    """Numbers known on some days, joined by lines."""

    curves: tuple[Curve, ...]
    ticks: tuple[Tick, ...]
    highest: int
    top_y: float
    base_y: float
    words_y: float
    height: float


def line_chart(days: Sequence[date], rows: Sequence[tuple[str, Sequence[int | None]]]) -> LineChart | None:
    """Lines on one scale, each from its first number on; None where there are not two days, or nothing to draw.

    ``rows`` are labels with a number for each day, in order; None before something existed.
    """
    highest = max((value for _, values in rows for value in values if value), default=0)
    if len(days) < 2 or not highest:
        return None

    def across(day: date) -> float:
        return round(100 * (day - days[0]).days / (days[-1] - days[0]).days, 2)

    curves = [
        _curve(label, pattern, [(across(day), value) for day, value in zip(days, values, strict=True)], highest)
        for pattern, (label, values) in enumerate(rows, start=1)
    ]
    base = STEPS_TOP + STEPS_HEIGHT
    every = -(-len(days) // MOST_TICKS)
    ticks = tuple(Tick(day.year, across(day)) for day in days[::every])
    return LineChart(tuple(filter(None, curves)), ticks, highest, STEPS_TOP, base, base + 1.4, base + STEPS_FOOT)


def _curve(label: str, pattern: int, places: Sequence[tuple[float, int | None]], highest: int) -> Curve | None:
    known = [(x, value) for x, value in places if value is not None]
    if not known:
        return None
    points = " ".join(f"{x},{round(100 * (1 - value / highest), 2)}" for x, value in known)
    last = known[-1][1]
    return Curve(label, pattern, points, last, round(STEPS_TOP + STEPS_HEIGHT * (1 - last / highest), 2))


# Of the bar chart: characters that fit in a line of the narrowest screen, the greatest width of a bar (per cent; its
# amount is written behind it), and in em a line of words, a bar and the gap below it.
LABEL_CHARACTERS, WIDEST_BAR, LABEL_LINE, BAR_HEIGHT, BAR_GAP = 18, 60.0, 1.4, 1.4, 1.5


class Bar(NamedTuple):
    """A value as a bar, below its label in lines (each with where it is written)."""

    value: int
    lines: tuple[tuple[str, float], ...]
    y: float
    width: float

    @property
    def words_y(self) -> float:
        return round(self.y + 1.05, 2)


class BarChart(NamedTuple):
    bars: tuple[Bar, ...]
    height: float


def bar_chart(rows: Sequence[tuple[str, int]]) -> BarChart | None:
    """Values as bars below one another, in the order given; None where there is nothing to draw."""
    longest = max((value for _, value in rows), default=0)
    if not longest:
        return None
    bars: list[Bar] = []
    y = 0.0
    for label, value in rows:
        texts = [label[at : at + LABEL_CHARACTERS] for at in range(0, len(label), LABEL_CHARACTERS)]
        lines = tuple((text, round(y + LABEL_LINE * line - 0.3, 2)) for line, text in enumerate(texts, start=1))
        top = round(y + LABEL_LINE * len(texts) + 0.2, 2)
        width = max(WIDEST_BAR * value / longest, LEAST_WIDTH) if value else 0.0
        bars.append(Bar(value, lines, top, round(width, 2)))
        y = round(top + BAR_HEIGHT + BAR_GAP, 2)
    return BarChart(tuple(bars), round(y - BAR_GAP, 2))
