"""What a check found."""

from typing import NamedTuple


class Doubt(NamedTuple):
    """Something doubtful: ``code`` names the rule, ``field`` the column, ``message`` tells the author in Japanese.

    A message quotes in 「」 what is written and what it may stand for: a public note that says all of it is about it.
    """

    code: str
    field: str
    message: str
