"""Whatever an address carries, the answer is a page: what was asked for, a message, or "not found"."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HOSTILE = [
    "%00",
    "%FF%FE",
    "%E3%81",
    "a" * 5000,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e9",
    "%F0%9F%8D%B5",
    "'%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "%27%20OR%201=1--",
    "../../etc/passwd",
    "%0D%0ASet-Cookie:x=1",
    "2021-02-30",
    "9999-12-31",
    "0001-01-01",
    "令和99年99月99日",
    "%E4%BB%A4%E5%92%8C0%E5%B9%B41%E6%9C%881%E6%97%A5",
    "NaN",
    "true",
    "%25s%25n",
    "{{7*7}}",
]
FINDING = ("ward", "prefecture", "municipality", "kind", "status", "free", "online")
SLICE = ("ward", "prefecture", "municipality", "kind")
# What each page can be asked for. Every page is asked for a page number and for something nobody knows as well.
LISTS: dict[str, tuple[str, ...]] = {
    "/": (),
    "/about/": (),
    "/news/": (),
    "/contact/": ("ward",),
    "/feedback/": ("page", "answer"),
    "/feedback/sent/": ("page",),
    "/publications/": (),
    "/municipalities/": ("q", "prefecture", "kind", "relation"),
    "/prefectures/": (),
    "/wards/": (),
    "/agreements/": ("as_of",),
    "/agreements/companies/": (),
    "/events/": (*FINDING, "when", "from", "to", "fiscal_year"),
    "/events.ics": SLICE,
    "/events/feed/": SLICE,
    "/events/subscribe/": SLICE,
    "/news/feed/": (),
    "/events/calendar/": FINDING,
    "/events/calendar/2018/09/": FINDING,
    "/exhibitions/": (),
    "/exhibitions/now/": (),
    "/projects/": ("q", "ward", "field", "prefecture", "municipality", "fiscal_year", "status"),
    "/open-data/projects.csv": ("q", "ward", "field", "prefecture", "municipality", "fiscal_year", "status", "enc"),
    "/search/": ("q", "kind"),
    "/search/suggestions/": ("q",),
    "/disaster-support/": (),
    "/statistics/": ("as_of",),
    "/open-data/": (),
    "/api/v1/": (),
    "/statistics/partners/": ("as_of", "set", "ward", "prefecture", "outside"),
    "/statistics/projects/": ("as_of",),
    "/statistics/matrix/": ("as_of",),
    "/statistics/prefectures/": ("as_of",),
    "/statistics/years/": ("as_of",),
    "/statistics/overview/": ("as_of",),
    "/statistics/figures.csv": ("as_of",),
    "/statistics/reconciliation/": (),
    "/statistics/method/": (),
}
PATHS = [
    "/municipalities/{}/",
    "/prefectures/{}/",
    "/wards/{}/",
    "/agreements/{}/",
    "/agreements/companies/{}/",
    "/events/{}/",
    "/events/{}.ics",
    "/events/archive/{}/",
    "/events/calendar/{}/09/",
    "/events/calendar/2018/{}/",
    "/exhibitions/{}/",
    "/exhibitions/{}.ics",
    "/projects/{}/",
    "/disaster-support/{}/",
    "/news/{}/",
    "/media/{}",
    "/open-data/{}/",
    "/open-data/{}.csv",
    "/api/v1/events/{}",
    "/api/v1/municipalities/{}",
    "/api/v1/{}",
]


@pytest.mark.slow
@pytest.mark.parametrize("address", LISTS)
def test_no_parameter_breaks_a_page(lively, address):
    # Without the parser of HTML, which takes most of the time: tests/hostile reads what comes out.
    client = Client()
    for parameter in (*LISTS[address], "page", "unknown"):
        for value in HOSTILE:
            response = client.get(f"{address}?{parameter}={value}")
            assert response.status_code in (200, 400, 404), f"{address}?{parameter}={value[:40]}"
            assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_no_path_breaks_a_page(client, path):
    for value in HOSTILE:
        assert client.get(path.format(value)).status_code in (400, 404), path.format(value[:40])


@pytest.mark.parametrize("query", ["q=%00", "q=%FF", "%00=1", "as_of=%E3%81"])
@pytest.mark.parametrize("address", LISTS)
def test_a_nul_byte_or_broken_utf8_is_explained(client, address, query):
    response = client.get(f"{address}?{query}")

    assert response.status_code == 400
    assert "使えない文字" in response.content.decode()


@pytest.mark.parametrize("value", ["2021-02-30", "いつか", "0001-01-01", "9999-12-31", "令和0年1月1日"])
@pytest.mark.parametrize("address", ["/agreements/", "/statistics/", "/statistics/matrix/", "/statistics/years/"])
def test_an_impossible_day_is_explained_and_today_is_shown(client, address, value):
    response = client.get(address, {"as_of": value})

    assert response.status_code == 200
    assert "日付" in response.context["form"].errors["as_of"][0]


@pytest.mark.parametrize("page", ["0", "-1", "2", "999", "x"])
@pytest.mark.parametrize("address", ["/news/", "/events/?kind=member&", "/projects/"])
def test_a_page_that_is_not_there_is_not_found(client, lively, address, page):
    joined = address if "?" in address else f"{address}?"

    assert client.get(f"{joined}page={page}").status_code == 404
