"""What a format of a table consists of."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What stands in the cells of a column; the value is what the data dictionary calls it."""

    TEXT = "文字列"
    CODE = "コード（半角数字の文字列）"
    CHOICE = "文字列（決められた語）"
    DAY = "日付（YYYY-MM-DD）"
    TIME = "時刻（HH:MM、24時間制）"
    WHOLE_NUMBER = "整数"
    DEGREES = "小数（度、世界測地系）"
    URL = "URL"


class Column(NamedTuple):
    """A column: ``header`` exactly as it stands in row 1, ``field`` the name of its value in the flat record."""

    header: str
    field: str
    kind: Kind
    meaning: str
    example: str = ""
    is_required: bool = False


class Profile(NamedTuple):
    """A format of a table: ``id`` as it stands in addresses, ``version`` of our table of its columns."""

    id: str
    title: str
    version: str
    source: str
    columns: tuple[Column, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)
