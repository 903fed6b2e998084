"""What the portal promises: the pages say what is so, and the results of the tests as they were written down."""

import json
from datetime import date

import pytest

from portal import accessibility
from portal.contacts import SECRETARIAT
from tests.factories.core import ContactPointFactory
from tests.reading import facts, main_text, table

pytestmark = pytest.mark.django_db

PAGES = {
    "/accessibility/": "アクセシビリティ方針",
    "/accessibility/results/": "アクセシビリティ検査の結果",
    "/privacy/": "個人情報の取扱い",
    "/site-policy/": "サイトポリシー",
}
WITH_CONTACT = ["/accessibility/", "/privacy/", "/site-policy/"]


@pytest.fixture
def no_results(tmp_path, monkeypatch):
    monkeypatch.setattr(accessibility, "RESULTS", tmp_path / "none.json")


@pytest.fixture
def results(tmp_path, monkeypatch):
    """The results of a test run, written down as it does."""
    file = tmp_path / "results.json"
    file.write_text(
        json.dumps(
            {
                "date": "2026-10-01",
                "standard": "JIS X 8341-3:2016",
                "level": "AA",
                "technologies": ["HTML", "CSS"],
                "selection": "ひな形ごとに1ページ",
                "tool": "axe-core",
                "pages": [{"address": "/", "title": "ホーム", "violations": 0}],
                "criteria": [
                    {"number": "1.1.1", "name": "非テキストコンテンツ", "level": "A", "result": "違反なし", "note": ""},
                    {
                        "number": "2.5.8",
                        "name": "ターゲットのサイズ（最小）",
                        "level": "AA",
                        "result": "自動検査の対象外",
                        "note": "手による確認が要ります。",
                    },
                    {
                        "number": "4.1.3",
                        "name": "ステータスメッセージ",
                        "level": "AA",
                        "result": "違反なし",
                        "note": "",
                    },
                ],
            }
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(accessibility, "RESULTS", file)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_its_title_and_the_way_home(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert response.context["page_title"] == PAGES[address]
    assert 'aria-label="現在位置"' in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_database_little(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("address", WITH_CONTACT)
def test_the_contact_appears_once_it_is_entered(client, address):
    ContactPointFactory(organization="別の組織")
    ContactPointFactory(organization=SECRETARIAT, department="架空の課", is_demo=True)
    assert "お問い合わせフォームからお知らせください" in main_text(client.get(address))

    ContactPointFactory(organization=SECRETARIAT, department="全国連携担当", phone="00-1234-5678")

    shown = main_text(client.get(address))
    assert f"{SECRETARIAT} 全国連携担当" in shown
    assert "00-1234-5678" in shown
    assert "お問い合わせフォームからもお送りいただけます" in shown


def test_without_results_nothing_is_claimed(client, no_results):
    shown = main_text(client.get("/accessibility/results/"))

    assert "検査の結果は、まだありません。" in shown
    assert "違反" not in shown
    assert "公開した検査の結果は、まだありません。" in main_text(client.get("/accessibility/"))


def test_results_are_shown_as_they_were_written_down(client, results):
    response = client.get("/accessibility/results/")

    assert facts(response) == {
        "検査した日": ["令和8年10月1日（木曜日）"],
        "規格": ["JIS X 8341-3:2016"],
        "目標とするレベル": ["AA"],
        "依存する技術": ["HTML、CSS"],
        "ページの選び方": ["ひな形ごとに1ページ"],
        "検査の道具": ["axe-core"],
    }
    assert table(response, "1ページ") == [["ページ", "アドレス", "違反"], ["ホーム", "/", "0件"]]
    assert table(response, "WCAG 2.2")[1:] == [
        ["1.1.1", "非テキストコンテンツ", "A", "あり", "違反なし", ""],
        [
            "2.5.8",
            "ターゲットのサイズ（最小）",
            "AA",
            "なし（WCAG 2.2で追加）",
            "自動検査の対象外",
            "手による確認が要ります。",
        ],
        ["4.1.3", "ステータスメッセージ", "AA", "なし（WCAG 2.1で追加）", "違反なし", ""],
    ]


def test_the_policy_names_the_day_of_the_last_test(client, results):
    assert "令和8年10月1日（木曜日）に行った検査の結果" in main_text(client.get("/accessibility/"))


def test_the_results_that_are_kept_are_whole():
    """Those in the code, where there are any: every page free of violations, nothing unjudged called good."""
    kept = accessibility.latest_results()
    if kept is None:
        pytest.skip("検査の結果は、まだ書き出されていません。")

    assert isinstance(kept["date"], date)
    assert kept["pages"]
    assert [page for page in kept["pages"] if page["violations"]] == []
    assert len(kept["criteria"]) == 55
    assert {criterion["level"] for criterion in kept["criteria"]} == {"A", "AA"}


def test_a_visitor_gets_no_cookie(client):
    """What /privacy/ promises."""
    for address in ("/", "/privacy/", "/municipalities/?q=町", "/events/"):
        client.get(address)

    assert client.cookies == {}


def test_privacy_names_the_cookies_of_this_site(client):
    client.get("/accounts/login/")

    names = [row[0] for row in table(client.get("/privacy/"), "使っているCookie")[1:]]
    assert names == ["sessionid", "csrftoken"]
    assert set(client.cookies) <= set(names)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_loaded_from_elsewhere(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "://" not in policy
