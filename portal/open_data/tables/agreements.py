"""agreements.csv: the agreements with associations of mayors, and the municipalities that belong to them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from events.profiles import Column, Kind, Profile
from municipalities.models import AgreementMember, CooperationAgreement
from portal.core.periods import last_day
from portal.open_data.dataset import Dataset, Moment, summary_of_published

RENEWAL = {True: "1年ごと", False: "なし", None: ""}

PROFILE = Profile(
    "agreements",
    "広域連携協定と構成自治体",
    "1.0",
    "特別区全国連携プロジェクト",
    (
        Column("協定番号", "agreement", Kind.WHOLE_NUMBER, "協定を特定する番号。変わりません。", "1", True),
        Column(
            "締結団体", "bodies", Kind.TEXT, "協定を結んだ市長会・町村会。「・」で区切ります。", "北海道町村会", True
        ),
        Column("締結日", "signed_on", Kind.DAY, "協定を結んだ日。", "2016-04-26", True),
        Column("終了日", "ends_on", Kind.DAY, "効力の最後の日。続いているときは空欄です。", "2026-03-31"),
        Column("更新", "renewal", Kind.CHOICE, "1年ごと・なしのいずれか。分からないときは空欄です。", "1年ごと"),
        Column("団体コード", "code", Kind.CODE, "構成自治体の団体コード。", "013315"),
        Column("都道府県名", "prefecture", Kind.TEXT, "構成自治体の都道府県。", "北海道"),
        Column("市区町村名", "municipality", Kind.TEXT, "構成自治体の名称。", "松前町"),
        Column("参加日", "joined_on", Kind.DAY, "構成自治体となった日。", "2016-04-26"),
        Column("離脱日", "left_on", Kind.DAY, "構成自治体だった最後の日。続いているときは空欄です。", "2024-03-31"),
        Column("ページ", "page", Kind.URL, "このサイトの協定のページ。", "https://www.example.jp/agreements/1/"),
    ),
)


def _rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for agreement in CooperationAgreement.objects.published(moment.at).official().with_members():
        page = f"{moment.site}{agreement.get_absolute_url()}"
        for member in agreement.members.all() or [None]:
            yield (*_agreement(agreement), *_member(member), page)


def _agreement(agreement: CooperationAgreement) -> tuple[Any, ...]:
    renewal = RENEWAL[agreement.renews_annually]
    return (agreement.pk, agreement.title, agreement.signed_on, last_day(agreement.ends_on), renewal)


def _member(member: AgreementMember | None) -> tuple[Any, ...]:
    if member is None:
        return ("", "", "", None, None)
    place = member.municipality
    return (place.code, place.prefecture.name, place.name, member.joined_on, last_day(member.left_on))


def _lines(public: Q) -> Combinable:
    """One for each member, and one for an agreement without any."""
    return Count(Coalesce(F("members__pk"), Value(0)), filter=public)


def _summary(dataset: str, at: datetime) -> QuerySet:
    return summary_of_published(CooperationAgreement.objects.official(), dataset, at, _lines)


AGREEMENTS = Dataset(
    "agreements",
    "広域連携協定",
    "市長会・町村会との協定と、その構成自治体。構成自治体ごとに1行です。終わった協定も含みます。",
    (PROFILE,),
    _rows,
    _summary,
    CooperationAgreement,
)
