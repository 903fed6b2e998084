"""What is new among the notices, and among what member municipalities post (Atom)."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from disaster_support.models import EmergencyNotice
from disaster_support.situation import situation
from events.titles import marked_title
from municipalities.models import MemberPost
from portal.core.addresses import site_address
from portal.core.feeds import ENTRIES, AtomFeed, FeedEntry, FeedHead, entry_of
from portal.core.rich_text import plain_text
from portal.models import NewsItem


class NewsFeed(AtomFeed):
    def get_object(self, request: HttpRequest) -> FeedHead:
        return _head(request, "news", "お知らせ", feed="news_feed", page="news_list")

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


class MemberPostFeed(AtomFeed):
    def get_object(self, request: HttpRequest) -> FeedHead:
        return _head(request, "posts", "会員自治体からの投稿", feed="member_post_feed", page="member_post_list")

    def items(self, head: FeedHead) -> list[FeedEntry]:
        return [
            entry_of(
                post,
                head,
                title=marked_title(f"{post.title}（{post.owner}）", is_demo=post.is_demo),
                text=post.summary or plain_text(post.body),
                category=post.get_kind_display(),
            )
            for post in MemberPost.objects.published(timezone.now()).latest_first()[:ENTRIES]
        ]


def _head(request: HttpRequest, key: str, title: str, *, feed: str, page: str) -> FeedHead:
    """The head of a feed, by the names of its own address and of its page's."""
    address = site_address(request)
    return FeedHead(key, title, address, f"{address}{reverse(page)}", f"{address}{reverse(feed)}")
