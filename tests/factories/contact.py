"""Rows of what visitors wrote."""

from datetime import UTC, datetime

import factory

from portal import models
from portal.contact.choices import Topic
from tests.factories.municipalities import WardFactory


class InquiryFactory(factory.django.DjangoModelFactory):
    """An open one to a ward, of 20 November 2026."""

    class Meta:
        model = models.Inquiry

    reference = factory.Sequence(lambda n: "AAA-BBB-" + "".join("23456789"[int(digit)] for digit in f"{n:03o}"))
    submission = factory.Sequence(lambda n: f"{n:064x}")
    ward = factory.SubFactory(WardFactory)
    topic = Topic.EVENT
    body = "催しの日時を教えてください。"
    name = "山田花子"
    email = "hanako@example.jp"
    created_at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class PageFeedbackFactory(factory.django.DjangoModelFactory):
    """A good word for the first page of the wards."""

    class Meta:
        model = models.PageFeedback

    submission = factory.Sequence(lambda n: f"{n:064x}")
    path = "/wards/"
    title = "23区からさがす"
    ward = None
    is_useful = True
    created_at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
