"""What the page of an event tells beside the event itself, in as few queries as its budget allows."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, IntegerField, OuterRef, QuerySet, Subquery, Value

from events.querysets.schedule import rows_of
from municipalities.models import CompanyAgreement, CooperationAgreement, Municipality, Prefecture
from portal.core.models import Attachment, Image


def roles_with_pages(at: datetime | None = None) -> QuerySet:
    """The roles of events with their holders, and the public agreement, the latest, whose page tells of each.

    ``agreement_pk`` is that of a body, ``company_agreement_pk`` that of a company; None where there is none.
    """
    roles: QuerySet = rows_of("EventRole").select_related("body", "company", "municipality__prefecture")
    agreements = CooperationAgreement.objects.published(at).filter(bodies=OuterRef("body"))
    company_agreements = CompanyAgreement.objects.published(at).filter(company=OuterRef("company"))
    return roles.annotate(agreement_pk=_latest(agreements), company_agreement_pk=_latest(company_agreements))


def _latest(agreements: QuerySet) -> Subquery:
    return Subquery(agreements.order_by("-signed_on", "-pk").values("pk")[:1])


class EventFiles(NamedTuple):
    """Pictures and papers of an event: those of its announcement and those of its report."""

    images: list[Image]
    attachments: list[Attachment]
    report_images: list[Image]
    report_attachments: list[Attachment]


def files_of(event: int, at: datetime | None = None) -> EventFiles:
    """The files of an event that may be shown at a moment, in one query."""
    shown = Image.objects.may_be_shown(at)
    images, attachments, report_images, report_attachments = _rows_by_piece(
        _picture_rows(shown.filter(events=event)),
        _paper_rows(Attachment.objects.filter(events=event)),
        _picture_rows(shown.filter(reported_events=event)),
        _paper_rows(Attachment.objects.filter(reported_events=event)),
    )
    return EventFiles(
        [_image(*row) for row in images],
        [_attachment(*row) for row in reversed(attachments)],
        [_image(*row) for row in report_images],
        [_attachment(*row) for row in reversed(report_attachments)],
    )


# The columns of a picture; those of a paper take the first places of them.
_PICTURE = (
    *("pk", "file", "alt_text", "width", "is_demo"),
    *("height", "credit", "sizes_key", "crop_left", "crop_top", "crop_width", "crop_height"),
)
_PAPER = ("pk", "file", "title", "size", "is_demo")
_TEXTS = ("credit", "sizes_key")


def _picture_rows(images: QuerySet) -> QuerySet:
    return images.order_by().values_list(*_PICTURE)


def _paper_rows(attachments: QuerySet) -> QuerySet:
    nothing = [_text("") if name in _TEXTS else _number(0) for name in _PICTURE[len(_PAPER) :]]
    return attachments.order_by().values_list(*_PAPER, *nothing)


def _image(*row: Any) -> Image:
    return Image(**dict(zip(_PICTURE, row, strict=True)))


def _attachment(*row: Any) -> Attachment:
    return Attachment(**dict(zip(_PAPER, row, strict=False)))


class EventPlaces(NamedTuple):
    """The prefectures an event is about, and the municipalities that took part in it."""

    prefectures: list[Prefecture]
    participants: list[Municipality]


def places_of(event: int) -> EventPlaces:
    """The prefectures and participants of an event in the order of their codes, in one query."""
    prefectures, participants = _rows_by_piece(
        Prefecture.objects.filter(events=event).values_list("pk", "name", _text(""), _text("")),
        Municipality.objects.filter(events_joined=event).values_list("pk", "name", "kind", "prefecture__name"),
    )
    return EventPlaces(
        [Prefecture(code=code, name=name) for code, name, *_ in prefectures], [_town(*row) for row in participants]
    )


def _town(code: str, name: str, kind: str, prefecture: str) -> Municipality:
    return Municipality(code=code, name=name, kind=kind, prefecture=Prefecture(code=code[:2], name=prefecture))


def _rows_by_piece(*pieces: QuerySet) -> list[list[tuple]]:
    """The rows of several queries with the same columns, each sorted by its first column, asked for as one query."""
    first, *others = (piece.order_by().annotate(piece=_number(number)) for number, piece in enumerate(pieces))
    found: list[list[tuple]] = [[] for _ in pieces]
    for *row, number in first.union(*others, all=True):
        found[number].append(tuple(row))
    return [sorted(rows) for rows in found]


def _text(value: str) -> Any:
    return Value(value, output_field=CharField())


def _number(value: int) -> Any:
    return Value(value, output_field=IntegerField())
