"""The page on which calendars and feeds are offered, and the ways that lead there."""

from datetime import date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from events.choices import EventKind, Status
from events.models import Exhibition
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.reading import facts, headings, links, main_text, table, texts

pytestmark = pytest.mark.django_db

URL = "/events/subscribe/"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://portal.example"


@pytest.fixture
def places(db):
    ward = WardFactory(code="131091", name="品川区")
    kyoto = PrefectureFactory(code="26", name="京都府")
    return {"ward": ward, "prefecture": kyoto, "town": MunicipalityFactory(prefecture=kyoto, name="宇治田原町")}


def day(distance: int) -> date:
    return timezone.localdate() + timedelta(days=distance)


def test_two_sentences_say_how(client):
    (lead,) = texts(client.get(URL), "lead")

    assert lead.count("。") == 2
    assert [word for word in ("iPhone", "Mac", "Outlook", "Googleカレンダー") if word not in lead] == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "すべてのイベント・展示"),
        ("ward=131091", "品川区のイベント・展示"),
        ("prefecture=26", "京都府のイベント・展示"),
        ("ward=131091&kind=lecture", "品川区の講演会・シンポジウム・セミナー"),
    ],
)
def test_what_was_chosen_has_a_calendar_and_a_feed(client, places, query, name):
    response = client.get(f"{URL}?{query}")
    rest = f"?{query}" if query else ""

    assert headings(response)[0] == name
    assert links(response)["カレンダーに登録する"] == f"webcal://portal.example/events.ics{rest}"
    assert facts(response)["カレンダー"] == [f"https://portal.example/events.ics{rest}"]
    assert facts(response)["フィード"] == [f"https://portal.example/events/feed/{rest}"]
    html = response.content.decode()
    assert f'data-copy-link="https://portal.example/events.ics{rest.replace("&", "&amp;")}"' in html
    assert f'<link rel="alternate" type="application/atom+xml" title="{name}"' in html


def test_a_municipality_is_chosen_by_its_page(client, places):
    response = client.get(URL, {"municipality": places["town"].pk})

    assert headings(response)[0] == "宇治田原町のイベント・展示"
    assert 'name="municipality"' not in response.content.decode()


def test_the_addresses_that_are_shown_answer(client, places):
    response = client.get(URL, {"ward": "131091"})

    for address in [
        links(response)["カレンダーに登録する"],
        *facts(response)["カレンダー"],
        *facts(response)["フィード"],
    ]:
        assert client.get(address.partition("portal.example")[2]).status_code == 200


def test_every_kind_ward_and_prefecture_has_its_row(client, places):
    response = client.get(URL)
    html = response.content.decode()

    head = ["カレンダー", "そのアドレス", "フィード"]
    ways = ["登録", "アドレス", "フィード"]
    assert table(response, "種別ごと") == [["種別", *head], *([str(label), *ways] for label in EventKind.labels)]
    assert table(response, "23区ごと") == [["23区", *head], ["品川区", *ways]]
    assert table(response, "都道府県ごと") == [
        ["都道府県", *head],
        ["東京都", *ways],
        ["京都府", *ways],
    ]
    for query in ("kind=member", "ward=131091", "prefecture=26"):
        for address in ("webcal://portal.example/events.ics", "https://portal.example/events.ics"):
            assert f'<a href="{address}?{query}">' in html
        assert f'<a href="https://portal.example/events/feed/?{query}">' in html


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ward=999999", "区：正しく選択してください。選択したものは候補にありません。"),
        ("prefecture=0", "都道府県：正しく選択してください。選択したものは候補にありません。"),
        ("municipality=1", "この団体コードの自治体はありません。"),
        ("kind=song", "種別：正しく選択してください。 song は候補にありません。"),
    ],
)
def test_a_wrong_choice_is_explained_and_left_out(client, places, query, message):
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 200
    assert texts(response, "error-summary__list") == [message]
    assert headings(response)[0] == "すべてのイベント・展示"


def test_feeds_have_a_place_of_their_own_to_which_every_page_leads(client):
    response = client.get(URL)

    assert '<h2 id="feeds">フィード</h2>' in response.content.decode()
    assert links(response)["すべてのイベント・展示のフィード"] == "/events/feed/"
    assert '<a href="/events/subscribe/#feeds">フィード</a>' in client.get("/accounts/signup/").content.decode()


def test_without_an_address_of_its_own_the_page_names_the_host_it_was_asked_under(client, settings):
    settings.SITE_URL = ""

    assert links(client.get(URL))["カレンダーに登録する"] == "webcal://testserver/events.ics"


