"""What a check found."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Something doubtful: ``code`` names the rule, ``field`` the column, ``message`` tells the author in Japanese."""

    code: str
    field: str
    message: str
