"""The page itself: what it says, marks and offers."""

import json
import re

import pytest

from portal.search.extracts import Part, extract, marked
from portal.search.queries import read
from tests.factories.events import EventFactory
from tests.factories.municipalities import MunicipalityFactory, WardFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db


def joined(parts):
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("茅ヶ崎市の海", "茅が崎", "[茅ヶ崎]市の海"),
        ("チヨダの会", "ちよだ", "[チヨダ]の会"),
        ("ﾁﾖﾀﾞの会", "チヨダ", "[ﾁﾖﾀﾞ]の会"),
        ("㈱花の市", "花", "㈱[花]の市"),
        ("第２回と第2回", "第2回", "[第２回]と[第2回]"),
        ("平成30年度の会とH30", "2018年度", "[平成30年度]の会と[H30]"),
        ("温泉と特産品", "特産品 温泉", "[温泉]と[特産品]"),
        ("温泉 街道", '"温泉街道"', "温泉 街道"),
        ("温泉 街道", '"温泉 街道"', "[温泉 街道]"),
        ("川の会", "山", "川の会"),
        ("", "山", ""),
    ],
)
def test_what_was_searched_is_marked_as_it_is_written_there(text, words, expected):
    assert joined(marked(text, read(words))) == expected


def test_an_extract_lies_around_the_first_word():
    text = "前" * 100 + "温泉" + "後" * 200
    found = joined(extract(text, read("温泉")))

    assert found == "…" + "前" * 30 + "[温泉]" + "後" * 88 + "…"


def test_without_a_word_an_extract_is_the_beginning():
    assert extract("あ" * 300, read("温泉")) == [Part("あ" * 120, False), Part("…", False)]


def test_what_people_write_is_no_markup(ask):
    NewsItemFactory(title="<b>花</b>&市", body="<p>花 &lt;script&gt;alert(1)&lt;/script&gt;</p>")
    html = ask("花").html

    assert "&lt;b&gt;<mark>花</mark>&lt;/b&gt;&amp;市" in html
    assert "<mark>花</mark> &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in ask("<script>alert(1)</script>").html


def test_the_words_stay_in_the_box_and_in_the_title(ask):
    html = ask("花&市").html

    assert re.search(r'id="search-words"[^>]* value="花&amp;市"', html)
    assert "<title>「花&amp;市」の検索結果｜特別区全国連携プロジェクト</title>" in html


def test_without_words_it_says_how_to_search(client):
    html = client.get("/search/").content.decode()

    assert "さがし方" in html
    assert "検索結果" not in html


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/search/?q=" + "あ" * 101, "さがす言葉は100文字までです。短くしてお試しください。"),
        ("/search/?q=!!", "さがす言葉に、文字か数字を入れてください。"),
        ("/search/?q=花&kind=weather", "この種類はありません。一覧から選んでください。"),
    ],
)
def test_what_cannot_be_searched_gets_a_message(client, address, message):
    NewsItemFactory(title="花")
    response = client.get(address)

    assert response.status_code == 200
    assert message in response.content.decode()
    assert 'class="results"' not in response.content.decode()


def test_nobody_is_known_by_searching(ask):
    response = ask("花").response

    assert response.cookies == {}
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_page_without_words_may_be_listed(client):
    assert "X-Robots-Tag" not in client.get("/search/").headers


def test_who_found_nothing_is_offered_what_sounds_alike(ask):
    ward = WardFactory(name="千代田区", name_kana="ちよだく")
    MunicipalityFactory(name="函館市", name_kana="はこだてし")
    html = ask("チョダ").html

    assert "「チョダ」を含む記録は見つかりませんでした。" in html
    assert f'<a href="{ward.get_absolute_url()}">千代田区</a>（ちよだく）' in html
    assert "函館市" not in html
    assert '<a href="/municipalities/">自治体をさがす</a>' in html


def test_who_found_nothing_for_two_words_is_told_what_one_finds(ask):
    NewsItemFactory(title="温泉の知らせ")
    html = ask("温泉 瑪瑙").html

    assert '<a href="/search/?q=%E6%B8%A9%E6%B3%89">温泉（1件）</a>' in html
    assert "瑪瑙（" not in html


def test_who_found_nothing_of_a_kind_is_led_to_all(ask):
    NewsItemFactory(title="温泉の知らせ")

    assert "すべての種類の検索結果（1件）を見る" in ask("温泉", kind="event").html


def test_pages_are_found_by_name(ask):
    assert '<a href="/accessibility/">アクセシビリティ方針</a>' in ask("アクセシビリティ").html


def test_demo_records_say_so(ask):
    EventFactory(title="花の会", is_demo=True)
    NewsItemFactory(title="花の知らせ")

    assert ask("花").html.count('<span class="chip" data-variant="demo">デモ</span>') == 1


def test_names_are_suggested_while_somebody_types(client):
    WardFactory(name="千代田区", name_kana="ちよだく")
    MunicipalityFactory(name="千代田町", name_kana="ちよだまち")
    EventFactory(title="秋の会", summary="千代田区で")
    response = client.get("/search/suggestions/?q=ちよ")

    assert json.loads(response.content) == {
        "suggestions": [
            {"title": "千代田区", "reading": "ちよだく", "kind": "特別区"},
            {"title": "千代田町", "reading": "ちよだまち", "kind": "自治体"},
        ]
    }


def test_a_title_is_suggested_once_and_no_more_than_eight(client):
    for number in range(12):
        NewsItemFactory(title="花の知らせ" if number < 3 else f"花の知らせ{number}")
    titles = [named["title"] for named in client.get("/search/suggestions/?q=花").json()["suggestions"]]

    assert len(titles) == len(set(titles)) == 8


@pytest.mark.parametrize("words", ["", "!!", "あ" * 101])
def test_nothing_is_suggested_for_what_cannot_be_searched(client, words):
    assert client.get("/search/suggestions/", {"q": words}).json() == {"suggestions": []}


@pytest.mark.parametrize("address", ["/search/?q=花", "/search/suggestions/?q=花"])
def test_nothing_is_sent_here(client, address):
    assert client.post(address).status_code == 405
