"""What the answers of the API are made of, and how mistakes in a question are explained."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import TextChoices
from ninja import Field, Schema
from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from portal.core.forms import FIRST_DAY, LAST_DAY

Row = TypeVar("Row")
# The largest key a row can have, and how far a list can be paged: more would not fit into the database's numbers.
LARGEST_KEY, LARGEST_OFFSET = 2**63 - 1, 1_000_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _calendar_day(text: str) -> date:
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise ValueError("日付はYYYY-MM-DDの形で、ある日を指定してください。") from error


def _day(value: Any) -> Any:
    if isinstance(value, str):
        value = _calendar_day(value)
    if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"{FIRST_DAY}から{LAST_DAY}までの日付を指定してください。")
    return value


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=50)]
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
PrefectureCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
FiscalYear = Annotated[int, Field(ge=1947, le=2200)]


class Word(Schema):
    """A word of a vocabulary: in Latin letters for programs, in Japanese for people."""

    code: str = Field(examples=["planned"])
    label: str = Field(examples=["予定"])


class Place(Schema):
    """A municipality or ward."""

    code: str = Field(description="6桁の団体コード", examples=["012025"])
    name: str = Field(examples=["函館市"])
    prefecture: str = Field(description="2桁の都道府県コード", examples=["01"])


class Page(Schema, Generic[Row]):
    """A part of a list."""

    count: int = Field(description="条件に合う件数", examples=[1])
    next: str | None = Field(description="続きのアドレス。なければnull")
    previous: str | None = Field(description="前のアドレス。なければnull")
    results: list[Row]


class Fault(Schema):
    where: str = Field(description="誤りのあるパラメータ", examples=["limit"])
    message: str = Field(examples=["100以下で指定してください。"])


class Problem(Schema):
    """Why there is no answer."""

    detail: str = Field(examples=["見つかりません。"])
    errors: list[Fault] = []


def word(choices: type[TextChoices], code: str) -> Word:
    return Word(code=code, label=str(choices(code).label))


def place(row: Any) -> Place:
    """A municipality as the answers name it."""
    return Place(code=row.code, name=row.name, prefecture=row.prefecture_id)


_MESSAGES: dict[str, Callable[[dict[str, Any]], str]] = {
    "int_parsing": lambda told: "整数で指定してください。",
    "int_parsing_size": lambda told: "数が大きすぎます。",
    "bool_parsing": lambda told: "trueかfalseを指定してください。",
    "less_than_equal": lambda told: f"{told['le']}以下で指定してください。",
    "greater_than_equal": lambda told: f"{told['ge']}以上で指定してください。",
    "string_too_long": lambda told: f"{told['max_length']}文字以内で指定してください。",
    "string_too_short": lambda told: "空にはできません。",
    "enum": lambda told: f"{told['expected'].replace(' or ', ', ')}のいずれかを指定してください。",
    "literal_error": lambda told: f"{told['expected'].replace(' or ', ', ')}のいずれかを指定してください。",
    "string_pattern_mismatch": lambda told: "コードは決められた桁数の半角数字で指定してください。",
    "value_error": lambda told: str(told["error"]),
}


def fault(error: dict[str, Any]) -> Fault:
    """A mistake that pydantic found, told in Japanese."""
    explain = _MESSAGES.get(error["type"], lambda told: "値が正しくありません。")
    return Fault(where=str(error["loc"][-1]), message=explain(error.get("ctx", {})))
