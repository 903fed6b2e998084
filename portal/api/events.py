"""Events."""

from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from events.choices import DatePrecision, EventKind, EventRoleKind, Status
from events.models import Event, Venue
from events.querysets import EventQuerySet
from events.rules import state_at
from portal.api.service import Paging, answers, page_of
from portal.api.words import (
    Day,
    FiscalYear,
    Key,
    MunicipalityCode,
    Page,
    PrefectureCode,
    Word,
    Words,
    word,
)

router = Router(tags=["イベント"])


class EventFilters(Paging):
    q: Words | None = Field(None, description="名称・テーマ・概要に含まれることば", examples=["シルク"])
    kind: EventKind | None = Field(None, description="種別", examples=["lecture"])
    status: Status | None = Field(None, description="実施状況", examples=["planned"])
    fiscal_year: FiscalYear | None = Field(None, description="年度", examples=[2018])
    prefecture: PrefectureCode | None = Field(None, description="関係する都道府県（2桁のコード）", examples=["26"])
    municipality: MunicipalityCode | None = Field(None, description="関わる自治体（6桁のコード）", examples=["131091"])
    ward: MunicipalityCode | None = Field(None, description="関わる特別区（6桁のコード）", examples=["131091"])
    since: Day | None = Field(None, alias="from", description="この日以後に行われるもの", examples=["2021-01-01"])
    until: Day | None = Field(None, alias="to", description="この日以前に行われるもの", examples=["2021-01-01"])

    def found(self, at: datetime) -> EventQuerySet:
        rows = Event.objects.published(at)
        exact = {"kind": self.kind, "status": self.status, "fiscal_year": self.fiscal_year}
        rows = rows.with_values({name: value for name, value in exact.items() if value is not None})
        rows = rows.telling_of(self.q) if self.q else rows
        rows = rows.in_prefecture(self.prefecture) if self.prefecture else rows
        rows = rows.within(self.since, self.until) if self.since or self.until else rows
        for code in filter(None, (self.municipality, self.ward)):
            rows = rows.in_municipality(code)
        return rows


class VenueAnswer(Schema):
    name: str = Field(examples=["東京区政会館"])
    municipality: str | None = Field(description="会場のある自治体の団体コード", examples=["131016"])
    address: str
    latitude: float | None
    longitude: float | None
    is_online: bool


class EventAnswer(Schema):
    id: int = Field(examples=[12])
    page: str = Field(description="このサイトのページ")
    title: str
    kind: Word
    status: Word
    state: str = Field(description="問い合わせた時点の段階", examples=["開催予定"])
    fiscal_year: int
    date_precision: Word
    first_day: date | None
    last_day: date | None
    start_time: time | None
    end_time: time | None
    date_note: str
    venue: VenueAnswer | None
    owner: str | None = Field(description="掲載する自治体の団体コード。23区一体の事業はnull")
    whole: int | None = Field(description="このイベントを含む大きなイベントのid")
    is_online: bool
    is_free: bool | None = Field(description="分からないときはnull")
    is_demo: bool
    updated_at: datetime


class RoleAnswer(Schema):
    role: Word
    name: str
    municipality: str | None = Field(description="自治体であれば団体コード")


class SpeakerAnswer(Schema):
    name: str
    affiliation: str
    topic: str


class PartAnswer(Schema):
    id: int
    title: str
    page: str


class ScheduleAnswer(Schema):
    first_day: date | None
    last_day: date | None
    replaced_on: date | None


class EventDetail(EventAnswer):
    title_kana: str
    title_en: str
    theme: str
    status_reason: str
    status_changed_on: date | None
    summary: str
    programme: str
    audience: str
    capacity: int | None
    fee: str
    application: str
    application_deadline: date | None
    url: str
    remarks: str
    results: str
    visitors: int | None
    prefectures: list[str] = Field(description="関係する都道府県のコード")
    roles: list[RoleAnswer]
    speakers: list[SpeakerAnswer]
    parts: list[PartAnswer]
    former_schedules: list[ScheduleAnswer] = Field(description="変更前の日程")


# What is told under the name of the column.
_PLAIN = (
    *("title", "fiscal_year", "first_day", "last_day", "start_time", "end_time", "date_note"),
    *("is_online", "is_free", "is_demo", "updated_at"),
)
_PLAIN_IN_DETAIL = (
    *("title_kana", "title_en", "theme", "status_reason", "status_changed_on", "summary", "programme", "audience"),
    *("capacity", "fee", "application", "application_deadline", "url", "remarks", "results", "visitors"),
)


def _event(request: HttpRequest, event: Event, at: datetime) -> dict[str, Any]:
    return {name: getattr(event, name) for name in _PLAIN} | {
        "id": event.pk,
        "page": request.build_absolute_uri(event.get_absolute_url()),
        "kind": word(EventKind, event.kind),
        "status": word(Status, event.status),
        "state": state_at(event, at, start_time=event.start_time).label,
        "date_precision": word(DatePrecision, event.date_precision),
        "venue": _venue(event.venue) if event.venue else None,
        "owner": event.owner_id,
        "whole": event.parent_id,
    }


def _venue(venue: Venue) -> VenueAnswer:
    same = ("name", "address", "latitude", "longitude", "is_online")
    return VenueAnswer(**{name: getattr(venue, name) for name in same}, municipality=venue.municipality_id)


def _detail(request: HttpRequest, event: Event, at: datetime) -> EventDetail:
    return EventDetail(
        **_event(request, event, at),
        **{name: getattr(event, name) for name in _PLAIN_IN_DETAIL},
        prefectures=[prefecture.code for prefecture in event.prefectures.all()],
        roles=[
            RoleAnswer(role=word(EventRoleKind, role.role), name=str(role.holder), municipality=role.municipality_id)
            for role in event.roles.all()
        ],
        speakers=[SpeakerAnswer.from_orm(speaker) for speaker in event.speakers.all()],
        parts=[
            PartAnswer(id=part.pk, title=part.title, page=request.build_absolute_uri(part.get_absolute_url()))
            for part in event.sub_events.all()
        ],
        former_schedules=[ScheduleAnswer.from_orm(schedule) for schedule in event.former_schedules.all()],
    )


@router.get("", response=answers(Page[EventAnswer]), summary="イベントの一覧", operation_id="list_events")
def list_events(request: HttpRequest, asked: Query[EventFilters]) -> Any:
    """公開中のイベントを、日の新しい順に返します。大きなイベントの部分も、一つのイベントとして数えます。"""
    at = timezone.now()
    rows = asked.found(at).for_list().newest_first()
    return page_of(request, rows, asked, lambda event: EventAnswer(**_event(request, event, at)))


@router.get("/{id}", response=answers(EventDetail, 404, 410), summary="一つのイベント", operation_id="get_event")
def get_event(request: HttpRequest, id: Path[Key]) -> Any:
    """概要、プログラム、申込み、役割、開催報告までを返します。"""
    at = timezone.now()
    return _detail(request, Event.objects.for_api(at).get_public(at, pk=id), at)
