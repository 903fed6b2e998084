"""What stands before every page: malformed addresses, staff without a second factor, what was withdrawn."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.accounts.signing_in import confirm_address, give_password, set_up_app, sign_in
from tests.factories.core import UserFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/?q=%00", "/?q=%ff", "/news/%00/", "/?q=%E3%81"])
def test_a_malformed_address_is_answered_with_400(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "アドレスに使えない文字があります" in response.content.decode()


@pytest.fixture
def half_signed_in(client):
    """Staff whose session has used the password alone."""
    user = UserFactory(is_staff=True)
    confirm_address(user)
    give_password(client, user)
    client.user = user
    return client


@pytest.mark.parametrize("name", ["home", "news_list", "admin:index", "account_change_password"])
def test_staff_without_a_second_factor_are_led_to_it(half_signed_in, name):
    assert half_signed_in.get(reverse(name)).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("name", ["mfa_index", "account_reauthenticate", "account_logout"])
def test_they_reach_what_they_need_for_it(half_signed_in, name):
    assert half_signed_in.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["home", "admin:index", "mfa_deactivate_totp", "mfa_generate_recovery_codes"])
def test_with_an_app_set_up_elsewhere_they_are_asked_for_its_code(half_signed_in, name):
    """Else a session that knows the password only could take the app away."""
    set_up_app(half_signed_in.user)
    address = reverse(name)
    response = half_signed_in.get(address)
    assert response.headers["Location"] == f"{reverse('mfa_reauthenticate')}?next={address}"
    assert half_signed_in.get(response.headers["Location"]).status_code == 200


def test_with_both_factors_they_go_everywhere(client):
    sign_in(client, UserFactory(is_staff=True))
    assert client.get(reverse("news_list")).status_code == 200


def test_the_second_factor_of_another_person_counts_nothing(client):
    sign_in(client, UserFactory(is_staff=True))
    other = UserFactory(is_staff=True)
    client.force_login(other)
    assert client.get(reverse("admin:index")).headers["Location"] == reverse("mfa_index")


def test_visitors_are_not_asked(client):
    assert client.get(reverse("news_list")).status_code == 200


def test_what_was_withdrawn_is_answered_with_410(client):
    item = NewsItemFactory(
        publication_state="withdrawn",
        publish_at=datetime(2020, 1, 1, tzinfo=UTC),
        withdrawal_note="内容に誤りがありました。",
    )
    response = client.get(item.get_absolute_url())
    assert response.status_code == 410
    assert "内容に誤りがありました。" in response.content.decode()
