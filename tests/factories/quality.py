"""Rows of what the checks found."""

import factory

from portal.models import Finding
from portal.quality.choices import Severity
from portal.quality.rules import digest
from tests.factories.portal import AimFactory


class FindingFactory(factory.django.DjangoModelFactory):
    """About an aim of the project, unless another record is given."""

    class Meta:
        model = Finding

    record = factory.SubFactory(AimFactory)
    subject = factory.LazyAttribute(lambda o: str(o.record))
    code = "misprint"
    severity = Severity.ERROR
    field = "title"
    message = factory.Sequence(lambda n: f"「{n}円円」とありますが、「円」が重なっています。")
    message_digest = factory.LazyAttribute(lambda o: digest(o.message))
