"""What is searched: for each kind of record where its name, its words and its days stand, and when it is public."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from disaster_support.models import Disaster
from events.models import Event, Exhibition, WardProject
from municipalities.models import (
    CompanyAgreement,
    CooperationAgreement,
    MemberPost,
    Municipality,
    MunicipalityProfile,
    Prefecture,
)
from portal.core.publishing import PublicationState, Publishable
from portal.models import NewsItem, Publication
from portal.search.choices import Kind
from portal.search.paths import steps

# Old names are kept of so many mergers in a row.
GENERATIONS = 3

Window = tuple[datetime | None, datetime | None]


def _published(record: Publishable) -> Window | None:
    is_published = record.publication_state == PublicationState.PUBLISHED
    return (record.publish_at, record.unpublish_at) if is_published else None


def _always(record: Model) -> Window | None:
    return None, None


def _until_followed(town: Municipality) -> Window | None:
    """From the day it was dissolved, its name leads to whoever followed it."""
    last = town.dissolved_on
    return None, _midnight(last) if last and town.successions.all() else None


@dataclass(frozen=True, eq=False)
class Source:
    """A kind of record and, as paths from it, what is told of it.

    ``title``: a column or property; empty: the record in words. ``names``: what else it is called. ``note``: what
    stands beside its title. ``texts``: what is shown of it; ``hidden``: what only finds it, such as the readings of
    places. ``days`` and ``years``: what it is found by; ``day``: what it is dated by. ``anchor``: where it stands on
    a page that it shares with others; its key follows. ``window``: from when until when the public may see it, None
    where it may not.
    """

    kind: Kind
    model: type[Model]
    title: str = ""
    suffix: str = ""
    names: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    day: str = ""
    anchor: str = ""
    window: Callable[[Any], Window | None] = _published

    @property
    def paths(self) -> tuple[str, ...]:
        return (*self.names, *self.note, *self.texts, *self.hidden, *self.days, *self.years)

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The paths to the records that it tells of."""
        found = (step.path for path in self.paths for step in steps(self.model, path))
        return tuple(dict.fromkeys(found))

    def rows(self, keys: Iterable[Any]) -> QuerySet:
        """The records of these keys with all that is told of them."""
        return self.model._default_manager.filter(pk__in=keys).order_by("pk").prefetch_related(*self.relations)

    def record_of(self, key: Any) -> str:
        """The name by which the index knows a record."""
        return f"{self.model._meta.model_name}:{key}"

    def title_of(self, record: Any) -> str:
        return f"{getattr(record, self.title) if self.title else record}{self.suffix}"

    def url_of(self, record: Any) -> str:
        return record.get_absolute_url() + (f"#{self.anchor}{record.pk}" if self.anchor else "")


def kind_of(source: Source, record: Any) -> Kind:
    """The kind of a record: a ward is a municipality that people look for as a ward."""
    return Kind.WARD if getattr(record, "is_ward", False) else source.kind


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _former(column: str) -> tuple[str, ...]:
    """The paths to a column of the municipalities that went into one, of theirs, and so on."""
    return tuple(f"{'predecessions__predecessor__' * depth}{column}" for depth in range(1, GENERATIONS + 1))


_FORMER_NAMES, _FORMER_READINGS = _former("name"), _former("name_kana")

SOURCES = (
    Source(
        Kind.MUNICIPALITY,
        Municipality,
        "name",
        names=("name_kana", "name_en", "code", *_FORMER_NAMES, *_FORMER_READINGS),
        note=("prefecture__name",),
        texts=("name_kana", "prefecture__name", "kind", "code"),
        hidden=("prefecture__name_kana", "successions__successor__name"),
        window=_until_followed,
    ),
    Source(
        Kind.PREFECTURE,
        Prefecture,
        "name",
        names=("name_kana", "name_en"),
        texts=("name_kana", "region"),
        window=_always,
    ),
    Source(
        Kind.EVENT,
        Event,
        "title",
        names=("title_kana", "title_en", "short_title"),
        note=("kind",),
        texts=(
            *("theme", "summary", "programme", "venue__name", "venue__address", "meeting_place", "audience"),
            *("target_industry", "speakers__name", "speakers__affiliation", "speakers__topic", "results", "remarks"),
            *("roles__body__name", "roles__company__name", "roles__municipality__name", "roles__name"),
            *("owner__name", "prefectures__name", "places__name", "attachments__title", "report_attachments__title"),
        ),
        hidden=("prefectures__name_kana", "places__name_kana", "owner__name_kana"),
        days=("first_day", "last_day"),
        years=("fiscal_year",),
        day="first_day",
    ),
    Source(
        Kind.EXHIBITION,
        Exhibition,
        "full_title",
        names=("title", "subtitle"),
        note=("exhibitor",),
        texts=(
            *("summary", "exhibitor", "prefecture__name", "venue__name", "venue__address", "tour_note"),
            *("stops__ward__name", "stops__venue__name", "stops__note", "attachments__title"),
        ),
        hidden=("prefecture__name_kana", "stops__ward__name_kana"),
        days=("first_day", "last_day", "stops__first_day", "stops__last_day"),
        years=("fiscal_year", "stops__fiscal_year"),
        day="first_day",
    ),
    Source(
        Kind.PROJECT,
        WardProject,
        "title",
        note=("ward__name",),
        texts=("summary", "field", "ward__name", "municipalities__name"),
        hidden=("ward__name_kana", "municipalities__name_kana"),
        years=("fiscal_year",),
    ),
    Source(
        Kind.AGREEMENT,
        CooperationAgreement,
        "title",
        names=("bodies__name",),
        texts=("summary", "bodies__prefecture__name"),
        hidden=("bodies__prefecture__name_kana",),
        days=("signed_on",),
        day="signed_on",
        suffix="との広域連携協定",
    ),
    Source(
        Kind.AGREEMENT,
        CompanyAgreement,
        "title",
        names=("company__name",),
        note=("company__name",),
        texts=("fields_of_cooperation", "summary"),
        days=("signed_on",),
        day="signed_on",
    ),
    Source(
        Kind.DISASTER,
        Disaster,
        "name",
        texts=(
            *("summary", "struck_municipalities__name", "steps__text", "support_records__kind"),
            *("support_records__item", "support_records__job", "support_records__description"),
        ),
        hidden=("struck_municipalities__name_kana",),
        days=("first_day", "last_day", "steps__happened_on"),
        day="first_day",
    ),
    Source(
        Kind.NEWS,
        NewsItem,
        "title",
        texts=("body", "attachments__title"),
        days=("publish_at",),
        day="publish_at",
    ),
    Source(
        Kind.PUBLICATION,
        Publication,
        "title",
        note=("kind",),
        texts=("summary", "attachment__title"),
        days=("issued_on",),
        day="issued_on",
        anchor="publication-",
    ),
    Source(
        Kind.POST,
        MemberPost,
        "title",
        note=("owner__prefecture__name", "owner__name"),
        texts=("summary", "body", "kind", "owner__name", "owner__prefecture__name", "attachments__title"),
        hidden=("owner__name_kana", "owner__prefecture__name_kana"),
        days=("publish_at", "first_day", "last_day"),
        day="publish_at",
    ),
    Source(
        Kind.PROFILE,
        MunicipalityProfile,
        names=("municipality__name", "name_kana", "name_en"),
        note=("municipality__prefecture__name",),
        texts=("introduction",),
        hidden=("municipality__name_kana",),
    ),
)
