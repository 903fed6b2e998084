"""概要資料 of a day: what the project says of itself, gathered from the records, and nothing later than the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from disaster_support.models import Disaster, SupportRecord
from disaster_support.rules import KindTotal, totals_by_kind
from events.choices import EventKind, Status
from events.models import Event, Exhibition
from events.rules import NOT_TAKING_PLACE, UPCOMING, in_order_of
from events.shown import ShownEvent, ShownExhibition, shown_event, shown_exhibition
from municipalities.choices import Relation
from municipalities.models import CooperationAgreement
from municipalities.querysets import Signing
from portal.choices import FigureTable
from portal.core.models import SourceNote
from portal.core.wareki import fiscal_year_of
from portal.history import PROSPECTUS
from portal.models import Aim, FoundingDocument, PlanItem, PolicyDocument, PublishedFigure
from portal.statistics.partners import Partners, partners_on
from portal.statistics.tables import SHARED, Comparison, bodies_in_force, comparison

EXHIBITIONS = "全国連携展示"


class AgreementLine(NamedTuple):
    """An agreement in force, and what was printed for its bodies: None where they are not in the printed table."""

    agreement: CooperationAgreement
    printed: int | None


class Agreements(NamedTuple):
    """The agreements in force on a day, with how many bodies and municipalities they are, each counted once."""

    lines: list[AgreementLine]
    body_total: int
    member_total: int
    printed_total: PublishedFigure | None


class JointKind(NamedTuple):
    """The joint projects of one kind, by fiscal year, the oldest first."""

    label: str
    years: list[tuple[int, list[ShownEvent]]]


class JointCounts(NamedTuple):
    """How many joint projects of each kind took place, by fiscal year; the last number of a line is their sum."""

    labels: list[str]
    lines: list[tuple[int, list[int]]]


class Given(NamedTuple):
    """What was officially given for a disaster."""

    disaster: Disaster
    records: list[SupportRecord]


class Remark(NamedTuple):
    """What is wrong or doubtful in the paper about a record (※)."""

    subject: str
    text: str


@dataclass(frozen=True)
class Overview:
    """Everything that the edition of a day holds."""

    day: date
    purpose: FoundingDocument | None
    aims: list[Aim]
    partners: Comparison | None
    partners_on_day: Partners
    agreements: Agreements
    projects: Comparison | None
    joint: list[JointKind]
    joint_counts: JointCounts
    exhibitions: list[ShownExhibition]
    support_totals: list[KindTotal]
    support: list[Given]
    policy: list[PolicyDocument]
    plan: dict[str, list[PlanItem]]
    remarks: Mapping[str, list[Remark]]

    @property
    def fiscal_year(self) -> int:
        """The last fiscal year whose projects are in it."""
        return fiscal_year_of(self.day)


def overview_on(day: date, at: datetime | None = None) -> Overview:
    """The edition of a day, of what is public at a moment (now unless given); 16 queries, however much there is."""
    close = timezone.make_aware(datetime.combine(day, time.max))
    figures = list(PublishedFigure.objects.official().printed().stated_by(day).in_printed_order())
    documents = FoundingDocument.objects.in_bulk([PROSPECTUS], field_name="slug")
    partners = partners_on(day)
    events, exhibitions = _events(day, close, at), _exhibitions(day, close, at)
    disasters = Disaster.objects.published(at).official().begun_by(day)
    support = [_given(disaster, day) for disaster in disasters.for_list()]
    policy, plan = list(PolicyDocument.objects.decided_by(day)), list(PlanItem.objects.all())
    return Overview(
        day=day,
        purpose=documents.get(PROSPECTUS),
        aims=list(Aim.objects.all()),
        partners=_printed(figures, FigureTable.PARTNERS),
        partners_on_day=partners,
        agreements=_agreements(figures, day, at, partners.within(Relation.AGREEMENT)),
        projects=_printed(figures, FigureTable.PROJECTS),
        joint=joint_kinds(events),
        joint_counts=joint_counts(events, exhibitions),
        exhibitions=exhibitions,
        support_totals=_support_totals(disasters, day),
        support=support,
        policy=policy,
        plan=_by_heading(plan),
        remarks=_remarks(
            joint=[shown.event for shown in events],
            exhibitions=[shown.exhibition for shown in exhibitions],
            support=[record for given in support for record in given.records],
            policy=policy,
            plan=plan,
        ),
    )


def _printed(figures: Iterable[PublishedFigure], table: str) -> Comparison | None:
    return comparison(figure for figure in figures if figure.table == table)


def _agreements(figures: Iterable[PublishedFigure], day: date, at: datetime | None, member_total: int) -> Agreements:
    rows = list(CooperationAgreement.objects.published(at).official().in_force(day).for_list(day))
    of_table = [figure for figure in figures if figure.table == FigureTable.AGREEMENTS]
    printed = {frozenset(figure.label.split(SHARED)): figure.value for figure in of_table if not figure.is_total}
    lines = [AgreementLine(row, printed.get(frozenset(row.title.split(SHARED)))) for row in rows]
    total = next((figure for figure in of_table if figure.is_total), None)
    signings = [Signing(body.name, row) for row in rows for body in row.bodies.all()]
    return Agreements(lines, bodies_in_force(signings, day), member_total, total)


def _events(day: date, close: datetime, at: datetime | None) -> list[ShownEvent]:
    rows = Event.objects.published(at).official().joint().whole().until_fiscal_year(fiscal_year_of(day))
    return [_as_of(shown_event(row, close), day) for row in rows.by_fiscal_year().for_list().with_parts(at)]


def _as_of(shown: ShownEvent, day: date) -> ShownEvent:
    parts = [part for part in shown.parts if not part.event.is_demo]
    return shown._replace(state=UPCOMING if _is_to_come(shown.event, day) else shown.state, parts=parts)


def _is_to_come(row: Event | Exhibition, day: date) -> bool:
    """Whether what is reported as held was, on this day, still to come."""
    return row.status == Status.HELD and row.first_day is not None and row.first_day > day


def _exhibitions(day: date, close: datetime, at: datetime | None) -> list[ShownExhibition]:
    rows = Exhibition.objects.published(at).official().until_fiscal_year(fiscal_year_of(day))
    found = [shown_exhibition(row, close) for row in rows.by_fiscal_year().for_list()]
    return [shown._replace(state=UPCOMING) if _is_to_come(shown.exhibition, day) else shown for shown in found]


def joint_kinds(events: Iterable[ShownEvent]) -> list[JointKind]:
    """Events, fiscal year by fiscal year, under their kinds."""
    by_kind = in_order_of(EventKind, events, lambda shown: shown.event.kind)
    return [JointKind(label, list(_by_year(rows).items())) for label, rows in by_kind]


def _by_year(events: Iterable[ShownEvent]) -> dict[int, list[ShownEvent]]:
    years: dict[int, list[ShownEvent]] = {}
    for shown in events:
        years.setdefault(shown.event.fiscal_year, []).append(shown)
    return years


def joint_counts(events: Iterable[ShownEvent], exhibitions: Iterable[ShownExhibition]) -> JointCounts:
    """How many took place or are to; one event with several parts is one. Years with none stand between the others."""
    found: list[tuple[str, Event | Exhibition]] = [
        (str(EventKind(shown.event.kind).label), shown.event) for shown in events
    ]
    found += [(EXHIBITIONS, shown.exhibition) for shown in exhibitions]
    held = [(label, row.fiscal_year) for label, row in found if row.status not in NOT_TAKING_PLACE]
    named = {label for label, _ in found}
    labels = [label for label in (*map(str, EventKind.labels), EXHIBITIONS) if label in named]
    years = [year for _, year in held]
    lines = []
    for year in range(min(years), max(years) + 1) if years else ():
        numbers = [held.count((label, year)) for label in labels]
        lines.append((year, [*numbers, sum(numbers)]))
    return JointCounts(labels, lines)


def _given(disaster: Disaster, day: date) -> Given:
    rows = disaster.support_records.all()
    return Given(disaster, [row for row in rows if not row.is_demo and (row.as_of is None or row.as_of <= day)])


def _support_totals(disasters: Any, day: date) -> list[KindTotal]:
    return totals_by_kind(SupportRecord.objects.official().of_disasters(disasters).current(day).totals())


def _by_heading(items: Iterable[PlanItem]) -> dict[str, list[PlanItem]]:
    found: dict[str, list[PlanItem]] = {}
    for item in items:
        found.setdefault(item.heading, []).append(item)
    return found


def _remarks(**sections: Iterable[Any]) -> dict[str, list[Remark]]:
    """The remarks on the records of each section; one query for all of them."""
    reasons: dict[tuple[int, int], list[str]] = {}
    for note in SourceNote.objects.with_reason():
        reasons.setdefault((note.content_type_id, note.object_id), []).append(note.reason)
    return {section: _remarks_on(rows, reasons) for section, rows in sections.items()}


def _remarks_on(rows: Iterable[Any], reasons: Mapping[tuple[int, int], list[str]]) -> list[Remark]:
    types = ContentType.objects
    found = ((row, reasons.get((types.get_for_model(row).pk, row.pk), ())) for row in rows)
    return [Remark(str(row), text) for row, texts in found for text in texts]
