"""Rows of disaster support."""

from datetime import UTC, date, datetime

import factory

from disaster_support import models
from disaster_support.choices import Giver, NoticeLevel, SupportKind
from tests.factories.core import PublishedFactory, UserFactory


class DisasterFactory(PublishedFactory):
    class Meta:
        model = models.Disaster

    name = factory.Sequence(lambda n: f"第{n}号台風")


class SupportRecordFactory(factory.django.DjangoModelFactory):
    """Money given by all wards together unless the test says otherwise."""

    class Meta:
        model = models.SupportRecord

    disaster = factory.SubFactory(DisasterFactory)
    kind = SupportKind.RECONSTRUCTION
    giver = Giver.JOINT
    amount_yen = 1_000_000


class DisasterStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DisasterStep

    disaster = factory.SubFactory(DisasterFactory)
    happened_on = date(2026, 1, 2)
    text = "災害見舞金を贈りました。"


class EmergencyNoticeFactory(factory.django.DjangoModelFactory):
    """Shown since 2026 began, on every page, until it is ended."""

    class Meta:
        model = models.EmergencyNotice

    level = NoticeLevel.WARNING
    title = "地震についてのお知らせ"
    body = "被害の状況を確認しています。"
    starts_at = datetime(2026, 1, 1, tzinfo=UTC)
    published_at = datetime(2026, 1, 1, tzinfo=UTC)
    published_by = factory.SubFactory(UserFactory, is_staff=True)


class NoticeTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.NoticeTemplate

    name = factory.Sequence(lambda n: f"ひな形{n}")
    level = NoticeLevel.EMERGENCY
    title = "【地名】の地震について"


class DisasterModeFactory(factory.django.DjangoModelFactory):
    """A mode that was on for a while in 2026."""

    class Meta:
        model = models.DisasterMode

    kind = "on"
    started_at = datetime(2026, 1, 1, tzinfo=UTC)
    ended_at = datetime(2026, 1, 2, tzinfo=UTC)
