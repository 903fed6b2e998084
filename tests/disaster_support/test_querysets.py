"""Which disasters are public, and what the totals count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from disaster_support.choices import Giver, SupportKind
from disaster_support.models import Disaster, SupportRecord
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("fields", "public"),
    [
        ({"publish_at": NOW}, True),
        ({"publish_at": NOW + SECOND}, False),
        ({"publish_at": NOW - SECOND, "unpublish_at": NOW + SECOND}, True),
        ({"publish_at": NOW - SECOND, "unpublish_at": NOW}, False),
        ({"publication_state": "draft", "publish_at": None}, False),
        ({"publication_state": "withdrawn"}, False),
    ],
)
def test_a_record_counts_while_its_disaster_is_public(fields, public):
    record = SupportRecordFactory(disaster=DisasterFactory(**fields))

    assert list(Disaster.objects.published(NOW)) == ([record.disaster] if public else [])
    assert list(SupportRecord.objects.counted(NOW)) == ([record] if public else [])


def test_fictional_records_and_those_of_fictional_disasters_do_not_count():
    official = SupportRecordFactory()
    SupportRecordFactory(disaster=official.disaster, is_demo=True)
    SupportRecordFactory(disaster=DisasterFactory(is_demo=True))

    assert list(SupportRecord.objects.counted(NOW)) == [official]


def test_totals_by_kind_and_giver():
    disaster = DisasterFactory()
    for giver, yen in ((Giver.JOINT, 55_000_000), (Giver.JOINT, 3_000_000), (Giver.NOT_STATED, 10_000_000)):
        SupportRecordFactory(disaster=disaster, giver=giver, amount_yen=yen)
    staff = {"disaster": disaster, "kind": SupportKind.STAFF, "giver": Giver.NOT_STATED, "amount_yen": None}
    SupportRecordFactory(**staff, people=7174)
    SupportRecordFactory(**staff, people=430)
    SupportRecordFactory(**staff, description="職員派遣")

    assert list(SupportRecord.objects.totals()) == [
        {
            "kind": "reconstruction",
            "giver": "joint",
            "yen": 58_000_000,
            "total_people": None,
            "record_count": 2,
            "in_words": 0,
        },
        {
            "kind": "reconstruction",
            "giver": "not_stated",
            "yen": 10_000_000,
            "total_people": None,
            "record_count": 1,
            "in_words": 0,
        },
        {
            "kind": "staff",
            "giver": "not_stated",
            "yen": None,
            "total_people": 7604,
            "record_count": 3,
            "in_words": 1,
        },
    ]


def test_yen_of_one_kind():
    SupportRecordFactory(amount_yen=3_000_000)
    SupportRecordFactory(amount_yen=5_000_000)
    SupportRecordFactory(kind=SupportKind.SYMPATHY, amount_yen=1_000_000)

    assert SupportRecord.objects.yen_of(SupportKind.RECONSTRUCTION) == 8_000_000
    assert SupportRecord.objects.yen_of(SupportKind.DONATION) == 0
