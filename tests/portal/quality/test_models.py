"""How a finding speaks of itself, and which findings are counted and listed."""

from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType

from portal.models import Finding
from portal.quality.querysets import urgency
from tests.factories.core import UserFactory
from tests.factories.portal import AimFactory, NewsItemFactory
from tests.factories.quality import FindingFactory

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)


def dismissed(**fields):
    return FindingFactory(state="dismissed", reason="理由", decided_by=UserFactory(), decided_at=MONDAY, **fields)


def test_it_names_its_record_and_what_is_doubtful():
    finding = FindingFactory(record=NewsItemFactory(title="会費"), message="「100円円」とあります。", field="body")

    assert (str(finding), finding.field_label) == ("会費：「100円円」とあります。", "本文")


def test_a_rule_or_column_that_is_gone_is_named_as_it_was():
    finding = FindingFactory(code="former_rule", field="former_column")

    assert (finding.rule_label, finding.field_label) == ("former_rule", "former_column")


def test_what_nobody_decided_on_is_open():
    finding = FindingFactory(severity="review")
    dismissed()

    assert list(Finding.objects.open()) == [finding]
    assert list(Finding.objects.open().errors()) == []
    assert Finding.objects.open_by_severity() == {"review": 1}


def test_they_are_counted_by_rule_and_state():
    FindingFactory()
    FindingFactory()
    dismissed()
    FindingFactory(code="fee", severity="review")

    assert sorted(Finding.objects.counts()) == [
        ("fee", "open", 1),
        ("misprint", "dismissed", 1),
        ("misprint", "open", 2),
    ]


def test_the_most_urgent_come_first():
    closed = dismissed()
    missing = FindingFactory(severity="missing", found_at=TUESDAY)
    old, new = FindingFactory(found_at=MONDAY), FindingFactory(found_at=TUESDAY)
    review = FindingFactory(severity="review", found_at=TUESDAY)

    assert list(Finding.objects.order_by(*urgency())) == [new, old, review, missing, closed]


def test_they_are_found_by_the_kind_of_their_records():
    about_news = FindingFactory(record=NewsItemFactory())
    FindingFactory()
    kind = ContentType.objects.get_for_model(about_news.record)

    assert [found.model for found in Finding.objects.kinds()] == ["aim", "newsitem"]
    assert list(Finding.objects.of_kind(kind.pk)) == [about_news]
    assert list(Finding.objects.about(kind, [about_news.object_id])) == [about_news]
    assert list(Finding.objects.about(kind, [])) == []


def test_findings_about_lost_records_are_those_not_closed_yet():
    kept, lost = FindingFactory(record=AimFactory()), FindingFactory(record=AimFactory())
    FindingFactory(record=lost.record, state="corrected", decided_at=MONDAY)
    FindingFactory(record=NewsItemFactory())
    remaining = type(kept.record).objects.exclude(pk=lost.object_id)

    assert list(Finding.objects.of_lost_records(kept.content_type, remaining)) == [lost]
