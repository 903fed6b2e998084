"""Menu, breadcrumb and section come from one tree."""

import pytest
from django.urls import get_resolver

from portal.core.navigation import HOME, MENU, Crumb, Page, section_of, trail


def pages(tree=MENU):
    for page in tree:
        yield page
        yield from pages(page.children)


def test_the_menu_is_the_one_of_the_design():
    assert [page.label for page in MENU] == [
        "自治体をさがす",
        "イベント・展示",
        "協定",
        "被災地支援",
        "数字で見る",
        "お知らせ",
        "プロジェクトについて",
    ]


@pytest.mark.parametrize("page", [HOME, *pages()], ids=lambda page: page.view_name)
def test_every_page_of_the_tree_has_an_address(page):
    assert page.view_name in get_resolver().reverse_dict


def test_home_has_no_breadcrumb():
    assert trail("home", "ホーム") == []


def test_the_way_to_a_record_leads_through_its_lists():
    assert trail("exhibition_detail", "お茶の京都") == [
        Crumb("ホーム", "/"),
        Crumb("イベント・展示", "/events/"),
        Crumb("全国連携展示", "/exhibitions/"),
        Crumb("お茶の京都"),
    ]


def test_a_page_outside_the_tree_hangs_under_home():
    assert trail("", "ページが見つかりません") == [Crumb("ホーム", "/"), Crumb("ページが見つかりません")]


@pytest.mark.parametrize(
    ("view_name", "section"),
    [
        ("ward_detail", "municipality_list"),
        ("event_list", "event_list"),
        ("publication_list", "news_list"),
        ("home", ""),
    ],
)
def test_the_section_is_the_menu_s_page(view_name, section):
    assert section_of(view_name) == section


def test_a_page_without_label_is_about_one_record():
    assert Page("event_detail").label == ""
