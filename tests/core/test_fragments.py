"""What is drawn once for the same values, and never for what can change behind them."""

import pytest
from django.template import TemplateDoesNotExist
from django.utils.safestring import mark_safe

from portal.core.fragments import MOST_FRAGMENTS, _remembered, forget, fragment
from tests.factories.events import EventFactory

CHIP = "components/chip.html"


@pytest.fixture(autouse=True)
def _nothing_drawn_yet():
    forget()


def drawn():
    return _remembered.cache_info().misses


def test_the_same_values_are_drawn_once():
    first = fragment(CHIP, label="講座", variant="kind")

    assert first.strip() == '<span class="chip" data-variant="kind">講座</span>'
    assert (fragment(CHIP, label="講座", variant="kind"), drawn()) == (first, 1)


def test_other_values_are_another_fragment():
    assert fragment(CHIP, label="講座", variant="kind") != fragment(CHIP, label="物産展", variant="kind")


def test_text_is_not_taken_for_the_markup_it_is_equal_to():
    as_markup = fragment(CHIP, label=mark_safe("<b>講座</b>"), variant="kind")
    as_text = fragment(CHIP, label="<b>講座</b>", variant="kind")

    assert ("<b>" in as_markup, "<b>" in as_text, "&lt;b&gt;" in as_text) == (True, False, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [
        EventFactory,
        lambda: (EventFactory(),),
        lambda: ("講座", (mark_safe("<b>"),)),
        object,
    ],
    ids=["a record", "a record inside", "markup inside", "anything"],
)
def test_what_can_change_without_being_another_value_is_refused_every_time(make):
    value = make()
    for _ in range(2):
        with pytest.raises(TypeError, match="not a plain value"):
            fragment(CHIP, label=value, variant="kind")


def test_a_setting_that_changes_is_heard_of(settings):
    fragment(CHIP, label="講座", variant="kind")
    settings.SITE_NAME = "別の名前"

    assert _remembered.cache_info().currsize == 0


def test_while_templates_are_written_nothing_is_remembered(settings):
    settings.DEBUG = True
    fragment(CHIP, label="講座", variant="kind")

    assert _remembered.cache_info().currsize == 0


def test_there_are_only_so_many():
    for number in range(MOST_FRAGMENTS + 10):
        fragment(CHIP, label=number, variant="kind")

    assert _remembered.cache_info().currsize == MOST_FRAGMENTS


def test_a_template_that_is_not_there_is_told():
    with pytest.raises(TemplateDoesNotExist):
        fragment("components/no_such.html")
