"""Dump and load of SQLite, through its online backup: others may write meanwhile."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from portal.operations.backups.inventory import Inventory
from portal.operations.backups.refusal import Refused

_PIECE = 8 << 20


class SQLite:
    """The database behind one of Django's connections."""

    engine = "sqlite"

    def __init__(self, connection: Any):
        self._django = connection

    @property
    def _live(self) -> sqlite3.Connection:
        self._django.ensure_connection()
        return self._django.connection

    def dump(self, take: Callable[[bytes], object]) -> Inventory:
        with _beside_the_data() as path:
            found = self._copy(path)
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    take(piece)
        return found

    def _copy(self, path: Path) -> Inventory:
        with closing(sqlite3.connect(path)) as copy:
            self._live.backup(copy)
            # All in one file, without the journal of a database that several write to.
            copy.execute("PRAGMA journal_mode=DELETE")
            return _inventory(copy)

    @contextmanager
    def loading(self, expected: Inventory, *, replace: bool) -> Iterator[Callable[[bytes], object]]:
        with _beside_the_data() as path:
            with path.open("wb") as file:
                yield file.write
            with closing(sqlite3.connect(path)) as copy:
                if _read(copy) != expected:
                    raise Refused("バックアップのデータベースが、目録と合いません。何も変えていません。")
                copy.backup(self._live)

    def inventory(self) -> Inventory:
        # Of a copy: Django's own connection makes other values of what is stored.
        with _beside_the_data() as path:
            return self._copy(path)

    def is_empty(self) -> bool:
        return self._live.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


@contextmanager
def _beside_the_data() -> Iterator[Path]:
    """Where a copy may lie for a while: where the database lies too, and not in the memory of a small machine."""
    with TemporaryDirectory(prefix=".copy-", dir=settings.DATA_DIR) as folder:
        yield Path(folder) / "database"


def _read(copy: sqlite3.Connection) -> Inventory:
    try:
        return _inventory(copy)
    except sqlite3.DatabaseError as error:
        raise Refused("バックアップの中のデータベースを読めません。何も変えていません。") from error


def _inventory(connection: sqlite3.Connection) -> Inventory:
    def asked(query: str) -> list[Any]:
        return connection.cursor().execute(query).fetchall()

    named = asked("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master WHERE type <> 'table' OR sql <> ''")
    # What a virtual table shows is kept in shadow tables.
    tables = asked(
        "SELECT name, wr FROM pragma_table_list"
        " WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite%'"
    )
    counts = asked("SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'")
    numbers = asked("SELECT name, CAST(seq AS text) FROM sqlite_sequence") if counts else []
    return {
        "schema": dict(named),
        "rows": {name: _rows(connection, name, bool(without_rowid)) for name, without_rowid in tables},
        "sequences": dict(numbers),
    }


def _rows(connection: sqlite3.Connection, table: str, without_rowid: bool) -> str:
    """How many rows a table has, and a digest of them all."""
    quoted = '"' + table.replace('"', '""') + '"'
    columns = connection.cursor().execute("SELECT name FROM pragma_table_info(?)", [table]).fetchall()
    order = ", ".join(str(number) for number in range(1, len(columns) + 1)) if without_rowid else "rowid"
    digest, count = sha256(), 0
    for row in connection.cursor().execute(f"SELECT * FROM {quoted} ORDER BY {order}"):  # noqa: S608
        digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        count += 1
    return f"{count} {digest.hexdigest()}"
