"""What every answer says of how long it may be kept, and what a public page knows of its address."""

import pytest
from django.forms import BaseForm
from django.urls import get_resolver

from disaster_support.actions import switch_on
from disaster_support.choices import ModeKind
from portal.models import NewsItem
from portal.serving import kept, policy, watch
from portal.serving.public import PUBLIC
from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

BRIEFLY = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"


def test_every_public_address_exists():
    assert set(PUBLIC) <= {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_a_public_page_may_be_kept_for_a_second_and_says_which_it_is(client):
    response = client.get("/news/")

    assert response.headers["Cache-Control"] == BRIEFLY
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"
    assert client.get("/news/", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    NewsItemFactory()
    assert client.get("/news/", headers={"If-None-Match": response.headers["ETag"]}).status_code == 200


def test_in_a_disaster_it_may_be_kept_for_longer_but_less_than_a_minute(client):
    switch_on(kind=ModeKind.ON, by=None)

    kept = client.get("/").headers["Cache-Control"]

    assert kept == "public, max-age=0, s-maxage=25, stale-while-revalidate=25, stale-if-error=86400"


def test_the_longest_way_of_a_notice_in_a_disaster_is_less_than_a_minute():
    kept_in_front = policy.SECONDS_IN_A_DISASTER * 2
    seen_by_us = watch.SECONDS_BETWEEN_LOOKS + watch.SECONDS_FOR_A_LOOK + kept.SECONDS_TO_RENEW

    assert kept_in_front + seen_by_us < 60


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/", "/admin/", "/contact/", "/nowhere/", "/healthz"])
def test_what_is_for_one_person_is_kept_by_nobody(client, address):
    kept = client.get(address).headers["Cache-Control"]

    assert "private" in kept
    assert "no-store" in kept


def test_a_public_page_of_somebody_signed_in_is_kept_by_nobody(client):
    sign_in(client, UserFactory())

    response = client.get("/news/")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-cache, no-store"


def test_a_missing_page_is_no_page_to_keep_for_long(client):
    item = NewsItemFactory()
    NewsItem.objects.update(publication_state="withdrawn")

    assert client.get(f"/news/{item.pk}/").headers["Cache-Control"] == BRIEFLY
    assert client.get("/news/99999/").headers["Cache-Control"] == BRIEFLY


def test_what_a_page_does_not_know_is_taken_away(client):
    response = client.get("/municipalities/?q=町&utm_source=mail&page=1")

    assert dict(response.wsgi_request.GET.items()) == {"q": "町", "page": "1"}
    assert response.wsgi_request.get_full_path() == "/municipalities/?q=%E7%94%BA&page=1"


def test_a_page_for_one_person_reads_the_whole_query(client):
    response = client.get("/contact/?ward=131091&x=1")

    assert dict(response.wsgi_request.GET.items()) == {"ward": "131091", "x": "1"}


WITH_A_FORM = [
    *("municipality_list", "member_post_list", "agreement_list", "event_list", "event_calendar", "event_subscribe"),
    *("project_list", "statistics", "partner_list", "joint_project_list", "partner_matrix", "partner_coverage"),
    *("partner_years", "overview", "search"),
]


@pytest.mark.parametrize("name", WITH_A_FORM)
def test_a_page_knows_every_field_of_its_form(client, name):
    address = get_resolver().reverse(name)
    response = client.get(f"/{address}?prefecture=13")

    form = response.context["form"]
    assert isinstance(form, BaseForm)
    assert set(form.fields) <= set(PUBLIC[name])


def test_every_page_with_a_filter_is_checked_here(client):
    """A page that knows something beside its number has a form, or is one of these."""
    without = {
        *("home", "event_calendar_month", "event_subscription", "event_feed", "projects_xlsx", "projects_csv"),
        *("overview_pdf", "municipalities_xlsx", "cooperation_projects_xlsx", "figures_csv", "figures_json"),
        *("open_data_file", "social_image", "search_suggestions"),
    }
    assert {name for name, known in PUBLIC.items() if set(known) - {"page"}} == {*WITH_A_FORM, *without}
