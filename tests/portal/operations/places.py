"""Places to restore to: an empty database of the kind the tests run on, and an empty folder for the media."""

import os
import subprocess
import sys
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
from django.db import ConnectionHandler, connection

from portal.env import BASE_DIR

KEY = "a-key-of-the-tests-" + "k" * 20


class Place:
    """Where a site of its own would run: its settings, its media, and its database asked past our own code."""

    def __init__(self, folder: Path, database_url: str):
        self.folder, self.database_url = folder, database_url
        self.media = folder / "media"

    def manage(self, *arguments: str, key: str = KEY) -> subprocess.CompletedProcess:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder),
            "BACKUP_KEY": key,
        }
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True)

    @contextmanager
    def django(self):
        """A connection of Django's to this database, beside the one of the tests."""
        settings = connection.settings_dict | {"NAME": self.name, "OPTIONS": {}, "TEST": {}}
        opened = ConnectionHandler({"default": settings})["default"]
        with closing(opened):
            yield opened

    @property
    def name(self) -> str:
        if connection.vendor == "postgresql":
            return self.database_url.rpartition("/")[2]
        return str(self.folder / "db.sqlite3")

    def execute(self, statement: str) -> None:
        with self.django() as opened, opened.cursor() as cursor:
            cursor.execute(statement)

    def content(self) -> object:
        with self.django() as opened:
            return content(opened)

    def files(self) -> dict[str, str]:
        return files(self.media)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def content(opened) -> object:
    """All rows, sequences, indexes, constraints, triggers and functions of a database, by the database's own words."""
    opened.ensure_connection()
    if opened.vendor == "sqlite":
        return list(opened.connection.iterdump())
    with opened.cursor() as cursor:

        def asked(query):
            cursor.execute(query)
            return cursor.fetchall()

        tables = [name for (name,) in asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
        return {
            "rows": {
                table: asked(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608
                for table in tables
            },
            "sequences": asked("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"),
            "indexes": asked("SELECT indexname, tablename FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"),
            "constraints": asked(
                "SELECT conrelid::regclass::text, conname, contype, convalidated, condeferrable, condeferred"
                " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
            ),
            "triggers": asked("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"),
            "functions": asked(
                "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
            ),
        }


@contextmanager
def empty_place(folder: Path):
    folder.mkdir()
    if connection.vendor == "sqlite":
        yield Place(folder, "")
        return
    there = connection.settings_dict
    name = f"{there['NAME']}_{folder.name}"
    address = f"{there['HOST']}:{there['PORT']}"
    secret = f":{there['PASSWORD']}" if there["PASSWORD"] else ""
    url = f"postgres://{there['USER']}{secret}@{address}"
    with psycopg.connect(f"{url}/postgres".replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield Place(folder, f"{url}/{name}")
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
