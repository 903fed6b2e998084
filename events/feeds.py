"""What is new among events and exhibitions (Atom)."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Exhibition
from events.slices import Slice, slice_of
from events.titles import mark_of, marked_title
from portal.core.addresses import site_address
from portal.core.feeds import ENTRIES, AtomFeed, FeedEntry, FeedHead, entry_of


@dataclass(frozen=True)
class SliceHead(FeedHead):
    """``chosen`` is the slice that the feed is about."""

    chosen: Slice


class EventFeed(AtomFeed):
    """The events and exhibitions of a slice, newest published first; parts are told of on the page of their whole."""

    def get_object(self, request: HttpRequest) -> SliceHead:
        """Raises Http404 for a slice there is not."""
        chosen, address = slice_of(request), site_address(request)
        query = f"?{chosen.query}" if chosen.query else ""
        feed, page = (f"{address}{reverse(name)}{query}" for name in ("event_feed", "event_list"))
        return SliceHead(f"events{query}", chosen.title, address, page, feed, chosen)

    def items(self, head: SliceHead) -> list[FeedEntry]:
        at = timezone.now()
        events = head.chosen.newest_events(at)[:ENTRIES]
        exhibitions = head.chosen.newest_exhibitions(at)[:ENTRIES]
        entries = [_entry(event, head, event.title, event.get_kind_display()) for event in events]
        entries += [_entry(shown, head, shown.full_title, "全国連携展示") for shown in exhibitions]
        return sorted(entries, key=lambda entry: (entry.published, entry.key), reverse=True)[:ENTRIES]


def _entry(row: Event | Exhibition, head: FeedHead, title: str, category: str) -> FeedEntry:
    mark = mark_of(row.status)
    text = "\n".join(
        filter(None, [f"{mark}：{row.status_reason}" if mark and row.status_reason else mark, row.summary])
    )
    return entry_of(row, head, title=marked_title(title, mark=mark, is_demo=row.is_demo), text=text, category=category)
