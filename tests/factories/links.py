"""Rows of what became of links."""

from datetime import UTC, datetime

import factory

from portal import models
from portal.links.models import LinkState
from tests.factories.portal import NewsItemFactory


class LinkCheckFactory(factory.django.DjangoModelFactory):
    """A broken one of 23 November 2026, of which nobody has been told."""

    class Meta:
        model = models.LinkCheck

    address = factory.Sequence(lambda n: f"https://town{n}.example.jp/")
    state = LinkState.BROKEN
    code = 404
    reason = "ページがありません。"
    first_failed_at = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    checked_at = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


class LinkUseFactory(factory.django.DjangoModelFactory):
    """In the text of a news item, unless another record is given."""

    class Meta:
        model = models.LinkUse

    link = factory.SubFactory(LinkCheckFactory)
    record = factory.SubFactory(NewsItemFactory)
    subject = factory.LazyAttribute(lambda o: str(o.record))
    field = "body"
