"""All that there was in one fiscal year."""

from datetime import date

import pytest

from events.choices import EventKind, Status
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory
from tests.reading import headings, links, texts

pytestmark = pytest.mark.django_db


def test_the_events_of_a_year_by_kind_and_its_exhibitions(client):
    EventFactory(title="協賛", first_day=date(2018, 6, 2), kind=EventKind.SPONSORSHIP, status=Status.HELD)
    EventFactory(title="第2回講演会", first_day=date(2019, 1, 11))
    first = EventFactory(title="第1回講演会", first_day=date(2018, 7, 26))
    EventFactory(title="部分", first_day=date(2018, 7, 26), parent=first)
    ExhibitionFactory(title="展示", first_day=date(2018, 8, 21))
    EventFactory(title="翌年度の講演会", first_day=date(2019, 4, 1))

    response = client.get("/events/archive/2018/")

    assert headings(response, 1) == ["平成30年度（2018年度）のイベント・展示"]
    assert headings(response) == [
        "講演会・シンポジウム・セミナー（2件）",
        "協賛・特別協力（1件）",
        "全国連携展示（1件）",
    ]
    assert texts(response, "event-row__title") == ["第1回講演会", "第2回講演会", "協賛"]
    assert texts(response, "event-row__part") == ["部分 7月26日（木）"]
    assert texts(response, "exhibition-row__title") == ["展示"]


def test_what_was_cancelled_stays_in_its_year_and_what_is_not_public_does_not_appear(client):
    EventFactory(title="中止の催し", first_day=None, fiscal_year=2020, status=Status.CANCELLED)
    EventFactory(title="下書き", first_day=None, fiscal_year=2020, publication_state="draft")
    EventFactory(title="取下げ", first_day=None, fiscal_year=2020, publication_state="withdrawn")
    ExhibitionFactory(title="下書きの展示", first_day=date(2020, 11, 13), publication_state="draft")

    response = client.get("/events/archive/2020/")

    assert texts(response, "event-row__title") == ["中止の催し"]
    assert texts(response, "date-block__words") == ["令和2年度"]
    assert headings(response) == ["講演会・シンポジウム・セミナー（1件）"]


def test_the_years_before_and_after_that_have_something(client):
    for year in (2015, 2018, 2021):
        EventFactory(first_day=date(year, 5, 30))
    ExhibitionFactory(first_day=date(2020, 11, 13))
    EventFactory(first_day=date(2017, 5, 30), publication_state="draft")

    found = links(client.get("/events/archive/2018/"))

    assert found["前の記録：平成27年度（2015年度）"] == "/events/archive/2015/"
    assert found["次の記録：令和2年度（2020年度）"] == "/events/archive/2020/"
    assert "前の記録" not in " ".join(links(client.get("/events/archive/2015/")))
    assert "次の記録" not in " ".join(links(client.get("/events/archive/2021/")))


@pytest.mark.parametrize("year", ["0", "1", "2017", "2019", "9999", "9" * 40, "-2018", "平成30", "２０１８x"])
def test_a_year_with_nothing_is_not_found(client, year):
    EventFactory(first_day=date(2018, 5, 30))
    EventFactory(first_day=date(2019, 5, 30), publication_state="draft")

    assert client.get(f"/events/archive/{year}/").status_code == 404


def test_a_kind_with_very_many_leads_to_the_list_of_all(client):
    EventFactory.create_batch(31, first_day=date(2018, 5, 30))
    EventFactory.create_batch(2, first_day=date(2018, 5, 30), kind=EventKind.WARD)

    response = client.get("/events/archive/2018/")

    assert headings(response) == ["講演会・シンポジウム・セミナー（31件）", "各区事業（2件）"]
    assert len(texts(response, "event-row")) == 32
    address = links(response)["講演会・シンポジウム・セミナーをすべて見る（31件）"]
    assert address == "/events/?when=all&kind=lecture&fiscal_year=2018"
    assert client.get(address).context["page"].paginator.count == 31


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_year_takes_six_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        EventFactory(parent=EventFactory(first_day=date(2018, 5, 30)))
        TourStopFactory(exhibition=ExhibitionFactory(first_day=date(2018, 8, 21)))

    with django_assert_num_queries(6):
        response = client.get("/events/archive/2018/")

    assert len(texts(response, "exhibition-row")) == rows
    assert len(texts(response, "event-row__parts")) == min(rows, 30)
