"""Rows of disaster support."""

import factory

from disaster_support import models
from disaster_support.choices import Giver, SupportKind
from tests.factories.core import PublishedFactory


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
