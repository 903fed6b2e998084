"""The two kinds of database, as a backup sees them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from django.db import connection

from portal.operations.backups.inventory import Inventory
from portal.operations.backups.postgresql import PostgreSQL
from portal.operations.backups.sqlite import SQLite

Take = Callable[[bytes], object]


class Database(Protocol):
    """What is asked of a database."""

    engine: str

    def dump(self, take: Take) -> Inventory:
        """Hands out everything at one moment, piece by piece, while others go on writing; what there was."""

    def loading(self, expected: Inventory, *, replace: bool) -> AbstractContextManager[Take]:
        """Takes the pieces of a dump; at the end of the block they take effect together, or not at all."""

    def inventory(self) -> Inventory:
        """What there is now."""

    def is_empty(self) -> bool:
        """Whether there is nothing, not even a table."""


def database() -> Database:
    """The portal's own."""
    return PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)
