"""Triggers by which every change of a public table is noted, whoever makes it: a form, a command, ``psql``."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from portal.serving.models import PublicChange

TRIGGER = "public_change"
OUR_APPS = ("core", "municipalities", "events", "disaster_support", "portal")
# Nothing of these is on a public page. A table is public unless it is named here.
PRIVATE = frozenset(
    {
        "core.AuditEntry",
        "core.Invitation",
        "core.OutgoingMail",
        "core.PreviewLink",
        "core.Proposal",
        "core.ProposalStep",
        "core.SavedFilter",
        "core.User",
        "core.User_groups",
        "core.User_user_permissions",
        "core.Version",
        "disaster_support.NoticeTemplate",
        "municipalities.MemberStaff",
        "municipalities.MembershipApplication",
        "municipalities.MembershipConfirmation",
        "municipalities.WardStaff",
        "portal.Inquiry",
        "portal.LinkCheck",
        "portal.LinkUse",
        "portal.PageFeedback",
        "portal.PublicChange",
        "portal.SearchMiss",
    }
)
_FUNCTION = """
CREATE OR REPLACE FUNCTION note_public_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO portal_publicchange (number, times) VALUES (txid_current(), 1)
    ON CONFLICT (number) DO UPDATE SET times = portal_publicchange.times + 1;
    RETURN NULL;
END $body$
"""
_ON_POSTGRESQL = """
CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION note_public_change()
"""
# Not "INSERT OR …": a statement that lets conflicts pass would impose its own way on it.
_ON_SQLITE = """
CREATE TRIGGER {name}_{event} AFTER {event} ON {table}
BEGIN
    INSERT INTO portal_publicchange (number, times)
    SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM portal_publicchange WHERE number = 0);
    UPDATE portal_publicchange SET times = times + 1 WHERE number = 0;
END
"""


def public_models() -> Iterator[type[Model]]:
    """Every model of ours with a table of its own that public pages may read."""
    for model in apps.get_models(include_auto_created=True):
        ours = model._meta.app_label in OUR_APPS
        if ours and model._meta.label not in PRIVATE and model._meta.managed and not model._meta.proxy:
            yield model


def watch_public_tables(using: str, **signal: Any) -> None:
    """Gives every public table that has none its triggers; to be called after every migration."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if PublicChange._meta.db_table not in tables:
        return
    wanted = {model._meta.db_table for model in public_models()} & tables
    create = _create_on_postgresql if connection.vendor == "postgresql" else _create_on_sqlite
    create(connection, wanted)


def _create_on_postgresql(connection: Any, tables: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
        watched = {name.strip('"') for (name,) in cursor.fetchall()}
        for table in sorted(tables - watched):
            cursor.execute(_ON_POSTGRESQL.format(name=TRIGGER, table=connection.ops.quote_name(table)))


def _create_on_sqlite(connection: Any, tables: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
        for table in sorted(tables):
            name = f"{TRIGGER}_{table}"
            for event in ("INSERT", "UPDATE", "DELETE"):
                if f"{name}_{event}" not in there:
                    cursor.execute(_ON_SQLITE.format(name=name, event=event, table=connection.ops.quote_name(table)))
