"""What a process knows of the database without asking at each request."""

from datetime import timedelta

import pytest
from django.utils import timezone

from disaster_support.models import EmergencyNotice
from disaster_support.situation import situation
from portal.serving.watch import Watch
from tests.factories.disaster_support import EmergencyNoticeFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

NOON = timezone.now().replace(hour=3, minute=0, second=0, microsecond=0)


def seen(watch, at=NOON):
    watch.look(at)
    return watch.state


def test_nothing_is_known_before_the_first_look():
    assert Watch().state is None


def test_the_state_is_the_same_until_something_changes():
    watch = Watch()
    first = seen(watch)

    assert seen(watch, NOON + timedelta(seconds=59)) == first
    NewsItemFactory()
    assert seen(watch, NOON + timedelta(seconds=60)) != first


@pytest.mark.parametrize("which", ["publish_at", "unpublish_at"])
def test_a_publish_time_that_passes_is_another_state(which):
    moment = NOON + timedelta(minutes=5)
    NewsItemFactory(**{"publish_at": NOON - timedelta(days=1), which: moment})
    watch = Watch()
    before = seen(watch)

    assert seen(watch, moment - timedelta(microseconds=1)) == before
    assert seen(watch, moment) != before


def test_a_new_day_is_another_state():
    watch = Watch()
    before = seen(watch)

    assert seen(watch, NOON + timedelta(hours=11, minutes=59)) == before
    assert seen(watch, NOON + timedelta(hours=12)) != before


def test_two_processes_that_begin_at_different_times_come_to_know_of_every_moment():
    NewsItemFactory(publish_at=NOON + timedelta(minutes=5))
    late = Watch()
    before = seen(late, NOON + timedelta(minutes=6))

    assert seen(late, NOON + timedelta(minutes=7)) == before


def test_what_is_known_of_an_emergency_is_asked_anew_with_a_new_state():
    watch = Watch()
    watch.look(NOON)
    situation.know_nothing()
    EmergencyNoticeFactory(starts_at=NOON - timedelta(minutes=1), published_at=NOON)
    assert situation.notices("/", NOON) == []

    watch.look(NOON)

    assert situation.notices("/", NOON) == list(EmergencyNotice.objects.all())


def test_silence_is_a_state_of_its_own_and_ends():
    watch = Watch()
    before = seen(watch)

    watch.found_silent(NOON)
    watch.found_silent(NOON + timedelta(minutes=1))
    assert watch.silent_since == NOON
    assert watch.state not in (before, None)

    watch.found_answering()
    assert watch.silent_since is None
    assert watch.state == before
