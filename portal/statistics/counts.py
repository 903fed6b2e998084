"""Every defined number, counted from official records for a day. None where there are no records to count."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from events.models import Event, Exhibition, WardProject
from events.querysets import EventQuerySet, ExhibitionQuerySet
from events.querysets.years import counts_by_fiscal_year
from portal.core.wareki import fiscal_year_of
from portal.statistics.definitions import DEFINITIONS, OF_OVERLAPS
from portal.statistics.partners import SETS, partners_on

# A number by the name of its definition.
Counts = Mapping[str, int | None]


def counts_on(day: date) -> Counts:
    """Each defined number on a day; two queries."""
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
    """One query for all years."""
    wards = WardProject.objects.published().counted()
    counted = counts_by_fiscal_year(ward=wards, event=joint_events(), exhibition=joint_exhibitions())
    joint = Counter(counted["event"]) + Counter(counted["exhibition"])
    return {"projects.ward": counted["ward"], "projects.joint": joint}


def joint_events() -> EventQuerySet:
    """The events that are 23区一体事業; of one with several parts, the whole."""
    return Event.objects.published().counted().whole().joint()


def joint_exhibitions() -> ExhibitionQuerySet:
    """全国連携展示, which are joint as well."""
    return Exhibition.objects.published().counted()


def project_counts(fiscal_year: int, by_year: ByYear) -> dict[str, int | None]:
    """The numbers of projects of a fiscal year. The total is a sum, and cannot be said without one of its parts."""
    counted = {name: years.get(fiscal_year, 0) if years else None for name, years in by_year.items()}
    parts = list(counted.values())
    total = sum(part for part in parts if part is not None) if None not in parts else None
    return counted | {"projects.total": total}
