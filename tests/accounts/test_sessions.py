"""サインイン中の端末: which sessions somebody has, and that those that are ended are out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse

from portal.core.sessions import browser_name, end_sessions, open_sessions
from tests.accounts.signing_in import PASSWORD, confirm_address, give_password
from tests.conftest import StrictClient
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

LIST = reverse("account_sessions")
NOON = datetime(2026, 5, 1, 3, tzinfo=UTC)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome（Windows）"),
        (f"{CHROME} Edg/126.0", "Microsoft Edge（Windows）"),
        (SAFARI, "Safari（iPhone）"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) FxiOS/127.0 Safari/605", "Firefox（iPhone）"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox（Linux）"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome（Android）"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome（ChromeOS）"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Safari（Mac）"),
        ("", "ブラウザー（種類は不明）"),
    ],
)
def test_a_browser_is_named_in_plain_words_and_stays_so(user_agent, name):
    assert browser_name(user_agent) == name
    assert browser_name(name) == name


def browser(person, user_agent=CHROME):
    client = StrictClient(headers={"user-agent": user_agent})
    give_password(client, person)
    return client


@pytest.fixture
def person():
    person = UserFactory()
    confirm_address(person)
    return person


def is_in(client):
    return client.get(LIST).status_code == 200


def test_each_browser_is_listed_with_its_times(person):
    with time_machine.travel(NOON, tick=False) as clock:
        here = browser(person)
        clock.shift(timedelta(hours=1))
        browser(person, SAFARI)
        browser(UserFactory(), "Firefox")
        html = here.get(LIST).content.decode()
    assert "Chrome（Windows）" in html
    assert "いま使っている端末" in html
    assert "サインイン：2026年5月1日 12:00" in html
    assert "Safari（iPhone）" in html
    assert "最後の利用：2026年5月1日 13:00" in html
    assert "Firefox" not in html


def test_neither_address_nor_the_whole_name_of_the_browser_is_kept(person):
    browser(person).get(LIST)
    kept = UserSession.objects.get()
    assert set(kept.ip) == {"0", "."}
    assert (kept.user_agent, kept.data) == ("Chrome（Windows）", {})


def test_the_last_use_is_written_down_every_five_minutes(person, django_assert_num_queries):
    with time_machine.travel(NOON, tick=False) as clock:
        here = browser(person)
        for minutes, seen in [(4, NOON), (1, NOON + timedelta(minutes=5)), (4, NOON + timedelta(minutes=5))]:
            clock.shift(timedelta(minutes=minutes))
            here.get(reverse("privacy"))
            assert UserSession.objects.get().last_seen_at == seen
        # The session, the person, and what the page itself asks.
        # The last of them asks whether the person works for a member.
        with django_assert_num_queries(4):
            here.get(reverse("privacy"))


def test_one_session_is_ended(person):
    here, there, third = browser(person), browser(person, SAFARI), browser(person, "Firefox")
    (session,) = UserSession.objects.filter(user_agent="Safari（iPhone）")
    response = here.post(LIST, {"session": session.pk}, follow=True)
    assert "1件の端末をサインアウトしました。" in response.content.decode()
    assert [is_in(client) for client in (here, there, third)] == [True, False, True]


def test_all_others_are_ended(person):
    here, others = browser(person), [browser(person, SAFARI), browser(person)]
    stranger = UserFactory()
    confirm_address(stranger)
    elsewhere = browser(stranger)
    response = here.post(LIST, follow=True)
    assert "2件の端末をサインアウトしました。" in response.content.decode()
    assert [is_in(client) for client in (here, elsewhere, *others)] == [True, True, False, False]
    assert UserSession.objects.count() == 2


def test_nobody_ends_the_session_of_another(person):
    here = browser(person)
    stranger = UserFactory()
    confirm_address(stranger)
    there = browser(stranger)
    session = UserSession.objects.get(user=stranger)
    for wrong in (session.pk, "x", "99999999999999999999"):
        response = here.post(LIST, {"session": wrong}, follow=True)
        assert "選んだ端末は、すでにサインアウトしています。" in response.content.decode()
    assert (is_in(here), is_in(there)) == (True, True)


def test_signing_out_and_running_out_forget_the_session(person):
    here, there = browser(person), browser(person)
    there.post(reverse("account_logout"))
    assert UserSession.objects.count() == 1
    assert len(open_sessions(person)) == 1
    assert open_sessions(person, datetime.now(UTC) + timedelta(weeks=3)) == []
    assert UserSession.objects.count() == 0
    assert is_in(here)


def test_a_new_password_ends_every_session(person):
    here, there = browser(person), browser(person)
    new = "a quiet river in spring"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there)) == (False, False)
    assert (UserSession.objects.count(), Session.objects.filter(session_key=there.session.session_key).count()) == (
        0,
        0,
    )


def test_a_reset_password_ends_every_session(person, mailoutbox):
    here, there = browser(person), browser(person)
    here.post(reverse("account_reset_password"), {"email": person.email})
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    address = here.get(link.removeprefix("http://testserver"), follow=True).request["PATH_INFO"]
    new = "a quiet river in spring"
    response = here.post(address, {"password1": new, "password2": new})
    assert response.headers["Location"] == reverse("account_reset_password_from_key_done")
    assert (is_in(here), is_in(there)) == (False, False)


def test_somebody_switched_off_is_out_at_once_everywhere(person):
    clients = [browser(person), browser(person)]
    person.is_active = False
    person.save()
    assert [is_in(client) for client in clients] == [False, False]


def test_ending_all_leaves_none(person):
    clients = [browser(person), browser(person)]
    assert end_sessions(person) == 2
    assert [is_in(client) for client in clients] == [False, False]
    assert open_sessions(person) == []


def test_a_session_from_before_is_taken_up(person):
    here = browser(person)
    UserSession.objects.all().delete()
    session = here.session
    del session["seen_at"]
    session.save()
    assert "Chrome（Windows）" in here.get(LIST).content.decode()


def test_visitors_are_sent_to_sign_in(client):
    for name in ("account_sessions", "account_home"):
        assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_login"))
