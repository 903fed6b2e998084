"""Agreements with associations of mayors, and with companies."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from municipalities.models import CompanyAgreement, CooperationAgreement
from portal.api.service import Paging, answers, page_of
from portal.api.words import Day, Key, Page, Place, PrefectureCode, place
from portal.core.periods import last_day

router = Router(tags=["協定"])


class AgreementFilters(Paging):
    as_of: Day | None = Field(
        None, description="この日に効力のある協定だけ。構成自治体の数もこの日のものです", examples=["2021-01-01"]
    )
    prefecture: PrefectureCode | None = Field(None, description="締結団体の都道府県（2桁のコード）", examples=["26"])

    def found(self) -> Any:
        rows = CooperationAgreement.objects.published().for_list(self.as_of)
        rows = rows.in_force(self.as_of) if self.as_of else rows
        rows = rows.in_prefecture(self.prefecture) if self.prefecture else rows
        return rows.order_by("signed_on", "listing_order", "pk")


class AgreementAnswer(Schema):
    id: int
    page: str
    bodies: list[str] = Field(description="締結団体", examples=[["北海道町村会"]])
    signed_on: date
    last_day: date | None = Field(description="効力の最後の日。続いていればnull")
    renews_annually: bool | None
    summary: str
    member_count: int = Field(description="構成自治体の数")
    is_demo: bool
    updated_at: datetime


class MemberAnswer(Place):
    joined_on: date
    last_day: date | None = Field(description="構成自治体だった最後の日。続いていればnull")


class AgreementDetail(AgreementAnswer):
    members: list[MemberAnswer] = Field(description="構成自治体。離れた自治体も含みます")


def _agreement(request: HttpRequest, row: Any) -> dict[str, Any]:
    same = ("signed_on", "renews_annually", "summary", "member_count", "is_demo", "updated_at")
    return {name: getattr(row, name) for name in same} | {
        "id": row.pk,
        "page": request.build_absolute_uri(row.get_absolute_url()),
        "bodies": [body.name for body in row.bodies.all()],
        "last_day": last_day(row.ends_on),
    }


@router.get(
    "agreements", response=answers(Page[AgreementAnswer]), summary="広域連携協定の一覧", operation_id="list_agreements"
)
def list_agreements(request: HttpRequest, asked: Query[AgreementFilters]) -> Any:
    """市長会・町村会との協定を、締結の古い順に返します。"""
    return page_of(request, asked.found(), asked, lambda row: AgreementAnswer(**_agreement(request, row)))


@router.get(
    "agreements/{id}",
    response=answers(AgreementDetail, 404, 410),
    summary="一つの広域連携協定",
    operation_id="get_agreement",
)
def get_agreement(request: HttpRequest, id: Path[Key]) -> Any:
    """構成自治体とともに返します。"""
    row = CooperationAgreement.objects.for_list(timezone.localdate()).with_member_rows().get_public(pk=id)
    members = [
        MemberAnswer(**place(member.municipality).dict(), joined_on=member.joined_on, last_day=last_day(member.left_on))
        for member in row.members.all()
    ]
    return AgreementDetail(**_agreement(request, row), members=members)


class CompanyAgreementFilters(Paging):
    as_of: Day | None = Field(None, description="この日に効力のある協定だけ", examples=["2021-01-01"])


class CompanyAgreementAnswer(Schema):
    id: int
    page: str
    title: str
    company: str
    signed_on: date
    last_day: date | None = Field(description="効力の最後の日。続いていればnull")
    fields_of_cooperation: list[str] = Field(description="連携分野")
    summary: str
    is_demo: bool
    updated_at: datetime


def _company_agreement(request: HttpRequest, row: CompanyAgreement) -> CompanyAgreementAnswer:
    same = ("title", "signed_on", "summary", "is_demo", "updated_at")
    return CompanyAgreementAnswer(
        **{name: getattr(row, name) for name in same},
        id=row.pk,
        page=request.build_absolute_uri(row.get_absolute_url()),
        company=row.company.name,
        last_day=last_day(row.ends_on),
        fields_of_cooperation=row.fields_of_cooperation.splitlines(),
    )


@router.get(
    "company-agreements",
    response=answers(Page[CompanyAgreementAnswer]),
    summary="企業との包括連携協定の一覧",
    operation_id="list_company_agreements",
)
def list_company_agreements(request: HttpRequest, asked: Query[CompanyAgreementFilters]) -> Any:
    rows = CompanyAgreement.objects.published().for_list()
    rows = rows.in_force(asked.as_of) if asked.as_of else rows
    return page_of(request, rows, asked, lambda row: _company_agreement(request, row))
