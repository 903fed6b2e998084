"""What the home page says first: the big numbers, and what can be seen today."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from events.models import Exhibition
from events.rules import is_stop_on
from portal.core.money import yen_parts
from portal.models import PublishedFigure

PRINTED, COUNTED = "公表値", "記録から算出"


class Part(NamedTuple):
    """Digits and what they count."""

    number: str
    unit: str


class KeyFigure(NamedTuple):
    """A number set large, and the list that makes it. ``exact`` is the whole number where words round or group it."""

    label: str
    url: str
    basis: str
    parts: tuple[Part, ...] = ()
    as_of: date | None = None
    fiscal_year: int | None = None
    exact: int | None = None
    missing: str = "公表値はまだ登録されていません。"


class OnView(NamedTuple):
    """An exhibition that can be seen today, and where and until when: its first place or a stop of its tour."""

    exhibition: Exhibition
    where: str
    first: date | None
    last: date | None


def printed(label: str, figure: PublishedFigure | None, anchor: str) -> KeyFigure:
    """A printed total with the day or the year it is of; ``anchor`` is its table on the page of numbers."""
    url = f"{reverse('statistics')}#{anchor}"
    if figure is None or figure.value is None:
        return KeyFigure(label, url, PRINTED)
    parts = (Part(f"{figure.value:,}", figure.unit),)
    return KeyFigure(label, url, PRINTED, parts, figure.as_of, figure.fiscal_year)


def agreements_in_force(bodies: int, members: int, today: date) -> KeyFigure:
    """The bodies and municipalities of the agreements in force."""
    parts = (Part(f"{bodies:,}", "団体"), Part(f"{members:,}", "自治体")) if bodies else ()
    missing = "いま効力のある協定の記録はありません。"
    return KeyFigure("広域連携協定", reverse("agreement_list"), COUNTED, parts, today, missing=missing)


def support(yen: int, disasters: int, today: date) -> list[KeyFigure]:
    """What was given for reconstruction, in yen, and for how many disasters support was given."""
    url = reverse("disaster_list")
    money = tuple(Part(*part) for part in yen_parts(yen))
    return [
        KeyFigure("復興支援金の合計", url, COUNTED, money, today, exact=yen),
        KeyFigure("支援した災害", url, COUNTED, (Part(f"{disasters:,}", "件"),), today),
    ]


def on_view(exhibitions: Iterable[Exhibition], at: datetime) -> list[OnView]:
    """Where these exhibitions, which can be seen on the day of a moment, are on it. They need their stops."""
    return [_on_view(exhibition, at) for exhibition in exhibitions]


def _on_view(exhibition: Exhibition, at: datetime) -> OnView:
    if exhibition.is_on(at):
        return OnView(exhibition, str(exhibition.venue or ""), exhibition.first_day, exhibition.last_day)
    stops = exhibition.stops.all()
    here = next(stop for stop in stops if is_stop_on(stop.state, stop.first_day, stop.last_day, at))
    where = " ".join(str(place) for place in (here.ward, here.venue) if place)
    return OnView(exhibition, where, here.first_day, here.last_day)
