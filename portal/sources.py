"""Where the records of a page come from."""

from collections.abc import Iterable

from portal.core.models import Sourced, SourceNote


def notes_of(records: Iterable[Sourced]) -> list[SourceNote]:
    """The notes of all these records in the order of the paper. The records need their notes prefetched.

    Of two notes on one line with one reason, the one that quotes more of the paper stands for both.
    """
    found: dict[tuple[str, int, str, str], SourceNote] = {}
    for note in (note for record in records for note in record.source_notes.all()):
        place = (note.source, note.line or 0, note.reason, "" if note.line else note.as_printed)
        if place not in found or len(found[place].as_printed) < len(note.as_printed):
            found[place] = note
    return [found[place] for place in sorted(found)]
