"""Every defined number, counted from official records for a day. None where there are no records to count."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Model, Value

from events.models import Event, Exhibition, WardProject
from municipalities.models import AgreementMember, Membership, WardTie
from portal.core.wareki import fiscal_year_of
from portal.statistics.definitions import DEFINITIONS
from portal.statistics.partners import partners_on

# A number by the name of its definition.
Counts = Mapping[str, int | None]

_RECORDS: dict[str, type[Model]] = {
    "partners.exchange": WardTie,
    "partners.member": Membership,
    "partners.agreement": AgreementMember,
}


def counts_on(day: date) -> Counts:
    """Each defined number on a day; five queries."""
    return {**partner_counts(day, recorded_sets()), **project_counts(fiscal_year_of(day), projects_by_year())}


def recorded_sets() -> set[str]:
    """The sets of which there is any official record at all; of the others nobody can say 0. One query."""
    first, *more = [
        model._default_manager.official().order_by().values_list(Value(name))  # type: ignore[attr-defined]
        for name, model in _RECORDS.items()
    ]
    return {name for (name,) in first.union(*more)}


def partner_counts(day: date, recorded: set[str]) -> dict[str, int | None]:
    """The numbers of partners on a day, and of the members of agreements; one query."""
    partners = partners_on(day)
    counted: dict[str, int | None] = {
        definition.id: partners.within(definition.relation) if definition.id in recorded else None
        for definition in DEFINITIONS
        if definition.relation and definition.id in _RECORDS
    }
    union = partners.union if recorded else None
    return counted | {"partners.union": union, "agreements.members": counted["partners.agreement"]}


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
