"""Dump and load of PostgreSQL, by its own pg_dump, pg_restore and psql."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any

import psycopg
from psycopg import IsolationLevel, sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from portal.operations.backups.inventory import Inventory
from portal.operations.backups.refusal import Refused

_PIECE = 8 << 20
# A backup takes as long as it takes, but waits for nobody's lock for long. The rest has rows written alike everywhere.
_OPTIONS = (
    "-c statement_timeout=0 -c lock_timeout=30s -c idle_in_transaction_session_timeout=0"
    " -c datestyle=ISO -c timezone=UTC -c intervalstyle=postgres -c extra_float_digits=1 -c bytea_output=hex"
)
# What every question may ask of: the schemas that are not the server's, and what stands in them and in no extension.
_OURS = """
    WITH schema AS (
        SELECT oid, nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    ), relation AS (
        SELECT c.oid, c.relkind AS kind, s.name AS schema, c.relname AS name,
               format('%I.%I', s.name, c.relname) AS quoted
        FROM pg_class c JOIN schema s ON s.oid = c.relnamespace
        WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    )
"""
# What there is, by kind: its name, and what defines it.
_DEFINITIONS = {
    "columns": """
        SELECT r.quoted || format('.%I', a.attname), concat_ws(' ',
               format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
               nullif(a.attidentity, ''), nullif(a.attgenerated, ''), pg_get_expr(v.adbin, v.adrelid))
        FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef v ON v.adrelid = r.oid AND v.adnum = a.attnum
        WHERE r.kind IN ('r', 'p', 'v', 'm')
    """,
    "indexes": "SELECT quoted, pg_get_indexdef(oid) FROM relation WHERE kind IN ('i', 'I')",
    # That a column is never empty is told with the column.
    "constraints": """
        SELECT r.quoted || format('.%I', o.conname), pg_get_constraintdef(o.oid)
        FROM relation r JOIN pg_constraint o ON o.conrelid = r.oid AND o.contype <> 'n'
    """,
    "triggers": """
        SELECT r.quoted || format('.%I', t.tgname), pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
        FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    """,
    "views": "SELECT quoted, pg_get_viewdef(oid) FROM relation WHERE kind IN ('v', 'm')",
    "functions": """
        SELECT format('%I.%I(%s)', s.name, p.proname, pg_get_function_identity_arguments(p.oid)),
               pg_get_functiondef(p.oid)
        FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace
        WHERE p.prokind IN ('f', 'p')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    """,
    # A newer server brings a newer version of an extension.
    "extensions": "SELECT extname, '' FROM pg_extension",
}


class PostgreSQL:
    """The database behind one of Django's connections; the connection itself, with its short timeouts, is not used."""

    engine = "postgresql"

    def __init__(self, connection: Any):
        known = {option.keyword.decode() for option in Conninfo.get_defaults()}
        given = {name: str(value) for name, value in connection.get_connection_params().items() if name in known}
        self._parameters = given | {"options": _OPTIONS}

    def dump(self, take: Callable[[bytes], object]) -> Inventory:
        with self._connected() as connection:
            connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
            (snapshot,) = _asked(connection, "SELECT pg_export_snapshot()")[0]
            found = _inventory(connection)
            with self._tool("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--compress=0") as dumping:
                while piece := dumping.stdout.read(_PIECE):
                    take(piece)
            # Numbers stand outside of any snapshot: read last, none is given out twice after a restore.
            found["sequences"] = _sequences(connection)
        return found

    @contextmanager
    def loading(self, expected: Inventory, *, replace: bool) -> Iterator[Callable[[bytes], object]]:
        with self._tool("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null") as psql:
            psql.stdin.write(b"BEGIN;\n" + (self._emptying().encode() if replace else b""))
            psql.stdin.flush()
            with _running(
                ["pg_restore", "--no-owner", "--no-privileges", "--file=-"], stdin=subprocess.PIPE, stdout=psql.stdin
            ) as restoring:
                yield restoring.stdin.write
            # Only now, after the last piece: a psql that hears no COMMIT takes everything back.
            psql.stdin.write(_setting(expected.get("sequences", {})).encode() + b"COMMIT;\nANALYZE;\n")

    def inventory(self) -> Inventory:
        with self._connected() as connection:
            return _inventory(connection)

    def is_empty(self) -> bool:
        with self._connected() as connection:
            return not _asked(connection, "SELECT 1 FROM relation LIMIT 1")

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(**self._parameters)  # type: ignore[arg-type]

    def _emptying(self) -> str:
        """What removes every schema, and makes the one anew that there always is."""
        with self._connected() as connection:
            schemas = _asked(connection, "SELECT format('%I', name) FROM schema")
        return "".join(f"DROP SCHEMA {name} CASCADE;\n" for (name,) in schemas) + "CREATE SCHEMA public;\n"

    @contextmanager
    def _tool(self, name: str, *arguments: str) -> Iterator[Any]:
        """One of PostgreSQL's programs, connected; the password is no argument, which anybody may read."""
        parameters = dict(self._parameters)
        secret = {"PGPASSWORD": parameters.pop("password")} if "password" in parameters else {}
        with _running(
            [name, *arguments, f"--dbname={make_conninfo(**parameters)}"], env=os.environ | secret
        ) as running:
            yield running


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[Any]:
    """A program for the length of a block; ``Refused``, with what it said, where it did not end well."""
    with TemporaryFile() as said:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        try:
            process = subprocess.Popen(command, stderr=said, **pipes | options)  # noqa: S603
        except FileNotFoundError as error:
            raise Refused(f"{command[0]} が見つかりません。PostgreSQL のクライアントを入れてください。") from error
        with process:
            try:
                yield process
                process.stdin.close()  # type: ignore[union-attr]
            except (BrokenPipeError, Refused) as error:
                # It may have gone before it had heard everything: then it says why, and not who spoke to it.
                if not _ended_badly(process):
                    process.kill()
                    raise
                raise Refused(_failure(command, said)) from error
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise Refused(_failure(command, said))


