"""Public pages are read from a copy of the database, where there is one; everything else from the one that is written.

Who is signed in, and whoever sends a form, always reads what they have written themselves: a copy is a moment late.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

REPLICA = "replica"

_reading_public_page: ContextVar[bool] = ContextVar("reading_public_page", default=False)


class Replica:
    """Whether the copy is there and answers; the watch looks at it every second."""

    answers = True

    @property
    def alias(self) -> str:
        """Where public pages are read from now."""
        return REPLICA if REPLICA in settings.DATABASES and self.answers else DEFAULT_DB_ALIAS


replica = Replica()


@contextmanager
def one_request() -> Iterator[None]:
    """While a request is answered: from the database itself, until it is found to be for a public page."""
    token = _reading_public_page.set(False)
    try:
        yield
    finally:
        _reading_public_page.reset(token)


def read_public_page() -> None:
    """From here to the end of the request a public page is made, for nobody in particular."""
    _reading_public_page.set(True)


class PublicPagesFromReplica:
    """The router: reads of public pages go to the copy."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return replica.alias if _reading_public_page.get() else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Both hold the same records."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The copy follows by itself."""
        return db == DEFAULT_DB_ALIAS
