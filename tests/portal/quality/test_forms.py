"""What the form of a decision takes and refuses, and that reading it decides nothing."""

from datetime import UTC, datetime

import pytest

from portal.models import Finding, NewsItem
from portal.quality.admin import page_of
from portal.quality.decisions import NOT_FROM_A_PAPER, STILL_FOUND
from portal.quality.forms import DecisionForm
from portal.quality.looking import check_all
from tests.factories.core import SourceNoteFactory
from tests.factories.events import TourStopFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

NO_WORDS = "注記の文か、見送る理由を書いてください。"


@pytest.fixture
def finding():
    NewsItemFactory(body="100円円です。")
    check_all(datetime(2026, 11, 23, tzinfo=UTC))
    return Finding.objects.get()


def problems(finding, **data):
    return {field: list(messages) for field, messages in DecisionForm(data, instance=finding).errors.items()}


def test_dismissing_needs_a_reason_only(finding):
    assert problems(finding, decision="dismissed", reason="商品名です。") == {}
    assert problems(finding, decision="dismissed", reason=" ") == {"reason": [NO_WORDS]}


def test_accepting_needs_a_paper_and_a_note(finding):
    assert problems(finding, decision="accepted", reason="注記") == {"__all__": [NOT_FROM_A_PAPER]}

    SourceNoteFactory(record=finding.record)
    assert problems(finding, decision="accepted", reason="注記") == {}
    assert problems(finding, decision="accepted", reason="") == {"reason": [NO_WORDS]}


def test_corrected_needs_a_record_that_was_corrected(finding):
    assert problems(finding, decision="corrected") == {"__all__": [STILL_FOUND]}

    NewsItem.objects.update(body="100円です。")
    assert problems(finding, decision="corrected") == {}


def test_a_null_byte_is_refused(finding):
    assert set(problems(finding, decision="dismissed", reason="理由\x00")) == {"reason"}


def test_nothing_is_decided_by_reading(finding):
    for decision in ("accepted", "corrected", "dismissed"):
        problems(finding, decision=decision, reason="理由")

    assert list(Finding.objects.values_list("state", "reason")) == [("open", "")]


def test_each_record_is_put_right_on_its_own_page():
    stop, town = TourStopFactory(), MunicipalityFactory(code="142018")

    assert page_of(stop) == f"/admin/events/tourstop/{stop.pk}/change/"
    assert page_of(town) == "/admin/municipalities/municipality/142018/change/"
    assert page_of(None) == ""