def _ended_badly(process: subprocess.Popen) -> bool:
    try:
        return process.wait(timeout=1) != 0
    except subprocess.TimeoutExpired:
        return False


def _failure(command: list[str], said: IO[bytes]) -> str:
    said.seek(0)
    words = said.read().decode(errors="replace").strip()[-2000:]
    return f"{command[0]} が終わりませんでした：{words}"


def _asked(connection: psycopg.Connection, query: str) -> list[Any]:
    return connection.execute(_OURS + query).fetchall()


def _inventory(connection: psycopg.Connection) -> Inventory:
    found = {kind: dict(_asked(connection, query)) for kind, query in _DEFINITIONS.items()}
    tables = _asked(connection, "SELECT schema, name FROM relation WHERE kind = 'r'")
    found["rows"] = {f"{schema}.{table}": _rows(connection, schema, table) for schema, table in tables}
    found["sequences"] = _sequences(connection)
    return found


def _rows(connection: psycopg.Connection, schema: str, table: str) -> str:
    """How many rows a table has, and a digest of them all, whatever the order in which they lie or words are sorted."""
    query = sql.SQL('COPY (SELECT t.* FROM {} t ORDER BY (t.*)::text COLLATE "C") TO STDOUT')
    digest, count = sha256(), 0
    with connection.cursor().copy(query.format(sql.Identifier(schema, table))) as rows:
        for data in rows:
            digest.update(data)
            count += bytes(data).count(b"\n")
    return f"{count} {digest.hexdigest()}"


def _sequences(connection: psycopg.Connection) -> dict[str, str]:
    named = _asked(connection, "SELECT schema, name FROM relation WHERE kind = 'S'")
    query = sql.SQL("SELECT last_value || ' ' || is_called FROM {}")
    found = {}
    for schema, name in named:
        quoted = sql.Identifier(schema, name)
        (value,) = connection.execute(query.format(quoted)).fetchall()[0]
        found[quoted.as_string(connection)] = value
    return found


def _setting(sequences: Mapping[str, str]) -> str:
    """What sets each sequence to where it stood."""
    statements = sql.SQL("").join(
        sql.SQL("SELECT setval({}, {}, {});\n").format(sql.Literal(name), sql.Literal(int(value)), sql.Literal(called))
        for name, value, called in ((name, *value.split()) for name, value in sequences.items())
    )
    return statements.as_string()
