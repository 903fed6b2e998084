"""Who guesses is stopped: for each account, for each address, at the password and at the second factor."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.passkey_device import HOST, Device, add_passkey, sent
from tests.accounts.signing_in import PASSWORD, confirm_address, give_code, give_password, set_up_app, sign_in
from tests.conftest import StrictClient
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LOCKED = "サインインの失敗が続いたため、一時的に受付を止めています。5分ほど待ってから、もう一度お試しください。"
WRONG = "メールアドレスまたはパスワードが正しくありません。"


@pytest.fixture
def official():
    user = UserFactory(is_staff=True)
    confirm_address(user)
    return user


def at(address):
    """A browser at another address of the network."""
    return StrictClient(REMOTE_ADDR=address)


def guess(client, email, word="wrong password"):
    response = client.post(reverse("account_login"), {"login": email, "password": word})
    return response.content.decode()


@pytest.mark.parametrize("known", [True, False])
def test_an_account_is_closed_wherever_the_guesses_come_from(official, known):
    """The same for an address that nobody has: who guesses learns nothing."""
    email = official.email if known else "nobody@city.example.jp"
    for number in range(5):
        page = guess(at(f"192.0.2.{number}"), email)
        assert WRONG in page
        assert LOCKED not in page
    page = guess(at("192.0.2.99"), email, PASSWORD)
    assert LOCKED in page
    assert WRONG not in page


def test_after_five_minutes_it_is_open_again(client, official):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            guess(client, official.email)
        clock.shift(timedelta(minutes=4, seconds=59))
        assert LOCKED in guess(client, official.email, PASSWORD)
        clock.shift(timedelta(seconds=2))
        set_up_app(official)
        assert give_password(client, official).headers["Location"] == reverse("mfa_authenticate")


def test_what_was_typed_is_not_lost(client, official):
    for _ in range(6):
        page = guess(client, official.email)
    assert f'value="{official.email}"' in page


def test_an_address_is_closed_whatever_the_accounts(official):
    client = at("192.0.2.1")
    for number in range(10):
        assert WRONG in guess(client, f"nobody{number}@city.example.jp")
    assert LOCKED in guess(client, official.email, PASSWORD)
    assert give_password(at("192.0.2.2"), official).status_code == 302


def test_the_second_factor_is_closed_for_the_account_in_every_browser(official):
    secret = set_up_app(official)
    for number in range(5):
        client = at(f"192.0.2.{number}")
        give_password(client, official)
        response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "コードが正しくありません。" in response.content.decode()
    client = at("192.0.2.99")
    give_password(client, official)
    response = give_code(client, secret)
    assert LOCKED in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_codes_and_passkeys_are_counted_together(official):
    client = StrictClient(headers={"host": HOST})
    give_password(client, official)
    add_passkey(client, Device())
    client.post(reverse("account_logout"))
    secret = set_up_app(official)
    give_password(client, official)
    for _ in range(5):
        page = client.get(reverse("mfa_authenticate"))
        answer = Device().show(page.context["js_data"]["request_options"])
        assert LOCKED not in client.post(reverse("mfa_authenticate"), sent(answer)).content.decode()
    assert LOCKED in give_code(client, secret).content.decode()
    page = client.get(reverse("mfa_authenticate"))
    answer = Device().show(page.context["js_data"]["request_options"])
    assert LOCKED in client.post(reverse("mfa_authenticate"), sent(answer)).content.decode()


def test_proving_once_more_is_limited_too(client, official):
    sign_in(client, UserFactory(is_staff=True))
    for _ in range(5):
        client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    assert LOCKED in client.post(reverse("mfa_reauthenticate"), {"code": "000000"}).content.decode()
    for _ in range(10):
        response = client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert response.status_code == 429
    assert "操作の回数が多すぎます" in response.content.decode()


def test_passkeys_without_a_password_are_limited_by_address():
    client = at("192.0.2.1")
    for _ in range(10):
        assert client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code == 302
    response = client.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
    assert response.status_code == 429
    assert at("192.0.2.2").post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code == 302


def test_the_counters_are_in_the_cache_that_all_processes_share(client, official):
    for _ in range(5):
        guess(client, official.email)
    assert LOCKED in guess(client, official.email)
    cache.clear()
    assert WRONG in guess(client, official.email)
