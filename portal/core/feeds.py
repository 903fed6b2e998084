"""Atom feeds (RFC 4287) as all of ours are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator

from portal.core.addresses import naming_authority
from portal.core.conditional import sent_if_changed
from portal.core.publishing import Publishable
from portal.core.text import plain

ENTRIES = 30
LONGEST_SUMMARY = 300
# A year in which the site's name was ours, as the ids of feeds want it (RFC 4151); it never changes.
TAG_YEAR = 2026
BEFORE_ANY_ENTRY = datetime(TAG_YEAR, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedHead:
    """What a feed says of itself; ``address`` is that of the site, the other two are whole addresses."""

    key: str
    title: str
    address: str
    page: str
    feed: str


class FeedEntry(NamedTuple):
    """An entry; ``key`` names it for good, ``link`` is a whole address."""

    key: str
    link: str
    title: str
    text: str
    category: str
    published: datetime
    changed: datetime


def entry_of(row: Publishable, head: FeedHead, *, title: str, text: str, category: str) -> FeedEntry:
    """A published row as an entry. What was written before it was published is new on that day."""
    published = row.publish_at or row.created_at
    key = f"{row._meta.model_name}-{row.pk}"
    link = f"{head.address}{row.get_absolute_url()}"  # type: ignore[attr-defined]
    summary = Truncator(plain(text)).chars(LONGEST_SUMMARY)
    return FeedEntry(key, link, plain(title), summary, category, published, max(published, row.updated_at))


def _tag(key: str) -> str:
    return f"tag:{naming_authority()},{TAG_YEAR}:{key}"


class AtomDocument(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the newest entry changed; an empty feed must not seem new at every look."""
        return super().latest_post_date() if self.items else BEFORE_ANY_ENTRY


class AtomFeed(Feed):
    """A feed of ``FeedEntry`` under a ``FeedHead``, which ``get_object`` gives; sent only where it has changed."""

    feed_type = AtomDocument
    author_name = settings.SITE_NAME
    language = settings.LANGUAGE_CODE

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        body = response.content
        return sent_if_changed(request, response, state=body.decode(), content=lambda: body)

    def items(self, head: Any) -> Iterable[FeedEntry]:
        raise NotImplementedError

    def title(self, head: FeedHead) -> str:
        return f"{head.title}｜{settings.SITE_NAME}"

    def link(self, head: FeedHead) -> str:
        return head.page

    def feed_url(self, head: FeedHead) -> str:
        return head.feed

    def feed_guid(self, head: FeedHead) -> str:
        return _tag(head.key)

    def author_link(self, head: FeedHead) -> str:
        return f"{head.address}/"

    def item_title(self, item: FeedEntry) -> str:
        return item.title

    def item_description(self, item: FeedEntry) -> str:
        """Atom's summaries are HTML here: what was written as text must be read as text."""
        return escape(item.text)

    def item_link(self, item: FeedEntry) -> str:
        return item.link

    def item_guid(self, item: FeedEntry) -> str:
        return _tag(item.key)

    def item_pubdate(self, item: FeedEntry) -> datetime:
        return item.published

    def item_updateddate(self, item: FeedEntry) -> datetime:
        return item.changed

    def item_categories(self, item: FeedEntry) -> tuple[str, ...]:
        return (item.category,)
