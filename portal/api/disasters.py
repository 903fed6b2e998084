"""Disasters, and what the wards gave."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema

from disaster_support.choices import Giver, NoticeLevel, SupportKind
from disaster_support.models import Disaster, EmergencyNotice, SupportRecord
from portal.api.service import Paging, answers, page_of
from portal.api.words import Key, Page, Word, word

router = Router(tags=["被災地支援"])


class SupportAnswer(Schema):
    kind: Word
    giver: Word
    amount_yen: int | None = Field(description="金額（円）。お金でなければnull")
    people: int | None = Field(description="人数。記載がなければnull")
    ward: str = Field(description="一つの区の支援であれば、その区の名前")
    item: str = Field(description="品目")
    quantity: int | None = Field(description="数量。記載がなければnull")
    unit: str = Field(description="数量の単位")
    job: str = Field(description="派遣した職員の職種・業務")
    dispatch_state: str = Field(description="派遣の状態")
    description: str
    as_of: date | None
    is_cumulative: bool | None
    is_superseded: bool = Field(description="後の累積の数に置き換わった、前の数であればtrue。合計に入れません")
    is_demo: bool


class DisasterAnswer(Schema):
    id: int
    page: str
    name: str
    first_day: date | None
    last_day: date | None
    summary: str
    support: list[SupportAnswer] = Field(description="支援。種類の違うお金は合計できません")
    is_demo: bool
    updated_at: datetime


class NoticeAnswer(Schema):
    level: Word
    title: str
    body: str
    url: str
    starts_at: datetime
    ends_at: datetime | None
    is_drill: bool = Field(description="訓練であればtrue")
    updated_at: datetime


def _notice(notice: EmergencyNotice) -> NoticeAnswer:
    same = ("title", "body", "url", "starts_at", "ends_at", "is_drill", "updated_at")
    return NoticeAnswer(**{name: getattr(notice, name) for name in same}, level=word(NoticeLevel, notice.level))


@router.get(
    "emergency-notices",
    response=answers(list[NoticeAnswer]),
    summary="いま表示している緊急のお知らせ",
    operation_id="list_emergency_notices",
)
def list_emergency_notices(request: HttpRequest) -> Any:
    """緊急のお知らせを、重大なものから返します。なければ空です。"""
    return [_notice(notice) for notice in EmergencyNotice.objects.active()]


def _support(record: SupportRecord) -> SupportAnswer:
    same = ("amount_yen", "people", "item", "quantity", "unit", "job", "description", "as_of", "is_cumulative")
    return SupportAnswer(
        **{name: getattr(record, name) for name in same},
        kind=word(SupportKind, record.kind),
        giver=word(Giver, record.giver),
        ward=record.ward.name if record.ward else "",
        dispatch_state=record.get_dispatch_state_display(),
        is_superseded=record.is_superseded,  # type: ignore[attr-defined]
        is_demo=record.is_demo,
    )


def _disaster(request: HttpRequest, row: Disaster) -> DisasterAnswer:
    same = ("name", "first_day", "last_day", "summary", "is_demo", "updated_at")
    return DisasterAnswer(
        **{name: getattr(row, name) for name in same},
        id=row.pk,
        page=request.build_absolute_uri(row.get_absolute_url()),
        support=[_support(record) for record in row.support_records.all()],
    )


@router.get("disasters", response=answers(Page[DisasterAnswer]), summary="災害の一覧", operation_id="list_disasters")
def list_disasters(request: HttpRequest, asked: Query[Paging]) -> Any:
    """災害を、特別区が行った支援とともに返します。"""
    rows = Disaster.objects.published().for_list().order_by("-listing_order", "-pk")
    return page_of(request, rows, asked, lambda row: _disaster(request, row))


@router.get(
    "disasters/{id}", response=answers(DisasterAnswer, 404, 410), summary="一つの災害", operation_id="get_disaster"
)
def get_disaster(request: HttpRequest, id: Path[Key]) -> Any:
    return _disaster(request, Disaster.objects.for_list().get_public(pk=id))
