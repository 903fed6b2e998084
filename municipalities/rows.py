"""Municipalities as lists show them: plain values, no database."""

from typing import NamedTuple

from municipalities.models import Municipality


class MunicipalityRow(NamedTuple):
    """What a list tells of a municipality, ``kind`` as it is called, and what links it with the wards."""

    url: str
    name: str
    name_kana: str
    prefecture: str
    kind: str
    has_exchange: bool
    has_member: bool
    has_agreement: bool
    official_exchange: bool
    official_member: bool
    official_agreement: bool


def municipality_row(row: Municipality) -> MunicipalityRow:
    """The row of one that was read ``with_links()`` and its prefecture."""
    links = (getattr(row, name) for name in MunicipalityRow._fields if name.startswith(("has_", "official_")))
    kind = str(row.get_kind_display())
    return MunicipalityRow(row.get_absolute_url(), row.name, row.name_kana, row.prefecture.name, kind, *links)
