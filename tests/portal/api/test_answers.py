"""What every answer of the API has in common: pages of lists, caching, openness, mistakes told in Japanese."""

import json

import pytest

from tests.factories.events import EventFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db


def get(client, address, status=200):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def test_a_list_comes_in_parts_that_lead_to_one_another(client):
    items = [NewsItemFactory() for _ in range(5)]

    middle = get(client, "news?limit=2&offset=2")

    assert middle["count"] == 5
    assert [item["id"] for item in middle["results"]] == [items[2].pk, items[1].pk]
    assert middle["next"] == "http://testserver/api/v1/news?limit=2&offset=4"
    assert middle["previous"] == "http://testserver/api/v1/news?limit=2&offset=0"
    assert client.get(middle["next"]).json()["next"] is None
    assert client.get(middle["previous"]).json()["previous"] is None


def test_the_links_keep_the_filters(client):
    for _ in range(2):
        EventFactory(title="シルク 展")

    part = get(client, "events?q=シルク&limit=1")

    assert "q=%E3%82%B7%E3%83%AB%E3%82%AF" in part["next"]
    assert len(client.get(part["next"]).json()["results"]) == 1


def test_a_list_has_at_most_a_hundred_rows_in_one_answer(client):
    for _ in range(51):
        NewsItemFactory()

    assert len(get(client, "news")["results"]) == 50
    assert len(get(client, "news?limit=100")["results"]) == 51
    assert get(client, "news?limit=101", 422)["errors"] == [
        {"where": "limit", "message": "100以下で指定してください。"}
    ]


def test_beyond_the_end_there_is_nothing(client):
    NewsItemFactory()

    assert get(client, "news?offset=1000000") == {
        "count": 1,
        "next": None,
        "previous": "http://testserver/api/v1/news?offset=999950&limit=50",
        "results": [],
    }


@pytest.mark.parametrize(
    ("query", "where", "message"),
    [
        ("offset=99999999999999999999999", "offset", "1000000以下で指定してください。"),
        ("offset=-1", "offset", "0以上で指定してください。"),
        ("limit=x", "limit", "整数で指定してください。"),
        ("limit=0", "limit", "1以上で指定してください。"),
        ("fiscal_year=1900", "fiscal_year", "1947以上で指定してください。"),
        (
            "kind=x",
            "kind",
            "'lecture', 'promotion', 'sponsorship', 'ward', 'member'のいずれかを指定してください。",
        ),
        ("from=2021-02-30", "from", "日付はYYYY-MM-DDの形で、ある日を指定してください。"),
        ("to=20210201", "to", "日付はYYYY-MM-DDの形で、ある日を指定してください。"),
        ("to=0001-01-01", "to", "1947-05-03から2199-12-31までの日付を指定してください。"),
        ("prefecture=1", "prefecture", "コードは決められた桁数の半角数字で指定してください。"),
        ("ward=１３１０９１", "ward", "コードは決められた桁数の半角数字で指定してください。"),
        ("q=", "q", "空にはできません。"),
        (f"q={'あ' * 51}", "q", "50文字以内で指定してください。"),
    ],
)
def test_a_wrong_question_is_explained_in_japanese(client, query, where, message):
    answer = get(client, f"events?{query}", 422)

    assert answer == {"detail": "指定が正しくありません。", "errors": [{"where": where, "message": message}]}


@pytest.mark.parametrize(
    "address", ["nothing", "events/7", "events/x", "events/99999999999999999999", "municipalities/1", "events/7/parts"]
)
def test_what_is_not_there_is_said_in_json(client, address):
    assert get(client, address, 404) == {"detail": "見つかりません。", "errors": []}


def test_what_was_withdrawn_says_why(client):
    event = EventFactory(publication_state="withdrawn", withdrawal_note="重複のため")

    assert get(client, f"events/{event.pk}", 410)["detail"] == "取り下げられました。重複のため"


def test_a_nul_byte_is_refused(client):
    assert client.get("/api/v1/events?q=%00").status_code == 400
    assert client.get("/api/v1/events/%00").status_code == 400


def test_whoever_has_the_answer_is_told_that_it_is_the_same(client):
    event = EventFactory()
    first = client.get("/api/v1/events")
    assert first.headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
    )

    again = client.get("/api/v1/events", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"

    event.title = "新しい名称"
    event.save()
    changed = client.get("/api/v1/events", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("address", ["events", "events/1", "nothing", "openapi.json", "events?limit=0"])
def test_pages_of_other_sites_may_ask(client, address):
    response = client.get(f"/api/v1/{address}", headers={"Origin": "https://other.example"})

    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_asks_beforehand_learns_what_it_may(client):
    response = client.options("/api/v1/events", headers={"Origin": "https://other.example"})

    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_head_is_answered_as_get_without_the_body(client):
    response = client.head("/api/v1/events")

    assert response.status_code == 200
    assert response.headers["ETag"] == client.get("/api/v1/events").headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)("/api/v1/events")

    assert response.status_code == 405
    assert response.json()["detail"] == "読み取り（GET）だけができます。"
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_japanese_stays_readable(client):
    EventFactory(title="つながる祭")

    assert "つながる祭" in client.get("/api/v1/events").content.decode()
