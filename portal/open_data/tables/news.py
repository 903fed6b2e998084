"""news.csv: the notices."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from events.profiles import Column, Kind, Profile
from portal.core.rich_text import plain_text
from portal.models import NewsItem
from portal.open_data.dataset import Dataset, Moment, summary_of_published

PROFILE = Profile(
    "news",
    "お知らせ",
    "1.0",
    "特別区全国連携プロジェクト",
    (
        Column("番号", "number", Kind.WHOLE_NUMBER, "お知らせを特定する番号。変わりません。", "5", True),
        Column("掲載日", "published_on", Kind.DAY, "公開した日。", "2026-04-01", True),
        Column("題名", "title", Kind.TEXT, "お知らせの題名。", "イベントのご案内（架空の例）", True),
        Column("本文", "body", Kind.TEXT, "お知らせの本文。改行を含みます。", "次のとおり開催します。", True),
        Column("ページ", "page", Kind.URL, "このサイトのお知らせのページ。", "https://www.example.jp/news/5/", True),
    ),
)


def _rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for item in NewsItem.objects.published(moment.at).official().for_list():
        published_on = timezone.localdate(item.publish_at)
        yield (item.pk, published_on, item.title, plain_text(item.body), f"{moment.site}{item.get_absolute_url()}")


NEWS = Dataset(
    "news",
    "お知らせ",
    "公開中のお知らせ。",
    (PROFILE,),
    _rows,
    lambda dataset, at: summary_of_published(NewsItem.objects.official(), dataset, at),
    NewsItem,
)
