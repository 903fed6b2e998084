"""A column of words that both databases can search: a tsvector in PostgreSQL, text with an FTS5 index in SQLite."""

from typing import Any

from django.db import models
from django.db.models import Lookup

# PostgreSQL knows no later place in a text.
LAST_POSITION = 16_383


class TokensField(models.TextField):
    """Tokens with spaces between, in order. Written and searched; nobody reads it back."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if connection.vendor != "postgresql" or not isinstance(value, str):
            return value
        places = enumerate(value.split(), start=1)
        return " ".join(f"{token}:{min(place, LAST_POSITION)}" for place, token in places)


@TokensField.register_lookup
class Matches(Lookup):
    """The rows in whose column a ``Query`` is found."""

    lookup_name = "matches"

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, self.rhs.for_postgresql()]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column: Any = self.lhs
        key = compiler.compile(column.target.model._meta.pk.get_col(column.alias))[0]
        found = "SELECT rowid FROM portal_searchindex WHERE portal_searchindex MATCH %s"
        return f"{key} IN ({found})", [f"{column.target.column} : ({self.rhs.for_sqlite()})"]
