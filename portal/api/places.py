"""Municipalities, prefectures, wards, and the ties between them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from municipalities.choices import MunicipalityKind, Relation, TieKind
from municipalities.models import Municipality, Prefecture, Ward, WardTie
from municipalities.querysets import MunicipalityQuerySet, WardTieQuerySet
from portal.api.service import Paging, answers, page_of
from portal.api.words import Day, MunicipalityCode, Page, Place, PrefectureCode, Word, Words, place, word
from portal.core.periods import last_day

router = Router(tags=["自治体"])


class AsOf(Paging):
    as_of: Day | None = Field(None, description="いつ現在か。なければ今日", examples=["2021-01-01"])

    @property
    def day(self) -> date:
        return self.as_of or timezone.localdate()


class MunicipalityFilters(AsOf):
    q: Words | None = Field(None, description="名称、読み、英語名、団体コード", examples=["シルク"])
    prefecture: PrefectureCode | None = Field(None, description="都道府県（2桁のコード）", examples=["26"])
    kind: MunicipalityKind | None = Field(None, description="種別", examples=["city"])
    relation: Relation | None = Field(
        None, description="23区との関係（公式の記録だけを数えます）", examples=["agreement"]
    )

    def found(self) -> MunicipalityQuerySet:
        rows = Municipality.objects.existing()
        rows = rows.matching(self.q) if self.q else rows
        rows = rows.in_prefecture(self.prefecture) if self.prefecture else rows
        rows = rows.of_kind(self.kind) if self.kind else rows
        return rows.linked(self.relation, self.day, official=True) if self.relation else rows


class MunicipalityAnswer(Place):
    page: str
    name_kana: str
    name_en: str
    kind: Word
    latitude: float | None
    longitude: float | None
    official_site: str
    has_exchange: bool = Field(description="特別区との交流があるか（公式の記録）")
    is_member: bool = Field(description="会員登録自治体であるか（公式の記録）")
    has_agreement: bool = Field(description="広域連携協定の構成自治体であるか（公式の記録）")


def _municipality(request: HttpRequest, row: Any) -> MunicipalityAnswer:
    same = ("name_kana", "name_en", "latitude", "longitude", "official_site")
    return MunicipalityAnswer(
        **place(row).dict(),
        **{name: getattr(row, name) for name in same},
        page=request.build_absolute_uri(row.get_absolute_url()),
        kind=word(MunicipalityKind, row.kind),
        has_exchange=row.official_exchange,
        is_member=row.official_member,
        has_agreement=row.official_agreement,
    )


@router.get(
    "municipalities",
    response=answers(Page[MunicipalityAnswer]),
    summary="自治体の一覧",
    operation_id="list_municipalities",
)
def list_municipalities(request: HttpRequest, asked: Query[MunicipalityFilters]) -> Any:
    """市区町村（特別区を含む）を、団体コードの順に返します。"""
    rows = asked.found().with_links(asked.day).order_by("code")
    return page_of(request, rows, asked, lambda row: _municipality(request, row))


@router.get(
    "municipalities/{code}",
    response=answers(MunicipalityAnswer, 404),
    summary="一つの自治体",
    operation_id="get_municipality",
)
def get_municipality(request: HttpRequest, code: Path[MunicipalityCode]) -> Any:
    return _municipality(request, _one(Municipality.objects.with_links(), code))


def _one(rows: Any, code: str) -> Any:
    row = rows.with_code(code).first()
    if row is None:
        raise Http404
    return row


class PrefectureAnswer(Schema):
    code: str
    name: str
    name_kana: str
    name_en: str
    region: str
    municipality_count: int = Field(description="市区町村の数")
    linked_count: int = Field(description="連携自治体の数（公式の記録）")
    page: str


def _prefecture(request: HttpRequest, row: Any) -> PrefectureAnswer:
    same = ("code", "name", "name_kana", "name_en", "region", "municipality_count", "linked_count")
    page = request.build_absolute_uri(row.get_absolute_url())
    return PrefectureAnswer(**{name: getattr(row, name) for name in same}, page=page)


@router.get(
    "prefectures", response=answers(Page[PrefectureAnswer]), summary="都道府県の一覧", operation_id="list_prefectures"
)
def list_prefectures(request: HttpRequest, asked: Query[AsOf]) -> Any:
    """47都道府県と、連携自治体の数を返します。"""
    rows = Prefecture.objects.with_municipality_count().with_linked_count(asked.day).order_by("code")
    return page_of(request, rows, asked, lambda row: _prefecture(request, row))


class WardAnswer(Place):
    page: str
    name_kana: str
    name_en: str
    official_site: str
    tie_count: int = Field(description="交流の数（公式の記録）")
    partner_count: int = Field(description="交流する自治体の数（公式の記録）")


def _ward(request: HttpRequest, row: Any) -> WardAnswer:
    same = ("name_kana", "name_en", "official_site", "tie_count", "partner_count")
    page = request.build_absolute_uri(row.get_absolute_url())
    return WardAnswer(**place(row).dict(), **{name: getattr(row, name) for name in same}, page=page)


@router.get("wards", response=answers(Page[WardAnswer]), summary="特別区の一覧", operation_id="list_wards")
def list_wards(request: HttpRequest, asked: Query[AsOf]) -> Any:
    """23の特別区と、交流の数を返します。"""
    rows = Ward.objects.get_queryset().with_tie_counts(asked.day).order_by("code")
    return page_of(request, rows, asked, lambda row: _ward(request, row))


class TieFilters(Paging):
    as_of: Day | None = Field(
        None, description="この日に続いている交流だけ。なければ終わった交流も返します", examples=["2021-01-01"]
    )
    ward: MunicipalityCode | None = Field(None, description="特別区（6桁のコード）", examples=["131091"])
    municipality: MunicipalityCode | None = Field(None, description="交流自治体（6桁のコード）", examples=["131091"])
    kind: TieKind | None = Field(None, description="種別", examples=["sister"])

    def found(self) -> WardTieQuerySet:
        rows = WardTie.objects.for_open_data()
        rows = rows.with_values(self.dict(include={"ward", "municipality", "kind"}, exclude_none=True))
        return rows.in_force(self.as_of) if self.as_of else rows


class TieAnswer(Schema):
    id: int
    ward: Place
    municipality: Place
    kind: Word
    title: str
    starts_on: date | None
    last_day: date | None = Field(description="最後の日。続いていればnull")
    evidence: str
    is_demo: bool


def _tie(tie: WardTie) -> TieAnswer:
    return TieAnswer(
        id=tie.pk,
        ward=place(tie.ward),
        municipality=place(tie.municipality),
        kind=word(TieKind, tie.kind),
        title=tie.title,
        starts_on=tie.starts_on,
        last_day=last_day(tie.ends_on),
        evidence=tie.evidence,
        is_demo=tie.is_demo,
    )


@router.get("ties", response=answers(Page[TieAnswer]), summary="各区の交流の一覧", operation_id="list_ties")
def list_ties(request: HttpRequest, asked: Query[TieFilters]) -> Any:
    """特別区と自治体の友好都市、災害時応援協定などの交流を返します。"""
    return page_of(request, asked.found(), asked, _tie)
