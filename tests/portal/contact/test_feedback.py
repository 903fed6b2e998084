"""「このページは役に立ちましたか」: asked on pages that are read, without a cookie, of our own pages only."""

import pytest

from portal.contact.pages import page_at
from portal.models import PageFeedback
from tests.factories.contact import PageFeedbackFactory
from tests.factories.events import EventFactory, WardProjectFactory
from tests.factories.municipalities import WardFactory
from tests.factories.portal import NewsItemFactory
from tests.guarded import guarded
from tests.reading import main_text

pytestmark = pytest.mark.django_db

QUESTION = "このページは役に立ちましたか"


def test_every_page_to_read_asks_with_plain_links_and_no_cookie(client):
    ward = WardFactory()
    for address in ("/about/", f"/wards/{ward.pk}/"):
        response = client.get(f"{address}?q=%E5%A5%B3")
        html = response.content.decode()
        assert QUESTION in html
        assert f'href="/feedback/?page={address.replace("/", "%2F")}&amp;answer=no" rel="nofollow"' in html
        assert response.cookies == {}


@pytest.mark.parametrize("address", ["/contact/", "/feedback/?page=/", "/accounts/login/", "/nothing/", "/events/1/"])
def test_forms_and_errors_do_not_ask(client, address):
    assert QUESTION not in client.get(address).content.decode()


def test_the_page_that_the_link_opens_knows_page_and_answer(client):
    news = NewsItemFactory(title="連携展の開催")
    response = client.get("/feedback/", {"page": f"/news/{news.pk}/", "answer": "no"})
    assert "連携展の開催" in main_text(response)
    html = response.content.decode()
    assert 'value="no" required id="id_answer_1" checked' in html or 'id="id_answer_1" checked' in html
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_is_kept_with_its_words(client, answer):
    response = client.post("/feedback/", guarded(page="/about/", answer=answer, comment="見出しが分かりにくい。"))
    assert response.status_code == 302
    feedback = PageFeedback.objects.get()
    assert (feedback.path, feedback.is_useful, feedback.comment, feedback.ward) == (
        "/about/",
        answer == "yes",
        "見出しが分かりにくい。",
        None,
    )
    assert "プロジェクトについて" in main_text(client.get(response.url))


def test_it_goes_to_the_ward_whose_page_it_is():
    ward = WardFactory()
    paths = [
        ward.get_absolute_url(),
        EventFactory(owner=ward).get_absolute_url(),
        WardProjectFactory(ward=ward).get_absolute_url(),
        NewsItemFactory().get_absolute_url(),
        "/wards/",
    ]
    assert [page_at(path).ward for path in paths] == [ward, ward, ward, None, None]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "about/",
        "//elsewhere.example/",
        "https://elsewhere.example/about/",
        "/about/?q=1",
        "/admin/",
        "/accounts/login/",
        "/feedback/",
        "/events/999/",
        "/events/99999999999999999999999999/",
        "/wards/131016/../",
        "/" + "a" * 300,
        "javascript:alert(1)",
        "/healthz",
        "/readyz",
        "/metrics",
        "/open-data/events.csv",
    ],
)
def test_only_our_own_public_pages_are_asked_about(client, path):
    assert client.get("/feedback/", {"page": path}).status_code == 404
    assert client.get("/feedback/sent/", {"page": path}).status_code == 404
    response = client.post("/feedback/", guarded(page=path, answer="yes", comment="残る言葉"))
    assert response.status_code == 200
    assert response.context["form"]["comment"].value() == "残る言葉"
    assert PageFeedback.objects.count() == 0


def test_of_a_page_that_is_not_public_nobody_learns_that_it_is_there(client):
    draft = EventFactory(publication_state="draft", publish_at=None, title="CANARY")
    response = client.get("/feedback/", {"page": draft.get_absolute_url()})
    assert response.status_code == 404
    assert "CANARY" not in response.content.decode()


def test_a_form_sent_twice_counts_once(client):
    answer = guarded(page="/about/", answer="yes")
    assert [client.post("/feedback/", answer).status_code for _ in range(2)] == [302, 302]
    assert PageFeedback.objects.count() == 1


def test_too_many_are_refused_for_a_while(client):
    statuses = [
        client.post("/feedback/", guarded(page="/about/", answer="yes", comment=str(number))).status_code
        for number in range(21)
    ]
    assert statuses == [302] * 20 + [429]


@pytest.mark.parametrize("changes", [{"answer": ""}, {"answer": "maybe"}, {"comment": "あ" * 1001}, {"homepage": "x"}])
def test_what_is_missing_or_too_much_is_said(client, changes):
    response = client.post("/feedback/", guarded(**({"page": "/about/", "answer": "yes"} | changes)))
    assert response.status_code == 200
    assert "入力内容をご確認ください" in main_text(response)
    assert PageFeedback.objects.count() == 0


def test_answers_are_counted_for_each_page():
    for is_useful in (True, True, False):
        PageFeedbackFactory(path="/about/", is_useful=is_useful)
    PageFeedbackFactory(path="/news/", is_useful=False)
    counted = PageFeedback.objects.with_counts().order_by("path").values_list("path", "yes_count", "no_count")
    assert set(counted) == {("/about/", 2, 1), ("/news/", 0, 1)}
