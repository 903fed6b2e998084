"""Every defined number, counted from official records for a day. None where there are no records to count."""

from collections.abc import Mapping
from datetime import date

from events.models import Event, Exhibition, WardProject
from portal.core.wareki import fiscal_year_of
from portal.statistics.definitions import DEFINITIONS, OF_OVERLAPS
from portal.statistics.partners import SETS, partners_on

# A number by the name of its definition.
Counts = Mapping[str, int | None]


def counts_on(day: date) -> Counts:
    """Each defined number on a day; four queries."""
    return {**partner_counts(day), **project_counts(fiscal_year_of(day), projects_by_year())}


def partner_counts(day: date) -> dict[str, int | None]:
    """The numbers of partners on a day, of their overlaps, and of the members of agreements; one query.

    The union needs records of every set: of some alone it would pass for less than it is.
    """
    partners = partners_on(day)
    counted: dict[str, int | None] = {
        definition.id: partners.within(definition.relation) if definition.relation in partners.recorded else None
        for definition in DEFINITIONS
        if definition.relation in SETS
    }
    counted["partners.union"] = partners.union if partners.is_complete else None
    counted |= {OF_OVERLAPS[overlap].id: number for overlap, number in partners.overlaps}
    return counted | {"agreements.members": counted["partners.agreement"]}


# How many projects each fiscal year has, by the names of the definitions.
ByYear = Mapping[str, Mapping[int, int]]


def projects_by_year() -> ByYear:
    """Three queries for all years."""
    wards = WardProject.objects.published().official().taking_place().count_by_fiscal_year()
    events = Event.objects.published().official().whole().joint().taking_place().count_by_fiscal_year()
    exhibitions = Exhibition.objects.published().official().taking_place().count_by_fiscal_year()
    joint = {year: events.get(year, 0) + exhibitions.get(year, 0) for year in events.keys() | exhibitions.keys()}
    return {"projects.ward": wards, "projects.joint": joint}


def project_counts(fiscal_year: int, by_year: ByYear) -> dict[str, int | None]:
    """The numbers of projects of a fiscal year. The total is a sum, and cannot be said without one of its parts."""
    counted = {name: years.get(fiscal_year, 0) if years else None for name, years in by_year.items()}
    parts = list(counted.values())
    total = sum(part for part in parts if part is not None) if None not in parts else None
    return counted | {"projects.total": total}
