"""What stands around every page: the head with its search and menu, and the foot."""

import re

import pytest
from django.urls import reverse

from portal.core.navigation import FOOTER, MENU
from tests.factories.core import UserFactory

# A page that asks the database nothing.
ADDRESS = "/accounts/signup/"


@pytest.fixture
def head_and_foot(client):
    """The parts of a page before and after its main part."""

    def parts(address=ADDRESS):
        html = client.get(address).content.decode()
        head, rest = html.split('<header class="site-header">')[1].split("</header>", 1)
        return head, rest.split('<footer class="site-footer">')[1]

    return parts


def test_the_head_finds_municipalities(head_and_foot):
    head, _ = head_and_foot()

    assert f'role="search" method="get" action="{reverse("search")}" aria-label="サイト内検索"' in head
    assert '<label class="site-search__label" for="site-search">サイト内検索</label>' in head
    assert re.search(r'<input [^>]*id="site-search" type="search" name="q"', head)


def test_the_menu_is_a_plain_list_that_a_module_may_fold(head_and_foot):
    head, _ = head_and_foot()
    nav = head.split('<nav class="site-menu" aria-label="メインメニュー" data-menu>')[1]

    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', nav) == [(page.url, page.label) for page in MENU]
    assert "<button" not in nav


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "current"), [("/about/", "page"), ("/about/plan/", "true")])
def test_the_menu_marks_where_one_is(head_and_foot, address, current):
    head, _ = head_and_foot(address)

    assert re.findall(r'<a href="([^"]+)" aria-current="([^"]+)">', head) == [("/about/", current)]


def test_the_foot_leads_to_the_menu_and_to_what_is_said_of_the_site(head_and_foot):
    _, foot = head_and_foot()
    pages = [*MENU, *(page for above in FOOTER for page in (above, *above.listed))]

    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', foot) == [
        *((page.url, page.label) for page in pages),
        (f"{reverse('event_subscribe')}#feeds", "フィード"),
        (reverse("account_login"), "職員の方"),
    ]


@pytest.mark.django_db
def test_whoever_signed_in_finds_the_way_out(client, head_and_foot):
    client.force_login(UserFactory(name="山田"))
    head, _ = head_and_foot()

    assert f'<a href="{reverse("account_home")}">山田さん</a>' in head
    assert f'href="{reverse("account_logout")}"' in head
    assert "管理画面" not in head
