"""The printed figures and the notices."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema

from portal.api.service import Paging, answers, page_of
from portal.api.words import FiscalYear, Key, Page, Word, word
from portal.choices import FigureTable
from portal.core.rich_text import plain_text
from portal.models import NewsItem, PublishedFigure

router = Router(tags=["公表値・お知らせ"])


class FigureFilters(Paging):
    table: FigureTable | None = Field(None, description="表", examples=["partners"])
    fiscal_year: FiscalYear | None = Field(None, description="年度", examples=[2018])

    def wanted(self) -> dict[str, Any]:
        return self.dict(include={"table", "fiscal_year"}, exclude_none=True)


class FigureAnswer(Schema):
    table: Word
    row: str = Field(description="表の中の行の名前")
    label: str
    unit: str
    fiscal_year: int
    as_of: date | None
    value: int | None = Field(description="公表された数。まだなかったもの（–）はnullで、0ではありません")
    is_total: bool
    is_demo: bool


def _figure(figure: PublishedFigure) -> FigureAnswer:
    same = ("row", "label", "unit", "fiscal_year", "as_of", "value", "is_total", "is_demo")
    return FigureAnswer(**{name: getattr(figure, name) for name in same}, table=word(FigureTable, figure.table))


@router.get("statistics", response=answers(Page[FigureAnswer]), summary="公表値の一覧", operation_id="list_statistics")
def list_statistics(request: HttpRequest, asked: Query[FigureFilters]) -> Any:
    """資料で公表された数を、印刷された表のます一つごとに返します。"""
    rows = PublishedFigure.objects.printed().with_values(asked.wanted()).in_printed_order()
    return page_of(request, rows, asked, _figure)


class NewsAnswer(Schema):
    id: int
    page: str
    title: str
    body: str
    publish_at: datetime
    is_demo: bool
    updated_at: datetime


def _news(request: HttpRequest, item: NewsItem) -> NewsAnswer:
    same = ("title", "publish_at", "is_demo", "updated_at")
    page = request.build_absolute_uri(item.get_absolute_url())
    body = plain_text(item.body)
    return NewsAnswer(**{name: getattr(item, name) for name in same}, body=body, id=item.pk, page=page)


@router.get("news", response=answers(Page[NewsAnswer]), summary="お知らせの一覧", operation_id="list_news")
def list_news(request: HttpRequest, asked: Query[Paging]) -> Any:
    """公開中のお知らせを、新しい順に返します。"""
    return page_of(request, NewsItem.objects.published().for_list(), asked, lambda item: _news(request, item))


@router.get("news/{id}", response=answers(NewsAnswer, 404, 410), summary="一つのお知らせ", operation_id="get_news_item")
def get_news_item(request: HttpRequest, id: Path[Key]) -> Any:
    return _news(request, NewsItem.objects.get_public(pk=id))
