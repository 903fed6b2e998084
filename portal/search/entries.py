"""A record as an entry of the index."""

from collections.abc import Iterator
from typing import Any

from portal.search.models import SearchEntry
from portal.search.paths import days, texts, values
from portal.search.sources import Source, kind_of
from portal.search.words import (
    calendar_year_token,
    fiscal_year_token,
    runs,
    tokens,
    tokens_of_days,
    years_in,
)

# Letters of a record that are searched. What lies behind them is on its page, and not found.
LONGEST_TEXT = 12_000
_LONGEST_NOTE = 200


def entry_of(source: Source, record: Any) -> SearchEntry | None:
    """The entry of a record with all it tells of; None for what the public may not see, now or later."""
    window = source.window(record)
    if window is None:
        return None
    title = source.title_of(record)
    names = [title, *texts(record, source.names)]
    text = _cut("　".join(texts(record, source.texts)))
    dated = days(record, (source.day,)) if source.day else []
    return SearchEntry(
        record=source.record_of(record.pk),
        kind=kind_of(source, record),
        url=source.url_of(record),
        title=title,
        note=" ".join(texts(record, source.note))[:_LONGEST_NOTE],
        text=text,
        name_key="\n".join("".join(runs(name)) for name in names),
        name_terms=" ".join(_tokens_of(names)),
        terms=" ".join([*_tokens_of(names), *tokens(text), *_hidden(source, record, f"{title}\n{text}")]),
        day=dated[0] if dated else None,
        public_from=window[0],
        public_until=window[1],
        is_demo=getattr(record, "is_demo", False),
    )


def _cut(text: str) -> str:
    """One line, no longer than what is searched."""
    return " ".join(text.split())[:LONGEST_TEXT]


def _tokens_of(names: list[str]) -> Iterator[str]:
    for name in names:
        yield from tokens(name)


def _hidden(source: Source, record: Any, told: str) -> Iterator[str]:
    """What finds a record without standing in it: readings of places, its days and years in every way of writing."""
    yield from _tokens_of(texts(record, source.hidden))
    found = sorted(set(days(record, source.days)))
    yield from tokens_of_days(found)
    years = {year for path in source.years for year in values(record, path)}
    for year in sorted(years):
        yield fiscal_year_token(year)
        # The fiscal year of what has no day is all that is known of when it was.
        if not found:
            yield calendar_year_token(year)
    yield from sorted(years_in(told))