@pytest.mark.parametrize(
    ("kind", "name", "query"),
    [
        ("ward", "品川区", "ward=131091"),
        ("prefecture", "京都府", "prefecture=26"),
        ("town", "宇治田原町", "municipality={code}"),
    ],
)
def test_the_page_of_a_place_leads_to_its_calendar_and_its_feed(client, places, kind, name, query):
    query = query.format(code=places["town"].pk)
    response = client.get(places[kind].get_absolute_url())

    assert links(response)["カレンダーに登録する"] == f"/events/subscribe/?{query}"
    assert links(response)["フィード"] == f"/events/feed/?{query}"
    assert (
        f'<link rel="alternate" type="application/atom+xml" title="{name}のイベント・展示" '
        f'href="/events/feed/?{query}">' in response.content.decode()
    )


def test_the_list_of_events_names_its_feed(client):
    html = client.get("/events/").content.decode()

    assert 'type="application/atom+xml" title="すべてのイベント・展示" href="/events/feed/">' in html


@pytest.mark.parametrize(
    ("query", "calendar", "feed"),
    [
        ("", "/events/subscribe/", "/events/feed/"),
        (
            "ward=131091&kind=member",
            "/events/subscribe/?ward=131091&amp;kind=member",
            "/events/feed/?ward=131091&amp;kind=member",
        ),
    ],
)
def test_the_way_from_a_list_keeps_its_filter(query, calendar, feed):
    html = render_to_string("events/partials/subscribe.html", {"query": query})

    assert f'<a href="{calendar}">カレンダーに登録する</a>' in html
    assert f'<a href="{feed}" type="application/atom+xml">フィード</a>' in html


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"first_day": day(1)}, "カレンダーに追加する"),
        ({"first_day": day(0)}, "カレンダーに追加する"),
        ({"first_day": day(-3), "last_day": day(0)}, "カレンダーに追加する"),
        ({"first_day": day(1), "status": Status.CANCELLED}, "カレンダーに中止を反映する"),
    ],
)
@pytest.mark.parametrize("factory", [EventFactory, ExhibitionFactory])
def test_what_is_to_come_can_be_put_into_a_calendar(client, factory, facts, label):
    row = factory(**facts)

    found = links(client.get(row.get_absolute_url()))

    assert found[label] == row.get_calendar_url()
    assert found["これからの催しを自動で受け取る"] == URL
    assert client.get(found[label]).status_code == 200


@pytest.mark.parametrize(
    "facts",
    [
        {"first_day": day(-1)},
        {"first_day": None, "fiscal_year": 2199},
        {"first_day": date(2199, 4, 1), "last_day": date(2199, 4, 30), "date_precision": "month"},
    ],
)
@pytest.mark.parametrize("factory", [EventFactory, ExhibitionFactory])
def test_what_is_over_or_has_no_day_is_not_offered(client, factory, facts):
    response = client.get(factory(**facts).get_absolute_url())

    assert "カレンダーに追加" not in main_text(response)


def test_an_exhibition_is_offered_while_its_tour_has_a_stop_to_come(client):
    exhibition = ExhibitionFactory(first_day=day(-9))
    TourStopFactory(exhibition=exhibition, first_day=day(-5), last_day=day(-4))
    assert "カレンダーに追加する" not in links(client.get(exhibition.get_absolute_url()))

    TourStopFactory(exhibition=exhibition, first_day=day(5), last_day=day(6))

    assert links(client.get(exhibition.get_absolute_url()))["カレンダーに追加する"] == exhibition.get_calendar_url()


def test_the_moment_decides_what_is_ahead():
    event = EventFactory(first_day=date(2026, 10, 10), end_time=datetime(2026, 10, 10, 12).time())  # noqa: DTZ001
    exhibition = Exhibition.objects.for_list().get(pk=ExhibitionFactory(first_day=date(2026, 10, 10)).pk)
    tokyo = timezone.get_default_timezone()

    def ahead(row, *moment: int) -> bool:
        return row.is_ahead(datetime(*moment, tzinfo=tokyo))

    assert [ahead(event, 2026, 10, 10, 11), ahead(event, 2026, 10, 10, 12)] == [True, False]
    assert [ahead(exhibition, 2026, 10, 10, 23), ahead(exhibition, 2026, 10, 11)] == [True, False]


@pytest.mark.parametrize("rows", [1, 3, 20])
@pytest.mark.parametrize(("query", "queries"), [("", 2), ("ward={ward}&prefecture=13&municipality={ward}", 5)])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows, query, queries):
    wards = [WardFactory() for _ in range(rows)]
    for number in range(rows):
        PrefectureFactory(code=f"{number + 20}")
        EventFactory()

    with django_assert_num_queries(queries):
        client.get(f"{URL}?{query.format(ward=wards[0].code)}")
