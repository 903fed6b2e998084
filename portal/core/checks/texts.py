"""What the texts of any record give away: weekdays that do not fit, slips of the pen."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache

from django.db.models import CharField, Model, TextField

from portal.core.checks.doubt import Doubt
from portal.core.checks.misprints import misprints
from portal.core.checks.weekdays import wrong_weekdays
from portal.core.models import SourceNote
from portal.core.rich_text import RichTextField, plain_text

# The paper's own words stand in the notes of a record, not in a column.
NOTES = "source_notes"


def doubts_in(field: str, text: str, near: date | None = None, *, month_is_known: bool = True) -> Iterator[Doubt]:
    """What is doubtful about one text; ``near`` as for ``wrong_weekdays``."""
    if not text:
        return
    for sentence in wrong_weekdays(text, near=near, month_is_known=month_is_known):
        yield Doubt("weekday", field, sentence)
    for sentence in misprints(text):
        yield Doubt("misprint", field, sentence)


def doubts_in_texts(
    record: Model,
    notes: Iterable[SourceNote],
    near: date | None = None,
    *,
    month_is_known: bool = True,
    leave_out: Collection[str] = (),
) -> Iterator[Doubt]:
    """What is doubtful in the texts of a record and in what its notes quote from the paper."""
    texts = [(field, _plain(record, field)) for field in text_fields(type(record)) if field not in leave_out]
    for field, text in [*texts, *((NOTES, note.as_printed) for note in notes)]:
        yield from doubts_in(field, text, near, month_is_known=month_is_known)


def _plain(record: Model, field: str) -> str:
    text: str = getattr(record, field)
    return plain_text(text) if isinstance(record._meta.get_field(field), RichTextField) else text


@cache
def text_fields(model: type[Model]) -> tuple[str, ...]:
    """The columns in which people write: no keys, addresses, words of a vocabulary."""
    # Subclasses of these hold addresses and keys.
    kinds = (CharField, TextField, RichTextField)
    fields = (field for field in model._meta.concrete_fields if type(field) in kinds)
    return tuple(field.name for field in fields if not field.choices and not field.primary_key)
