"""Every rule by which a saved event or exhibition is looked through. Pure functions: what is around is handed in."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils import timezone

from events.checks.titles import contradiction, head_and_body, nearly_equal, prefectures_named
from events.choices import Status
from events.models import Event, Exhibition
from events.rules import NOT_TAKING_PLACE
from municipalities.models import Prefecture
from portal.core.checks.doubt import Doubt
from portal.core.checks.weekdays import wrong_weekdays
from portal.core.wareki import era_fiscal_year, fiscal_year_of, long_date

EVENT_TEXTS = (
    *("title", "short_title", "theme", "date_note", "meeting_place", "summary", "programme", "audience"),
    *("fee", "fee_detail", "application", "status_reason", "remarks", "results"),
)
EXHIBITION_TEXTS = ("title", "subtitle", "date_note", "summary", "tour_note", "status_reason")
_MIDDLE_OF_FISCAL_YEAR = (10, 1)
_PRICE = re.compile(r"(?<!\d)[1-9][\d,]*\s*円")


class Surroundings(NamedTuple):
    """What is known around an event or exhibition.

    ``linked``: codes of the prefectures it has to do with; ``prefectures``: all there are; ``alike``: other events of
    the same day and owner or venue.
    """

    linked: Collection[str] = ()
    prefectures: Collection[Prefecture] = ()
    alike: Collection[Event] = ()
    has_parts: bool = False


def check_event(event: Event, around: Surroundings, at: datetime | None = None) -> list[Doubt]:
    """What is doubtful about an event at a moment, in the order of the form."""
    return [finding for rule in EVENT_RULES for finding in rule(event, around, at)]


def check_exhibition(exhibition: Exhibition, around: Surroundings, at: datetime | None = None) -> list[Doubt]:
    """What is doubtful about an exhibition at a moment; ``alike`` is not asked for."""
    return [finding for rule in EXHIBITION_RULES for finding in rule(exhibition, around, at)]


def _duplicate(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    for other in around.alike:
        if nearly_equal(event.title, other.title) and _may_begin_together(event.start_time, other.start_time):
            message = f"同じ日の「{other.title}」（番号{other.pk}）とよく似ています。二重の登録ではありませんか。"
            yield Doubt("duplicate", "title", message)


def _may_begin_together(start: time | None, other: time | None) -> bool:
    return start is None or other is None or start == other


def _other_prefecture(item: Event | Exhibition, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    for field in ("title", "subtitle"):
        for prefecture, word in prefectures_named(getattr(item, field, ""), around.prefectures):
            if prefecture.code not in around.linked:
                message = f"「{word}」とありますが、{prefecture.name}は関係する都道府県に入っていません。"
                yield Doubt("prefecture", field, message)


def _title_against_body(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    head, body = head_and_body(event.title)
    return _contradiction("title", head, f"{body} {event.theme}", around)


def _title_against_subtitle(exhibition: Exhibition, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    head, body = head_and_body(exhibition.title)
    return _contradiction("subtitle", f"{head} {exhibition.exhibitor}", f"{body} {exhibition.subtitle}", around)


def _contradiction(field: str, head: str, body: str, around: Surroundings) -> Iterator[Doubt]:
    if words := contradiction(head, body, around.prefectures):
        message = f"題名には「{words[0]}」、その内容には「{words[1]}」とあります。どちらかが誤りではありませんか。"
        yield Doubt("contradiction", field, message)


def _missing_reading(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    if not event.title_kana:
        yield Doubt("missing_reading", "title_kana", "読みがありません。五十音順の一覧や読み上げに使います。")


def _fiscal_year(item: Event | Exhibition, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    if item.first_day and item.fiscal_year != fiscal_year_of(item.first_day):
        right = era_fiscal_year(fiscal_year_of(item.first_day))
        yield Doubt("fiscal_year", "fiscal_year", f"初日（{long_date(item.first_day)}）は{right}です。")


def _order_of_days(item: Event | Exhibition, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    if item.first_day and item.last_day and item.last_day < item.first_day:
        yield Doubt("end_before_start", "last_day", "最終日が初日より前です。")


def _order_of_times(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    on_one_day = event.first_day is not None and event.first_day == event.last_day
    if on_one_day and event.start_time and event.end_time and event.end_time <= event.start_time:
        yield Doubt("end_before_start", "end_time", "終了時刻が開始時刻より後ではありません。")


def _still_planned(item: Event | Exhibition, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    if item.status == Status.PLANNED and item.has_ended(at):
        message = "日程は終わっていますが、「予定」のままです。「開催」などに改めてください。"
        yield Doubt("still_planned", "status", message)


def _told_too_early(item: Event | Exhibition, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    if item.first_day is None or item.first_day <= timezone.localdate(at):
        return
    if item.status == Status.HELD:
        yield Doubt("told_too_early", "status", "初日がまだ来ていませんが、「開催」になっています。")
    if isinstance(item, Event) and item.is_reported:
        yield Doubt("told_too_early", "results", "初日がまだ来ていませんが、開催報告があります。")


def _missing_place(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    is_somewhere = event.venue_id or event.is_also_online or event.meeting_place or around.has_parts
    if not is_somewhere and event.status not in NOT_TAKING_PLACE:
        yield Doubt("missing_place", "venue", "会場も集合場所もなく、オンラインでもありません。")


def _fee(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    text = unicodedata.normalize("NFKC", f"{event.fee} {event.fee_detail}")
    says_free, has_price = "無料" in text, _PRICE.search(text) is not None
    message = ""
    if event.is_free and has_price and not says_free:
        message = "料金に金額がありますが、「参加無料」が「はい」になっています。"
    elif event.is_free is False and says_free and not has_price and "有料" not in text:
        message = "料金は無料とありますが、「参加無料」が「いいえ」になっています。"
    elif event.is_free is None and says_free != has_price:
        message = "料金は書かれていますが、「参加無料」が「不明」のままです。"
    if message:
        yield Doubt("fee", "is_free", message)


def _deadline(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    last, end, until = event.last_day, event.end_time, event.application_deadline
    if last is None or until is None:
        return
    closes_later = until == last and end and event.application_deadline_time and event.application_deadline_time > end
    if until > last or closes_later:
        yield Doubt("deadline", "application_deadline", "申込期限がイベントの終わりより後です。")


def _weekdays(item: Event | Exhibition, fields: Iterable[str]) -> Iterator[Doubt]:
    near = item.first_day or date(item.fiscal_year, *_MIDDLE_OF_FISCAL_YEAR)
    for field in fields:
        for sentence in wrong_weekdays(getattr(item, field), near=near, month_is_known=item.first_day is not None):
            yield Doubt("weekday", field, sentence)


def _event_weekdays(event: Event, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    return _weekdays(event, EVENT_TEXTS)


def _exhibition_weekdays(exhibition: Exhibition, around: Surroundings, at: datetime | None) -> Iterator[Doubt]:
    return _weekdays(exhibition, EXHIBITION_TEXTS)


Rule = Callable[[Any, Surroundings, datetime | None], Iterator[Doubt]]
EVENT_RULES: tuple[Rule, ...] = (
    *(_duplicate, _other_prefecture, _title_against_body, _missing_reading, _fiscal_year, _order_of_days),
    *(_order_of_times, _still_planned, _told_too_early, _missing_place, _fee, _deadline, _event_weekdays),
)
EXHIBITION_RULES: tuple[Rule, ...] = (
    *(_other_prefecture, _title_against_subtitle, _fiscal_year, _order_of_days, _still_planned, _told_too_early),
    _exhibition_weekdays,
)
