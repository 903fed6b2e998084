"""What makes the columns of the index quick to search, which neither database has as a part of its tables.

Whoever makes the table again in SQLite, as some migrations do, has to make the triggers again, too.
"""

from typing import Any

# SQLite finds in a table of its own, which the triggers keep like the entries. What marks years is in none of the
# classes of letters that it knows by itself.
_SQLITE = (
    """
    CREATE VIRTUAL TABLE portal_searchindex USING fts5(
        name_terms, terms, content='portal_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co'"
    )
    """,
    """
    CREATE TRIGGER portal_searchindex_insert AFTER INSERT ON portal_searchentry BEGIN
        INSERT INTO portal_searchindex(rowid, name_terms, terms) VALUES (new.id, new.name_terms, new.terms);
    END
    """,
    """
    CREATE TRIGGER portal_searchindex_delete AFTER DELETE ON portal_searchentry BEGIN
        INSERT INTO portal_searchindex(portal_searchindex, rowid, name_terms, terms)
        VALUES ('delete', old.id, old.name_terms, old.terms);
    END
    """,
    """
    CREATE TRIGGER portal_searchindex_update AFTER UPDATE OF name_terms, terms ON portal_searchentry BEGIN
        INSERT INTO portal_searchindex(portal_searchindex, rowid, name_terms, terms)
        VALUES ('delete', old.id, old.name_terms, old.terms);
        INSERT INTO portal_searchindex(rowid, name_terms, terms) VALUES (new.id, new.name_terms, new.terms);
    END
    """,
)
# What is long lies apart, so that reading through the short columns of many entries is quick.
_POSTGRESQL = (
    "CREATE INDEX portal_searchentry_name_terms ON portal_searchentry USING gin (name_terms)",
    "CREATE INDEX portal_searchentry_terms ON portal_searchentry USING gin (terms)",
    "ALTER TABLE portal_searchentry SET (toast_tuple_target = 128)",
)


def create(apps: Any, schema_editor: Any) -> None:
    """As ``RunPython`` calls it."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Triggers and indexes go with the table of the entries, which is dropped next."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE portal_searchindex")
