"""An event in a few words."""

import re
from datetime import date
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from events.choices import DatePrecision, Status
from events.models import Event, Exhibition, Venue
from events.wording import LONGEST_DESCRIPTION, days_in_words, description_of, whether_and_when
from tests.factories.events import EventFactory, ExhibitionFactory

FIRST, LAST = date(2019, 4, 30), date(2019, 5, 1)
SCHEDULES = [
    {"first_day": FIRST, "last_day": FIRST},
    {"first_day": FIRST, "last_day": LAST},
    {"first_day": date(2017, 12, 30), "last_day": date(2018, 1, 8), "date_note": "<元日>は休み"},
    {"first_day": date(2017, 9, 9), "last_day": date(2017, 9, 10)},
    {"first_day": date(2017, 12, 1), "last_day": date(2017, 12, 31), "date_precision": DatePrecision.MONTH},
    {"fiscal_year": 2020, "date_precision": DatePrecision.UNKNOWN},
    {"fiscal_year": 2020, "date_precision": DatePrecision.UNKNOWN, "date_note": "調整中"},
]


@pytest.mark.parametrize("fields", SCHEDULES)
def test_the_days_are_said_as_the_page_says_them(fields):
    event = Event(**fields)
    html = render_to_string("components/date_range.html", {"item": event, "length": "long"})

    assert days_in_words(event) == re.sub(r"\s+", "", unescape(strip_tags(html)))


@pytest.mark.parametrize("status", Status)
def test_anything_but_the_plan_stands_first(status):
    words = whether_and_when(Event(first_day=FIRST, last_day=FIRST, status=status))

    plan = status in (Status.PLANNED, Status.HELD)
    assert words == ("" if plan else f"【{status.label}】") + "平成31年4月30日（火曜日）"


def test_the_description_says_when_where_and_what():
    event = Event(first_day=FIRST, last_day=FIRST, venue=Venue(name="会館"), summary="一行目。\n 二行目。")

    assert description_of(event) == "平成31年4月30日（火曜日）、会館。一行目。 二行目。"
    assert description_of(Exhibition(first_day=FIRST, last_day=FIRST)) == "平成31年4月30日（火曜日）。"


def test_a_long_summary_is_cut():
    words = description_of(Event(first_day=FIRST, last_day=FIRST, summary="長い文。" * 100))

    assert len(words) == LONGEST_DESCRIPTION
    assert words.endswith("…")


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [EventFactory, ExhibitionFactory])
def test_the_page_says_it_to_search_engines_and_to_those_who_share_it(client, factory):
    record = factory(status=Status.CANCELLED, summary='"A&B"の話')
    html = client.get(record.get_absolute_url()).content.decode()

    said = f"【中止】令和8年10月10日（土曜日）、{record.venue}。&quot;A&amp;B&quot;の話"
    assert f'<meta name="description" content="{said}">' in html
    assert f'<meta property="og:description" content="{said}">' in html
