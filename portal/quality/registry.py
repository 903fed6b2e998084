"""Which records are looked through, how they are fetched, by which rules, and what has to be looked at with them.

Demo rows are fictional: nobody answers for what is doubtful about them, so they are never looked through.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from disaster_support.checks import check_support_record
from disaster_support.models import Disaster, SupportRecord
from events.checks import check_event, check_exhibition
from events.checks.lookup import around_events, around_exhibitions
from events.checks.places import check_tour_stop, check_venue
from events.models import Event, Exhibition, TourStop, Venue, WardProject
from municipalities.checks import check_agreement_member, check_membership, check_municipality, check_tie
from municipalities.models import (
    AgreementMember,
    Company,
    CompanyAgreement,
    CooperationAgreement,
    MemberPost,
    Membership,
    Municipality,
    MunicipalityProfile,
    PartnerBody,
    WardTie,
)
from portal.checks import check_plan_item, check_total
from portal.core.checks import Doubt, doubts_in_texts
from portal.core.models import SourceNote
from portal.models import (
    Aim,
    FoundingDocument,
    Milestone,
    NewsItem,
    PlanItem,
    PolicyDocument,
    Publication,
    PublishedFigure,
)

# What a rule is handed beside the record: nothing, or what is known around it, and the moment.
Rules = Callable[[Any, Any, datetime | None], Iterable[Doubt]]
Around = Callable[[Sequence[Any]], Mapping[Any, Any]]


def _no_rules(record: Any, around: Any, at: datetime | None) -> Iterable[Doubt]:
    return ()


def _nothing(records: Sequence[Any]) -> Mapping[Any, Any]:
    return {}


@dataclass(frozen=True)
class Check:
    """How the records of a model are looked through.

    ``related`` is fetched with each; ``around`` fetches for many at once what else the ``rules`` need, by key;
    ``day`` names the column that says near which day the dates in its texts lie; ``own_texts`` are columns that the
    rules read themselves.
    """

    model: type[Model]
    rules: Rules = _no_rules
    related: tuple[str, ...] = ()
    around: Around = _nothing
    day: str = ""
    own_texts: Collection[str] = ()

    def rows(self) -> QuerySet:
        """The official records."""
        found: Any = self.model._default_manager.all()
        if hasattr(found, "official"):
            found = found.official()
        elif _may_be_fictional(self.model):
            found = found.filter(is_demo=False)
        return found.select_related(*self.related) if self.related else found

    def doubts(
        self, record: Any, notes: Iterable[SourceNote], around: Mapping[Any, Any], at: datetime | None
    ) -> list[Doubt]:
        """What is doubtful about a record at a moment; what stands in it twice is told once."""
        near = self._day_of(record)
        told = [
            *self.rules(record, around.get(record.pk), at),
            *doubts_in_texts(record, notes, near, leave_out=self.own_texts),
        ]
        once = {(doubt.code, doubt.message): doubt for doubt in reversed(told)}
        return [doubt for doubt in told if once[doubt.code, doubt.message] is doubt]

    def _day_of(self, record: Any) -> date | None:
        day = getattr(record, self.day) if self.day else None
        return timezone.localdate(day) if isinstance(day, datetime) else day


def _may_be_fictional(model: type[Model]) -> bool:
    return any(field.name == "is_demo" for field in model._meta.concrete_fields)


def _parts_of_totals(figures: Sequence[PublishedFigure]) -> Mapping[int, list[PublishedFigure]]:
    """For each total, the other rows of its column; one query."""
    columns: dict[tuple[str, int], list[PublishedFigure]] = {}
    for figure in PublishedFigure.objects.printed().official():
        if not figure.is_total:
            columns.setdefault((figure.table, figure.fiscal_year), []).append(figure)
    return {figure.pk: columns.get((figure.table, figure.fiscal_year), []) for figure in figures}


def _first_under_headings(items: Sequence[PlanItem]) -> Mapping[int, set[int]]:
    """The keys of the items that stand first under their headings; one query."""
    first: dict[str, int] = {}
    for item in PlanItem.objects.filter(is_demo=False).order_by("listing_order", "pk"):
        first.setdefault(item.heading, item.pk)
    return {item.pk: set(first.values()) for item in items}


CHECKS = (
    Check(Event, check_event, around=around_events, day="first_day"),
    Check(Exhibition, check_exhibition, around=around_exhibitions, day="first_day"),
    Check(TourStop, lambda stop, _, at: check_tour_stop(stop, at), ("exhibition", "ward"), day="first_day"),
    Check(Venue, lambda venue, _, at: check_venue(venue)),
    Check(WardProject),
    Check(Municipality, lambda municipality, _, at: check_municipality(municipality)),
    Check(WardTie, lambda tie, _, at: check_tie(tie), ("ward", "municipality"), day="starts_on"),
    Check(PartnerBody),
    Check(CooperationAgreement, day="signed_on"),
    Check(AgreementMember, lambda member, _, at: check_agreement_member(member), ("agreement", "municipality")),
    Check(Company),
    Check(CompanyAgreement, day="signed_on"),
    Check(Membership, lambda membership, _, at: check_membership(membership), ("municipality",)),
    Check(MunicipalityProfile, related=("municipality",)),
    Check(MemberPost, day="publish_at"),
    Check(Disaster, day="first_day"),
    Check(SupportRecord, lambda record, _, at: check_support_record(record), ("disaster",), day="as_of"),
    Check(NewsItem, day="publish_at"),
    Check(Publication, day="issued_on"),
    Check(FoundingDocument, day="issued_on"),
    Check(Aim),
    Check(Milestone, day="happened_on"),
    Check(
        PlanItem,
        lambda item, first, at: check_plan_item(item, first),
        around=_first_under_headings,
        own_texts=("heading",),
    ),
    Check(PolicyDocument),
    Check(PublishedFigure, lambda figure, parts, at: check_total(figure, parts), around=_parts_of_totals),
)
CHECK_OF: Mapping[type[Model], Check] = {check.model: check for check in CHECKS}

# What else a change to a record may make doubtful: rows of which model, found by which column, with which value.
ALONG: Mapping[type[Model], tuple[tuple[type[Model], str, str], ...]] = {
    Event: ((Event, "parent", "pk"),),
    Exhibition: ((TourStop, "exhibition", "pk"),),
    Municipality: tuple((model, "municipality", "pk") for model in (WardTie, Membership, AgreementMember)),
    CooperationAgreement: ((AgreementMember, "agreement", "pk"),),
    Disaster: ((SupportRecord, "disaster", "pk"),),
    PlanItem: ((PlanItem, "heading", "heading"),),
    PublishedFigure: ((PublishedFigure, "table", "table"),),
}
