"""Form fields for days."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from municipalities.models import WardTie
from portal.core.fields import JapaneseDateField, LastDayField


def test_an_era_date_is_taken():
    assert JapaneseDateField().clean("令和3年2月10日") == date(2021, 2, 10)


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_typed_is_no_date(typed):
    assert JapaneseDateField(required=False).clean(typed) is None


def test_a_real_date_passes_through():
    assert JapaneseDateField().clean(date(2021, 2, 10)) == date(2021, 2, 10)


@pytest.mark.parametrize("typed", ["2021-02-30", "あした", "\x00"])
def test_what_is_no_date_is_explained(typed):
    with pytest.raises(ValidationError) as refused:
        JapaneseDateField().clean(typed)

    assert refused.value.messages == ["日付として読めません。例：2021-02-10、令和3年2月10日"]


def test_the_last_day_is_typed_inclusive_and_kept_exclusive():
    field = LastDayField()

    assert field.clean("2021-03-31") == date(2021, 4, 1)
    assert field.prepare_value(date(2021, 4, 1)) == date(2021, 3, 31)
    assert field.prepare_value("2021-03-31") == "2021-03-31"
    assert field.has_changed(date(2021, 4, 1), "2021-03-31") is False
    assert field.has_changed(date(2021, 4, 1), "2021-04-01") is True


def test_a_period_may_go_on():
    assert LastDayField(required=False).clean("") is None


def test_the_end_of_time_is_no_last_day():
    with pytest.raises(ValidationError):
        LastDayField().clean("9999-12-31")


def test_models_use_these_fields():
    fields = {name: WardTie._meta.get_field(name).formfield() for name in ("starts_on", "ends_on")}

    assert isinstance(fields["starts_on"], JapaneseDateField)
    assert isinstance(fields["ends_on"], LastDayField)
