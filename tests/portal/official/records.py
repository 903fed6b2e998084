"""The loaded records, as the tests speak of them."""

from portal.core.models import SourceNote


def note_of(key):
    """Where the record of this name comes from."""
    return SourceNote.objects.get(key=key)


def named(key):
    """A record by its name in the official data."""
    return note_of(key).record
