"""exhibitions.csv: each exhibition in its first place, and each stop of its tour."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable

from events.models import Exhibition, TourStop
from events.profiles import Column, Kind, Profile
from portal.open_data.dataset import Dataset, Moment, summary_of_published

FIRST_PLACE, ON_TOUR = "本展示", "巡回展示"

PROFILE = Profile(
    "exhibitions",
    "全国連携展示（本展示と巡回展示）",
    "1.0",
    "特別区全国連携プロジェクト",
    (
        Column("展示番号", "exhibition", Kind.WHOLE_NUMBER, "展示を特定する番号。変わりません。", "3", True),
        Column("区分", "part", Kind.CHOICE, "本展示・巡回展示のいずれか。", ON_TOUR, True),
        Column("順番", "order", Kind.WHOLE_NUMBER, "巡回の順番。本展示は0です。", "1", True),
        Column("名称", "title", Kind.TEXT, "展示の名称。", "第1回全国連携展示", True),
        Column("副題", "subtitle", Kind.TEXT, "展示の副題。", "森と水のまち（架空の例）"),
        Column("出展者", "exhibitor", Kind.TEXT, "出展した自治体や団体。", "北海道町村会"),
        Column(
            "年度", "fiscal_year", Kind.WHOLE_NUMBER, "4月から翌年3月まで。巡回が翌年度になることもあります。", "2018"
        ),
        Column("団体コード", "code", Kind.CODE, "会場のある特別区の団体コード。分からないときは空欄です。", "131091"),
        Column("区名", "ward", Kind.TEXT, "会場のある特別区。", "品川区"),
        Column("会場", "venue", Kind.TEXT, "会場の名称。", "区役所1階ロビー"),
        Column("初日", "first_day", Kind.DAY, "初日。日が分からないときは空欄です。", "2018-10-01"),
        Column("最終日", "last_day", Kind.DAY, "最終日。", "2018-10-12"),
        Column(
            "状態",
            "state",
            Kind.CHOICE,
            "本展示は予定・開催・中止など、巡回展示は調整中・予定・実施・中止・不明。",
            "実施",
        ),
        Column("補足", "note", Kind.TEXT, "日程などの補足。", "調整中"),
        Column("ページ", "page", Kind.URL, "このサイトの展示のページ。", "https://www.example.jp/exhibitions/3/"),
    ),
)


def _rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for exhibition in Exhibition.objects.published(moment.at).official().for_open_data():
        page = f"{moment.site}{exhibition.get_absolute_url()}"
        yield (*_whole(exhibition), *_first_place(exhibition), page)
        for position, stop in enumerate(exhibition.stops.all(), start=1):
            yield (*_whole(exhibition, ON_TOUR, position), *_stop(stop), page)


def _whole(exhibition: Exhibition, part: str = FIRST_PLACE, position: int = 0) -> tuple[Any, ...]:
    return (exhibition.pk, part, position, exhibition.title, exhibition.subtitle, exhibition.exhibitor)


def _first_place(exhibition: Exhibition) -> tuple[Any, ...]:
    venue = exhibition.venue
    ward = venue.municipality if venue and venue.municipality and venue.municipality.is_ward else None
    days = (exhibition.first_day, exhibition.last_day) if exhibition.is_known_to_the_day else (None, None)
    return (
        exhibition.fiscal_year,
        ward.code if ward else "",
        ward.name if ward else "",
        venue.name if venue else "",
        *days,
        str(exhibition.get_status_display()),
        exhibition.date_note,
    )


def _stop(stop: TourStop) -> tuple[Any, ...]:
    return (
        stop.fiscal_year,
        stop.ward.code if stop.ward else "",
        stop.ward.name if stop.ward else "",
        stop.venue.name if stop.venue else "",
        stop.first_day,
        stop.last_day,
        str(stop.get_state_display()),
        stop.note,
    )


def _lines(public: Q) -> Combinable:
    return Count("pk", filter=public, distinct=True) + Count("stops", filter=public)


def _summary(dataset: str, at: datetime) -> QuerySet:
    return summary_of_published(Exhibition.objects.official(), dataset, at, _lines)


EXHIBITIONS = Dataset(
    "exhibitions",
    "全国連携展示",
    "公開中の全国連携展示。本展示と、巡回先の一つ一つをそれぞれ1行にしています。",
    (PROFILE,),
    _rows,
    _summary,
    Exhibition,
)
