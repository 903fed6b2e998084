"""What is new among the notices (Atom)."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from disaster_support.models import EmergencyNotice
from disaster_support.situation import situation
from events.titles import marked_title
from portal.core.addresses import site_address
from portal.core.feeds import ENTRIES, AtomFeed, FeedEntry, FeedHead, entry_of
from portal.core.rich_text import plain_text
from portal.models import NewsItem


class NewsFeed(AtomFeed):
    def get_object(self, request: HttpRequest) -> FeedHead:
        address = site_address(request)
        feed, page = (f"{address}{reverse(name)}" for name in ("news_feed", "news_list"))
        return FeedHead("news", "お知らせ", address, page, feed)

    def items(self, head: FeedHead) -> list[FeedEntry]:
        now = timezone.now()
        news = [
            entry_of(
                item,
                head,
                title=marked_title(item.title, is_demo=item.is_demo),
                text=plain_text(item.body),
                category="お知らせ",
            )
            for item in NewsItem.objects.published(now).for_list()[:ENTRIES]
        ]
        return [*(_warning(notice, head) for notice in situation.notices("/", now)), *news]


def _warning(notice: EmergencyNotice, head: FeedHead) -> FeedEntry:
    published = max(notice.published_at or notice.starts_at, notice.starts_at)
    return FeedEntry(
        f"emergency-{notice.pk}",
        notice.url or f"{head.address}/",
        f"【{notice.get_level_display()}】{notice.heading}",
        notice.body,
        "緊急のお知らせ",
        published,
        max(published, notice.updated_at),
    )
