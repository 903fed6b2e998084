"""The numbers of a day, and the projects until it, as tables for Excel files."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from events.choices import EventKind
from events.models import Event, Exhibition, WardProject
from municipalities.choices import Relation
from municipalities.models import Prefecture, Ward, WardTie
from portal.core.spreadsheets import Cell, Column, Sheet
from portal.core.wareki import era_date, era_fiscal_year, fiscal_year_of
from portal.statistics.overview import EXHIBITIONS
from portal.statistics.partners import SETS, Partners, partners_by_prefecture

NOBODY = Partners({})
_CODE, _YEAR = Column("コード", 10), Column("年度", 8, is_plain=True)
_ERA, _FROM, _UNTIL = Column("年度（元号）", 14), Column("初日", 12), Column("最終日", 12)


def municipality_sheets(day: date) -> list[Sheet]:
    """自治体数一覧: by ward, by prefecture, and what is counted; three queries."""
    return [
        Sheet("区別", [_CODE, Column("特別区", 14), Column("交流自治体数", 16)], _by_ward(day)),
        Sheet("都道府県別", _PREFECTURE_COLUMNS, _by_prefecture(day)),
        Sheet("定義", [Column("項目", 34), Column("内容", 90)], _definitions(day)),
    ]


_PREFECTURE_COLUMNS = [
    _CODE,
    Column("都道府県", 12),
    Column("自治体数（特別区を含む）", 14),
    *(Column(str(relation.label), 18) for relation in SETS),
    Column("連携自治体の合計（重なりを除く）", 18),
    Column("重なって数えられた分", 14),
]


def _by_ward(day: date) -> Iterator[list[Cell]]:
    partners = WardTie.objects.partners_by_ward(day)
    for ward in Ward.objects.order_by("code"):
        yield [ward.code, ward.name, partners.get(ward.code, 0)]


def _by_prefecture(day: date) -> Iterator[list[Cell]]:
    """Each prefecture, and all of Japan last."""
    partners = partners_by_prefecture(day)
    lines = []
    rows: Iterable[Any] = Prefecture.objects.with_municipality_count().order_by("code")
    for row in rows:
        lines.append([row.municipality_count, *_numbers(partners.get(row.code, NOBODY))])
        yield [row.code, row.name, *lines[-1]]
    if lines:
        yield [None, "全国", *map(sum, zip(*lines, strict=True))]


def _numbers(partners: Partners) -> list[int]:
    return [*(partners.within(relation) for relation in SETS), partners.union, partners.surplus]


def _definitions(day: date) -> Iterator[list[Cell]]:
    yield ["いつ現在", f"{era_date(day)}（{day.isoformat()}）現在。すべて、公開している公式の記録から算出した数です。"]
    yield ["特別区の交流自治体数", "その日に、区が交流している自治体の数。同じ自治体は一度だけ数えます。"]
    yield [str(Relation.EXCHANGE.label), "23区のどれかと、その日に交流のある自治体の数。"]
    yield [str(Relation.MEMBER.label), "その日に、会員として登録されている自治体の数。"]
    yield [str(Relation.AGREEMENT.label), "その日に効力のある広域連携協定に、その日に参加している自治体の数。"]
    yield ["連携自治体の合計（重なりを除く）", "三つの区分のどれか一つ以上に入る自治体の数。足し算ではありません。"]
    yield ["重なって数えられた分", "三つの区分の数を足した数と、合計との差。"]
    yield [
        "公表値との違い",
        "資料の公表値には、もとになる一覧がないものがあります。記録のない自治体は、この表では数えていません。",
    ]


def project_sheets(day: date, site: str, at: datetime | None = None) -> list[Sheet]:
    """連携事業一覧 until the fiscal year of a day, of what is public at a moment; ``site`` begins the addresses."""
    return [
        Sheet("各区事業", _WARD_PROJECT_COLUMNS, _ward_projects(day, site, at)),
        Sheet("23区一体事業", _JOINT_COLUMNS, _joint_projects(day, site, at)),
    ]


_WARD_PROJECT_COLUMNS = [
    *(_YEAR, _ERA, Column("区コード", 10), Column("特別区", 12), Column("名称", 40), Column("分野", 14)),
    *(Column("実施状況", 10), Column("連携自治体", 40), Column("概要", 60), Column("ページ", 40)),
]
_JOINT_COLUMNS = [
    *(_YEAR, _ERA, Column("種別", 28), Column("回", 6), Column("名称", 50), Column("テーマ", 40)),
    *(_FROM, _UNTIL, Column("日程の補足", 24), Column("会場", 30), Column("状態", 10), Column("状態の理由", 40)),
    *(Column("全体のイベント", 30), Column("ページ", 40)),
]


def _ward_projects(day: date, site: str, at: datetime | None) -> Iterator[list[Cell]]:
    rows = WardProject.objects.published(at).official().until_fiscal_year(fiscal_year_of(day))
    for row in rows.by_ward().for_list():
        partners = "、".join(town.name for town in row.municipalities.all())
        yield [
            *(row.fiscal_year, era_fiscal_year(row.fiscal_year), row.ward.code, row.ward.name, row.title),
            *(row.get_field_display(), row.get_status_display(), partners, row.summary, site + row.get_absolute_url()),
        ]


def _joint_projects(day: date, site: str, at: datetime | None) -> Iterator[list[Cell]]:
    """Events with their parts, then exhibitions, fiscal year by fiscal year."""
    year = fiscal_year_of(day)
    events = Event.objects.published(at).official().joint().until_fiscal_year(year)
    for event in events.by_fiscal_year().for_list().select_related("parent"):
        whole = event.parent.title if event.parent and event.parent.is_public(at) else None
        kind = str(EventKind(event.kind).label)
        yield [*_named(event, kind), event.theme, *_when_and_where(event), whole, site + event.get_absolute_url()]
    for exhibition in Exhibition.objects.published(at).official().until_fiscal_year(year).by_fiscal_year().for_list():
        address = site + exhibition.get_absolute_url()
        yield [*_named(exhibition, EXHIBITIONS), None, *_when_and_where(exhibition), None, address]


def _named(row: Event | Exhibition, kind: str) -> list[Cell]:
    return [row.fiscal_year, era_fiscal_year(row.fiscal_year), kind, row.ordinal, str(row)]


def _when_and_where(row: Event | Exhibition) -> list[Cell]:
    venue = str(row.venue) if row.venue else None
    return [row.first_day, row.last_day, row.date_note, venue, row.get_status_display(), row.status_reason]
