"""What the pages of the site say to machines beside what events do."""

import pytest

from portal.core.navigation import every_page
from tests.factories.events import EventFactory
from tests.vocabulary import things_of

pytestmark = pytest.mark.django_db

PAGES = [page for page in every_page() if page.view_name != "home"]


def steps(response):
    [way] = things_of(response, "BreadcrumbList")
    return [(step["name"], step.get("item", {}).get("@id")) for step in way["itemListElement"]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.view_name)
def test_every_page_with_a_breadcrumb_says_it_to_machines_too(client, page):
    found = steps(client.get(page.url))

    assert found[0] == ("ホーム", "http://testserver/")
    assert found[-1][1] is None
    assert len(found) >= 2


def test_the_page_of_a_record_stands_below_its_list(client):
    event = EventFactory(title="</script>の会")

    assert steps(client.get(event.get_absolute_url())) == [
        ("ホーム", "http://testserver/"),
        ("イベント・展示", "http://testserver/events/"),
        ("</script>の会", None),
    ]


def test_home_has_no_way_to_it(client):
    assert things_of(client.get("/"), "BreadcrumbList") == []


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_home_and_about_say_who_speaks(client, address):
    [said] = things_of(client.get(address), "GovernmentOrganization")

    assert said["name"] == "特別区全国連携プロジェクト"
    assert said["url"] == "http://testserver/"
    assert said["logo"].startswith("http://testserver/static/img/icon-512")


def test_home_says_where_the_site_is_searched(client):
    [said] = things_of(client.get("/"), "WebSite")

    assert said["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={words}"
    assert said["potentialAction"]["query-input"] == "required name=words"


def test_data_for_machines_is_no_script_that_the_policy_would_stop(client):
    """A block of data is not executed, and the policy has no word for it: nothing in it is loosened."""
    response = client.get(EventFactory().get_absolute_url())

    assert '<script type="application/ld+json">' in response.content.decode()
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_a_host_that_is_not_ours_is_told_nothing(client):
    response = client.get("/events/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert things_of(response, "BreadcrumbList") == []
