"""Files read back as whoever downloads them would."""

import csv
from datetime import date, time
from decimal import Decimal
from io import StringIO

from events.profiles import Kind
from portal.core.cells import undefused

CODECS = {"utf-8": "utf-8-sig", "sjis": "cp932"}
_READERS = {
    Kind.DAY: date.fromisoformat,
    Kind.TIME: time.fromisoformat,
    Kind.WHOLE_NUMBER: int,
    Kind.DEGREES: Decimal,
}


def download(client, address, encoding="utf-8"):
    """The rows of a file, its headers first."""
    joint = "&" if "?" in address else "?"
    response = client.get(f"{address}{joint}enc={encoding}")
    assert response.status_code == 200, response.content
    text = response.getvalue().decode(CODECS[encoding])
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def values(row, profile):
    """The cells of a row as plain values, by what their columns hold."""
    return tuple(_value(cell, column.kind) for cell, column in zip(row, profile.columns, strict=True))


def _value(cell, kind):
    if kind not in _READERS:
        return undefused(cell)
    return _READERS[kind](cell) if cell else None


def without_times(rows):
    """Blank text and None are the same empty cell."""
    return [tuple(value if value != "" else None for value in row) for row in rows]
