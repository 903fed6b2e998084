"""NoOverlap: refused by the database itself and, with a message, by full_clean."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from municipalities.choices import TieKind
from municipalities.models import WardTie
from tests.factories.municipalities import MunicipalityFactory, WardFactory, WardTieFactory

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE, JULY = (date(2020, month, 1) for month in (4, 5, 6, 7))
MESSAGE = "同じ区と自治体の間に、同じ種別で期間の重なる交流があります。"


@pytest.fixture
def pair():
    return {"ward": WardFactory(), "municipality": MunicipalityFactory(), "kind": TieKind.SISTER}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((MAY, JUNE), (MAY, JUNE)),
        ((MAY, JULY), (APRIL, JUNE)),
        ((APRIL, JUNE), (MAY, JULY)),
        ((APRIL, None), (JULY, None)),
        ((None, None), (APRIL, MAY)),
        ((None, MAY), (APRIL, None)),
        ((MAY, None), (None, None)),
    ],
)
def test_two_periods_that_share_a_day_are_refused(pair, first, second):
    WardTieFactory(**pair, starts_on=first[0], ends_on=first[1])
    other = WardTieFactory.build(**pair, starts_on=second[0], ends_on=second[1])

    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert refused.value.messages == [MESSAGE]
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    assert WardTie.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "second"), [((APRIL, MAY), (MAY, JUNE)), ((MAY, JUNE), (None, MAY)), ((None, MAY), (MAY, None))]
)
def test_periods_that_follow_one_another_are_kept(pair, first, second):
    WardTieFactory(**pair, starts_on=first[0], ends_on=first[1])
    other = WardTieFactory.build(**pair, starts_on=second[0], ends_on=second[1])

    other.full_clean()
    other.save()

    assert WardTie.objects.count() == 2


def test_another_kind_may_run_at_the_same_time(pair):
    WardTieFactory(**pair)
    WardTieFactory(**pair | {"kind": TieKind.DISASTER})

    assert WardTie.objects.count() == 2


def test_a_row_does_not_stand_in_its_own_way(pair):
    tie = WardTieFactory(**pair)
    tie.ends_on = date(2030, 4, 1)

    tie.full_clean()
    tie.save()

    assert WardTie.objects.get().ends_on == date(2030, 4, 1)


def test_a_change_that_makes_an_overlap_is_refused(pair):
    WardTieFactory(**pair, starts_on=APRIL, ends_on=MAY)
    later = WardTieFactory(**pair, starts_on=MAY, ends_on=None)
    later.starts_on = APRIL

    with pytest.raises(IntegrityError), transaction.atomic():
        later.save()


def test_rows_of_one_statement_are_held_against_each_other(pair):
    twins = [WardTieFactory.build(**pair, starts_on=APRIL), WardTieFactory.build(**pair, starts_on=MAY)]

    with pytest.raises(IntegrityError), transaction.atomic():
        WardTie.objects.bulk_create(twins)


@pytest.mark.postgresql
def test_many_rows_in_one_transaction_take_one_lock():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL's locks")
    ward = WardFactory()
    for town in MunicipalityFactory.create_batch(20):
        WardTieFactory(ward=ward, municipality=town)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (1,)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_cannot_make_an_overlap(pair):
    if connection.vendor != "postgresql":
        pytest.skip("needs transactions that run side by side")
    ready, outcomes = threading.Barrier(2), []

    def add() -> None:
        try:
            ready.wait(timeout=5)
            with transaction.atomic():
                WardTieFactory(**pair, starts_on=APRIL)
            outcomes.append("saved")
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "saved"]
    assert WardTie.objects.count() == 1
