"""What is kept is true by construction: every change of anything public is noted, whoever makes it."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from portal.models import NewsItem
from portal.serving.changes import PRIVATE, public_models, watch_public_tables
from portal.serving.models import PublicChange
from portal.serving.moments import moments
from portal.serving.querysets import KEPT
from tests.factories.core import OutgoingMailFactory, PublishedFactory
from tests.factories.disaster_support import DisasterModeFactory, EmergencyNoticeFactory
from tests.factories.municipalities import MunicipalityFactory, WardTieFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db


def so_far():
    return PublicChange.objects.so_far()


def watched_tables():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'public_change'")
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'public_change_%'")
        return {table for (table,) in cursor.fetchall()}


def test_every_public_table_is_watched():
    assert watched_tables() == {model._meta.db_table for model in public_models()}


def test_what_is_called_private_exists():
    labels = {model._meta.label for model in connection.introspection.installed_models(watched_tables())}

    assert labels & PRIVATE == set()
    assert len(PRIVATE) > 10


def _write(item):
    item.title = "変更"
    item.save()


WAYS = {
    "saved": _write,
    "updated in bulk": lambda item: NewsItem.objects.update(title="変更"),
    "deleted": lambda item: item.delete(),
    "created": lambda item: NewsItemFactory(),
    "created in bulk": lambda item: NewsItem.objects.bulk_create([NewsItemFactory.build()]),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_change_is_noted_however_it_is_made(way):
    item = NewsItemFactory()
    before = so_far()

    WAYS[way](item)

    assert so_far() != before


def test_a_change_by_hand_is_noted():
    town = MunicipalityFactory()
    before = so_far()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE municipalities_municipality SET name = 'あ市' WHERE code = %s", [town.pk])

    assert so_far() != before


def test_each_of_two_changes_in_one_transaction_is_another_state():
    first = so_far()
    WardTieFactory()
    second = so_far()
    WardTieFactory()

    assert len({first, second, so_far()}) == 3


def test_what_is_not_public_changes_nothing():
    before = so_far()

    OutgoingMailFactory()

    assert so_far() == before


def test_what_is_rolled_back_was_no_change():
    before = so_far()

    with transaction.atomic():
        NewsItemFactory()
        transaction.set_rollback(True)

    assert so_far() == before


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_early_and_ended_late_is_not_missed():
    if connection.vendor == "sqlite":
        pytest.skip("needs transactions that run side by side")
    early_wrote, late_ended = Event(), Event()

    def early():
        with transaction.atomic():
            NewsItemFactory()
            early_wrote.set()
            late_ended.wait(10)
        connections.close_all()

    thread = Thread(target=early)
    thread.start()
    early_wrote.wait(10)
    NewsItemFactory()
    between = so_far()
    late_ended.set()
    thread.join()

    assert so_far() != between


def test_old_marks_are_forgotten(capsys):
    PublicChange.objects.all().delete()
    PublicChange.objects.bulk_create(PublicChange(number=number, times=1) for number in range(KEPT + 5))

    call_command("tidy_changes")

    assert capsys.readouterr().out == "古い印5件を消しました。\n"
    assert PublicChange.objects.count() == KEPT


def test_triggers_that_are_there_are_left_alone():
    before = watched_tables()

    watch_public_tables("default")

    assert watched_tables() == before


def test_moments_are_those_of_publishing_and_of_emergencies():
    now = timezone.now()
    hours = [now + timedelta(hours=number) for number in range(1, 6)]
    NewsItemFactory(publish_at=hours[0], unpublish_at=hours[1])
    NewsItemFactory(publish_at=now - timedelta(hours=1), unpublish_at=now + timedelta(days=3))
    EmergencyNoticeFactory(starts_at=hours[2], ends_at=hours[3])
    DisasterModeFactory(ended_at=hours[4])

    assert moments(now, now + timedelta(days=1)) == hours


def test_every_kind_of_publishable_record_has_its_moments():
    now = timezone.now()
    kinds = PublishedFactory.__subclasses__()
    assert len(kinds) > 5
    for number, kind in enumerate(_leaves(PublishedFactory)):
        kind(publish_at=now + timedelta(minutes=number + 1))

        assert now + timedelta(minutes=number + 1) in moments(now, now + timedelta(days=1)), kind


def _leaves(kind):
    for below in kind.__subclasses__():
        yield from _leaves(below) if below.__subclasses__() else [below]
