"""The fiscal years that have rows."""

from datetime import date

import pytest
from django.utils import timezone

from events.models import Event, Exhibition
from events.querysets.years import fiscal_years
from tests.factories.events import EventFactory, ExhibitionFactory

pytestmark = pytest.mark.django_db


def test_each_year_once_the_newest_first(django_assert_num_queries):
    for year in (2015, 2018, 2018, 2026):
        EventFactory(first_day=date(year, 5, 1))
    ExhibitionFactory(first_day=date(2018, 5, 1))
    ExhibitionFactory(first_day=date(2020, 5, 1))

    with django_assert_num_queries(1):
        found = fiscal_years(Event.objects.all(), Exhibition.objects.all())

    assert found == [2026, 2020, 2018, 2015]
    assert fiscal_years(Exhibition.objects.all()) == [2020, 2018]


def test_only_of_the_rows_that_are_meant():
    EventFactory(first_day=date(2014, 5, 1), publication_state="draft")
    whole = EventFactory(first_day=date(2016, 3, 31))
    EventFactory(first_day=date(2016, 4, 1), parent=whole)
    EventFactory(first_day=date(2030, 5, 1), publication_state="withdrawn")

    public = Event.objects.published(timezone.now())

    assert fiscal_years(public) == [2016, 2015]
    assert fiscal_years(public.whole()) == [2015]
    assert fiscal_years(public.in_fiscal_year(2020)) == []


def test_without_rows_there_are_none():
    assert fiscal_years(Event.objects.all()) == []
    assert fiscal_years(Event.objects.all(), Exhibition.objects.none()) == []
