"""The fiscal year of a day is the same in SQL as in Python."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import example, given
from hypothesis import strategies as st

from municipalities.models import WardTie
from portal.core.periods import FiscalYear
from portal.core.wareki import fiscal_year_of
from tests.factories.municipalities import WardTieFactory

pytestmark = pytest.mark.django_db


@given(day=st.dates(date(1000, 1, 1), date(2199, 12, 31)))
@example(day=date(2016, 2, 29))
@example(day=date(2016, 3, 31))
@example(day=date(2016, 4, 1))
@example(day=date(2016, 5, 31))
@example(day=date(2015, 12, 31))
@example(day=date(2016, 1, 1))
def test_the_database_reckons_fiscal_years_as_officials_do(day):
    with transaction.atomic():
        WardTieFactory(starts_on=day)
        found = WardTie.objects.order_by().values_list(FiscalYear("starts_on"), flat=True).get()
        transaction.set_rollback(True)

    assert found == fiscal_year_of(day)


def test_an_unknown_day_has_no_fiscal_year():
    WardTieFactory(starts_on=None)

    assert WardTie.objects.values_list(FiscalYear("starts_on"), flat=True).get() is None
