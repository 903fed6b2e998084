"""Exhibitions and the stops of their tours; ward projects."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from events.choices import DatePrecision, ProjectField, Status, StopState
from events.models import Exhibition, TourStop, WardProject
from events.shown import shown_exhibition
from portal.api.service import Paging, answers, page_of
from portal.api.words import FiscalYear, Key, MunicipalityCode, Page, Place, PrefectureCode, Word, place, word

router = Router(tags=["全国連携展示・各区事業"])


class ExhibitionFilters(Paging):
    fiscal_year: FiscalYear | None = Field(None, description="年度", examples=[2018])
    status: Status | None = Field(None, description="実施状況", examples=["planned"])
    prefecture: PrefectureCode | None = Field(None, description="都道府県（2桁のコード）", examples=["26"])

    def wanted(self) -> dict[str, Any]:
        return self.dict(include={"fiscal_year", "status", "prefecture"}, exclude_none=True)


class StopAnswer(Schema):
    ward: str | None = Field(description="特別区の団体コード。決まっていなければnull", examples=["131091"])
    venue: str
    fiscal_year: int | None
    first_day: date | None
    last_day: date | None
    state: Word
    is_here: bool = Field(description="問い合わせた日に、ここで見られるか")
    note: str


class ExhibitionAnswer(Schema):
    id: int
    page: str
    title: str
    subtitle: str
    exhibitor: str
    prefecture: str | None
    status: Word
    state: str = Field(description="問い合わせた時点の段階", examples=["巡回中"])
    fiscal_year: int
    date_precision: Word
    first_day: date | None
    last_day: date | None
    date_note: str
    venue: str
    stops: list[StopAnswer] = Field(description="巡回先。順番のとおり")
    is_demo: bool
    updated_at: datetime


def _exhibition(request: HttpRequest, exhibition: Exhibition, at: datetime) -> ExhibitionAnswer:
    shown = shown_exhibition(exhibition, at)
    same = ("title", "subtitle", "exhibitor", "fiscal_year", "first_day", "last_day", "date_note", "is_demo")
    return ExhibitionAnswer(
        **{name: getattr(exhibition, name) for name in (*same, "updated_at")},
        id=exhibition.pk,
        page=request.build_absolute_uri(exhibition.get_absolute_url()),
        prefecture=exhibition.prefecture_id,
        status=word(Status, exhibition.status),
        state=shown.state.label,
        date_precision=word(DatePrecision, exhibition.date_precision),
        venue=exhibition.venue.name if exhibition.venue else "",
        stops=[_stop(station.stop, is_here=station.is_here) for station in shown.stations],
    )


def _stop(stop: TourStop, *, is_here: bool) -> StopAnswer:
    return StopAnswer(
        ward=stop.ward_id,
        venue=stop.venue.name if stop.venue else "",
        fiscal_year=stop.fiscal_year,
        first_day=stop.first_day,
        last_day=stop.last_day,
        state=word(StopState, stop.state),
        is_here=is_here,
        note=stop.note,
    )


@router.get(
    "exhibitions",
    response=answers(Page[ExhibitionAnswer]),
    summary="全国連携展示の一覧",
    operation_id="list_exhibitions",
)
def list_exhibitions(request: HttpRequest, asked: Query[ExhibitionFilters]) -> Any:
    """公開中の全国連携展示を、巡回先とともに新しい順に返します。"""
    at = timezone.now()
    rows = Exhibition.objects.published(at).with_values(asked.wanted()).for_list().latest_first()
    return page_of(request, rows, asked, lambda row: _exhibition(request, row, at))


@router.get(
    "exhibitions/{id}",
    response=answers(ExhibitionAnswer, 404, 410),
    summary="一つの全国連携展示",
    operation_id="get_exhibition",
)
def get_exhibition(request: HttpRequest, id: Path[Key]) -> Any:
    """巡回先のそれぞれの区、会場、日程、状態を返します。"""
    at = timezone.now()
    return _exhibition(request, Exhibition.objects.for_list().get_public(at, pk=id), at)


class ProjectFilters(Paging):
    ward: MunicipalityCode | None = Field(None, description="実施する特別区（6桁のコード）", examples=["131091"])
    municipality: MunicipalityCode | None = Field(None, description="連携自治体（6桁のコード）", examples=["131091"])
    field: ProjectField | None = Field(None, description="分野", examples=["tourism"])
    status: Status | None = Field(None, description="実施状況", examples=["planned"])
    fiscal_year: FiscalYear | None = Field(None, description="年度", examples=[2018])

    def wanted(self) -> dict[str, Any]:
        return self.dict(include={"ward", "municipality", "field", "status", "fiscal_year"}, exclude_none=True)


class ProjectAnswer(Schema):
    id: int
    page: str
    title: str
    ward: Place
    field: Word
    fiscal_year: int
    status: Word
    summary: str
    url: str
    municipalities: list[Place] = Field(description="連携自治体")
    is_demo: bool
    updated_at: datetime


def _project(request: HttpRequest, project: WardProject) -> ProjectAnswer:
    same = ("title", "fiscal_year", "summary", "url", "is_demo", "updated_at")
    return ProjectAnswer(
        **{name: getattr(project, name) for name in same},
        id=project.pk,
        page=request.build_absolute_uri(project.get_absolute_url()),
        ward=place(project.ward),
        field=word(ProjectField, project.field),
        status=word(Status, project.status),
        municipalities=[place(row) for row in project.municipalities.all()],
    )


@router.get("projects", response=answers(Page[ProjectAnswer]), summary="各区事業の一覧", operation_id="list_projects")
def list_projects(request: HttpRequest, asked: Query[ProjectFilters]) -> Any:
    """公開中の各区事業を、連携自治体とともに返します。"""
    rows = WardProject.objects.published().matching(asked.wanted()).for_list().order_by("-fiscal_year", "ward", "pk")
    return page_of(request, rows, asked, lambda row: _project(request, row))


@router.get(
    "projects/{id}", response=answers(ProjectAnswer, 404, 410), summary="一つの各区事業", operation_id="get_project"
)
def get_project(request: HttpRequest, id: Path[Key]) -> Any:
    return _project(request, WardProject.objects.for_list().get_public(pk=id))
