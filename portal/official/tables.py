"""The official data: which file holds which records, and how its columns are read.

A column is named as the model's field. Columns that point to other records hold their names in the official data
(``key``), or their codes where these are prefectures, municipalities or wards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from disaster_support.choices import Giver, SupportKind
from disaster_support.models import Disaster, SupportRecord
from events.choices import DatePrecision, EventKind, Status, StopState
from events.models import Event, Exhibition, TourStop, Venue
from municipalities.choices import BodyKind
from municipalities.models import CooperationAgreement, Municipality, PartnerBody, Prefecture, Ward
from portal.choices import FigureState, FigureTable
from portal.core.loading import Converter, day, filled, optional, text, whole_number, word_of, yes_or_no
from portal.models import Aim, FoundingDocument, Milestone, PlanItem, PolicyDocument, PublishedFigure

# In every file: the record's name for good, and where the paper says what the record says.
NOTE_COLUMNS: Mapping[str, Converter] = {
    "key": filled,
    "line": whole_number,
    "as_printed": filled,
    "corrected": text,
    "reason": text,
}


@dataclass(frozen=True)
class Table:
    """A file and the model of its rows.

    ``columns`` are read as values, ``references`` hold the name of one record (an empty cell: none),
    ``collections`` the names of several with spaces between them.
    """

    file: str
    model: type[Model]
    columns: Mapping[str, Converter]
    references: Mapping[str, type[Model]] = field(default_factory=dict)
    collections: Mapping[str, type[Model]] = field(default_factory=dict)

    @property
    def all_columns(self) -> dict[str, Converter]:
        pointing = dict.fromkeys(self.references, optional(text)) | dict.fromkeys(self.collections, str.split)
        return {**NOTE_COLUMNS, **self.columns, **pointing}


_SCHEDULED = {
    "fiscal_year": whole_number,
    "first_day": optional(day),
    "last_day": optional(day),
    "status": word_of(Status),
}

# In the order in which records need one another.
TABLES = (
    Table(
        "founding_documents.csv",
        FoundingDocument,
        {"slug": filled, "title": filled, "issuer": filled, "issued_on": day, "tagline": text, "summary": filled},
    ),
    Table("aims.csv", Aim, {"number": whole_number, "title": filled, "summary": text}),
    Table(
        "milestones.csv",
        Milestone,
        {"title": filled, "happened_on": optional(day), "detail": text, "listing_order": whole_number},
    ),
    Table("partner_bodies.csv", PartnerBody, {"name": filled, "kind": word_of(BodyKind)}, {"prefecture": Prefecture}),
    Table(
        "cooperation_agreements.csv",
        CooperationAgreement,
        {"signed_on": day, "listing_order": whole_number},
        collections={"bodies": PartnerBody},
    ),
    Table(
        "published_figures.csv",
        PublishedFigure,
        {
            "table": word_of(FigureTable),
            "row": filled,
            "label": filled,
            "unit": filled,
            "fiscal_year": whole_number,
            "as_of": optional(day),
            "state": word_of(FigureState),
            "value": optional(whole_number),
            "is_total": yes_or_no,
            "listing_order": whole_number,
        },
    ),
    Table(
        "venues.csv", Venue, {"name": filled, "address": text, "is_online": yes_or_no}, {"municipality": Municipality}
    ),
    Table(
        "events.csv",
        Event,
        {
            **_SCHEDULED,
            "kind": word_of(EventKind),
            "title": filled,
            "ordinal": optional(whole_number),
            "theme": text,
            "listing_order": whole_number,
            "date_precision": word_of(DatePrecision),
            "date_note": text,
            "status_reason": text,
        },
        {"parent": Event, "venue": Venue},
        {"prefectures": Prefecture},
    ),
    Table(
        "exhibitions.csv",
        Exhibition,
        {
            **_SCHEDULED,
            "title": filled,
            "subtitle": text,
            "ordinal": optional(whole_number),
            "exhibitor": filled,
            "tour_note": text,
        },
        {"prefecture": Prefecture, "venue": Venue},
    ),
    Table(
        "tour_stops.csv",
        TourStop,
        {"listing_order": whole_number, "state": word_of(StopState)},
        {"exhibition": Exhibition, "ward": Ward},
    ),
    Table("disasters.csv", Disaster, {"name": filled, "listing_order": whole_number}),
    Table(
        "support_records.csv",
        SupportRecord,
        {
            "listing_order": whole_number,
            "kind": word_of(SupportKind),
            "giver": word_of(Giver),
            "amount_yen": optional(whole_number),
            "people": optional(whole_number),
            "description": text,
            "is_cumulative": optional(yes_or_no),
        },
        {"disaster": Disaster},
    ),
    Table(
        "policy_documents.csv",
        PolicyDocument,
        {
            "name": filled,
            "decided_year": whole_number,
            "decided_month": whole_number,
            "location": text,
            "summary": text,
            "ministries": text,
        },
    ),
    Table(
        "plan_items.csv",
        PlanItem,
        {"heading": filled, "title": filled, "summary": text, "listing_order": whole_number},
    ),
)
