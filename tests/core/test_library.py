"""Which pictures may be shown, which not any more, and which not much longer."""

from datetime import UTC, date, datetime

import pytest

from portal.core.models import Image
from tests.factories.core import ImageFactory

pytestmark = pytest.mark.django_db

# 23:30 in Tokyo.
TODAY = datetime(2026, 4, 1, 14, 30, tzinfo=UTC)


@pytest.fixture
def pictures():
    days = {
        "for good": None,
        "over": date(2026, 3, 31),
        "last day": date(2026, 4, 1),
        "thirty days": date(2026, 5, 1),
        "longer": date(2026, 5, 2),
    }
    return {name: ImageFactory(rights_until=day) for name, day in days.items()}


def names(pictures, rows):
    by_key = {image.pk: name for name, image in pictures.items()}
    return [by_key[image.pk] for image in rows]


def test_rights_last_until_the_end_of_their_last_day(pictures):
    assert names(pictures, Image.objects.may_be_shown(TODAY)) == ["for good", "last day", "thirty days", "longer"]
    assert names(pictures, Image.objects.rights_ended(TODAY)) == ["over"]


def test_the_row_says_the_same_as_the_query(pictures):
    shown = [image for image in Image.objects.order_by("pk") if image.may_be_shown(TODAY)]
    assert shown == list(Image.objects.may_be_shown(TODAY))


def test_those_that_end_soon_come_with_the_most_urgent_first(pictures):
    assert names(pictures, Image.objects.rights_ending(30, TODAY)) == ["last day", "thirty days"]
    assert names(pictures, Image.objects.rights_ending(0, TODAY)) == ["last day"]
    assert names(pictures, Image.objects.rights_ending(31, TODAY)) == ["last day", "thirty days", "longer"]


def test_those_without_an_end(pictures):
    assert names(pictures, Image.objects.without_rights_end()) == ["for good"]
