"""The calendar file of one event, and of one exhibition with its tour."""

from datetime import UTC, date, datetime, time

import pytest

from events.choices import Status
from tests.calendars import read
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.reading import headings, links, main_text

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 10)
FACTORIES = [EventFactory, ExhibitionFactory]
NEVER_PUBLIC = [{"publication_state": "draft"}, {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)}]
NO_LONGER_PUBLIC = [{"publication_state": "withdrawn"}, {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)}]


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://portal.example"


def test_an_event_is_a_file_for_calendars(client):
    event = EventFactory(title="歩く会", start_time=time(10), end_time=time(12))

    response = client.get(f"/events/{event.pk}.ics")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="event-{event.pk}.ics"'
    assert response.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=1,")
    ((uid, entry),) = read(response.content).items()
    assert uid == f"event-{event.pk}@portal.example"
    assert (entry.title, entry.texts["URL"]) == ("歩く会", f"https://portal.example/events/{event.pk}/")
    assert (entry.start.isoformat(), entry.end.isoformat()) == (
        "2026-10-10T10:00:00+09:00",
        "2026-10-10T12:00:00+09:00",
    )


def test_an_exhibition_is_a_file_with_every_stop_whose_days_are_known(client):
    exhibition = ExhibitionFactory(title="北の展示", first_day=DAY, last_day=date(2026, 10, 12))
    stop = TourStopFactory(exhibition=exhibition, first_day=date(2026, 12, 31), last_day=date(2027, 1, 1))
    TourStopFactory(exhibition=exhibition)

    response = client.get(f"/exhibitions/{exhibition.pk}.ics")

    assert response.headers["Content-Disposition"] == f'attachment; filename="exhibition-{exhibition.pk}.ics"'
    found = read(response.content)
    assert {uid: (entry.start, entry.end) for uid, entry in found.items()} == {
        f"exhibition-{exhibition.pk}@portal.example": (DAY, date(2026, 10, 13)),
        f"stop-{stop.pk}@portal.example": (date(2026, 12, 31), date(2027, 1, 2)),
    }


@pytest.mark.parametrize("setting", ["keep", "cancel"])
@pytest.mark.parametrize("factory", FACTORIES)
def test_what_is_cancelled_says_so_to_the_program_and_in_its_title(client, settings, factory, setting):
    settings.ICAL_SUBSCRIPTION_CANCELLED = setting
    row = factory(title="講演会", status=Status.CANCELLED)

    (entry,) = read(client.get(row.get_calendar_url()).content).values()

    assert (entry.title, entry.texts["STATUS"]) == ("【中止】講演会", "CANCELLED")


@pytest.mark.parametrize("factory", FACTORIES)
@pytest.mark.parametrize("facts", NEVER_PUBLIC)
def test_what_was_never_public_is_not_there(client, factory, facts):
    assert client.get(factory(**facts).get_calendar_url()).status_code == 404


@pytest.mark.parametrize("factory", FACTORIES)
@pytest.mark.parametrize("facts", NO_LONGER_PUBLIC)
def test_what_was_withdrawn_says_so(client, factory, facts):
    response = client.get(factory(title="取り下げた催し", **facts).get_calendar_url())

    assert response.status_code == 410
    assert "「取り下げた催し」は公開を終了しました。" in response.content.decode()


def test_what_was_never_there_is_not_found(client):
    assert client.get("/events/999999.ics").status_code == 404
    assert client.get("/exhibitions/999999.ics").status_code == 404


def test_parts_that_are_not_public_are_in_no_file(client):
    whole = EventFactory(title="全体")
    EventFactory(title="公開の部分", parent=whole)
    for facts in [*NEVER_PUBLIC, *NO_LONGER_PUBLIC]:
        EventFactory(title="秘密の部分", parent=whole, **facts)

    found = read(client.get(whole.get_calendar_url()).content)

    assert [entry.title for entry in found.values()] == ["公開の部分"]


@pytest.mark.parametrize(
    "facts",
    [
        {"first_day": None, "fiscal_year": 2026},
        {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31), "date_precision": "month"},
    ],
)
@pytest.mark.parametrize("factory", FACTORIES)
def test_without_a_day_a_page_explains_that_there_is_no_file(client, factory, facts):
    row = factory(title="日の分からない催し", **facts)

    response = client.get(row.get_calendar_url())

    assert response.status_code == 404
    assert headings(response, 1) == ["カレンダーに追加できません"]
    assert "まだ日が決まっていないか、日が分からないため" in main_text(response)
    assert links(response)["「日の分からない催し」のページへ"] == row.get_absolute_url()


@pytest.mark.parametrize("factory", FACTORIES)
def test_the_same_file_is_not_sent_twice(client, factory):
    row = factory()
    first = client.get(row.get_calendar_url())

    again = client.get(row.get_calendar_url(), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    row.save()
    changed = client.get(row.get_calendar_url(), headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert [entry.sequence for entry in read(changed.content).values()] == [1]


@pytest.mark.parametrize("factory", FACTORIES)
def test_only_the_head_may_be_asked_for_and_nothing_sent_in(client, factory):
    url = factory().get_calendar_url()
    head = client.head(url)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == client.get(url).headers["ETag"]
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_file_takes_two_queries_however_many_parts_there_are(client, django_assert_num_queries, rows):
    event, exhibition = EventFactory(contact=ContactPointFactory()), ExhibitionFactory(contact=ContactPointFactory())
    for _ in range(rows):
        EventFactory(parent=event, venue=VenueFactory(), contact=ContactPointFactory())
        TourStopFactory(exhibition=exhibition, first_day=DAY, last_day=DAY, venue=VenueFactory())

    with django_assert_num_queries(2):
        of_event = client.get(event.get_calendar_url())
    with django_assert_num_queries(2):
        of_exhibition = client.get(exhibition.get_calendar_url())

    assert (len(read(of_event.content)), len(read(of_exhibition.content))) == (rows, rows + 1)
