"""Every constraint of every model, broken once: refused by the database, and explained in Japanese by the model.

A constraint without a row here fails the first test.
"""

import re
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disaster_support.choices import SupportKind
from tests.breaking import BREAKING, MAY, other_town, tie
from tests.factories import disaster_support, events, municipalities

pytestmark = pytest.mark.django_db

OUR_APPS = ("core", "municipalities", "events", "disaster_support", "portal")


def our_constraints():
    models = (model for app in OUR_APPS for model in apps.get_app_config(app).get_models())
    return {constraint.name: constraint for model in models for constraint in model._meta.constraints}


def test_every_constraint_is_proven_here():
    assert sorted(BREAKING) == sorted(our_constraints())


@pytest.mark.parametrize("name", sorted(our_constraints()))
def test_every_constraint_explains_itself_in_japanese(name):
    assert re.search(r"[ぁ-ん]", str(our_constraints()[name].violation_error_message))


@pytest.mark.parametrize("name", sorted(our_constraints()))
def test_the_name_of_a_constraint_is_not_cut_off_by_postgresql(name):
    assert len(name) <= 63


@pytest.mark.parametrize("name", sorted(BREAKING))
def test_the_database_refuses_what_breaks_a_constraint(name):
    # SQLite names the columns of a unique constraint, not the constraint.
    with pytest.raises(IntegrityError, match=f"{name}|^UNIQUE"), transaction.atomic():
        BREAKING[name]()


@pytest.mark.parametrize(("column", "value"), [("amount_yen", -1), ("amount_yen", -(10**12))])
def test_the_database_refuses_a_negative_amount(column, value):
    with pytest.raises(IntegrityError, match=column), transaction.atomic():
        disaster_support.SupportRecordFactory(**{column: value})


def test_the_database_refuses_a_negative_number_of_people():
    with pytest.raises(IntegrityError, match="people"), transaction.atomic():
        disaster_support.SupportRecordFactory(kind=SupportKind.STAFF, amount_yen=None, people=-1)


BUILDABLE = {
    "municipalities_wardtie_ends_on_after_starts_on": (
        "終了日は開始日より前にできません。",
        lambda: tie(ward=municipalities.WardFactory(), municipality=other_town(), starts_on=MAY, ends_on=MAY)(),
    ),
    "municipalities_municipality_check_digit": (
        "団体コードの検査数字（6桁目）が合いません。",
        lambda: municipalities.MunicipalityFactory.build(
            prefecture=municipalities.PrefectureFactory(code="14"), code="142003"
        ),
    ),
    "disaster_support_supportrecord_one_measure": (
        "金額・人数・数量・内容のうち、一つだけを入れてください。",
        lambda: disaster_support.SupportRecordFactory.build(
            disaster=disaster_support.DisasterFactory(), kind=SupportKind.STAFF, amount_yen=5, people=3
        ),
    ),
    "events_event_fiscal_year_of_first_day": (
        "年度が初日と合いません（4月から翌年3月までが1年度です）。",
        lambda: events.EventFactory.build(venue=None, first_day=date(2026, 3, 31), fiscal_year=2026),
    ),
}


@pytest.mark.parametrize("name", sorted(BUILDABLE))
def test_the_model_explains_what_the_database_would_refuse(name):
    message, build = BUILDABLE[name]

    with pytest.raises(ValidationError) as refused:
        build().full_clean()

    assert message in refused.value.messages
