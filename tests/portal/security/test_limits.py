"""What is too much, or is no text, is refused with a page; what is counted is counted for all processes together."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from portal.env import BASE_DIR
from portal.models import Inquiry
from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory
from tests.factories.events import TourStopFactory
from tests.guarded import guarded
from tests.portal.members import signing_up

pytestmark = pytest.mark.django_db

NUL = "a\x00b"
MEGABYTE = 1024 * 1024


@pytest.fixture
def client():
    """One that takes a form as it comes back: with whatever was typed into it."""
    return Client()


def is_refused(response):
    return response.status_code == 400 and "送信した内容に使えない文字があります" in response.content.decode()


@pytest.mark.parametrize("field", ["name", "email", "topic", "body", "ward", "opened", "homepage", "unknown"])
def test_a_nul_byte_in_an_inquiry_is_refused(client, field):
    letter = guarded(topic="event", body="内容", email="a@example.jp", name="花子", ward="")
    response = client.post("/contact/", letter | {field: NUL})

    assert is_refused(response)
    assert Inquiry.objects.count() == 0


def test_a_nul_byte_in_the_name_of_a_field_is_refused(client):
    assert is_refused(client.post("/contact/", guarded(topic="event", body="内容") | {NUL: "a"}))


def test_a_nul_byte_in_the_back_office_is_refused(client):
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))
    stop = TourStopFactory()

    for multipart in (True, False):
        response = send_nul(client, f"/admin/events/tourstop/{stop.pk}/change/", multipart=multipart)
        assert is_refused(response)


def send_nul(client, address, *, multipart):
    if multipart:
        return client.post(address, {"ward": NUL})
    return client.post(address, "ward=a%00b", content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/accounts/login/", {"login": NUL, "password": NUL}),
        ("/accounts/login/", {"login": "a@example.jp", "password": NUL}),
        ("/accounts/password/reset/", {"email": NUL}),
        ("/members/status/", {"reference": NUL, "email": NUL}),
        ("/members/signup/", {"q": NUL}),
        ("/feedback/", {"page": NUL, "answer": NUL, "comment": NUL}),
    ],
)
def test_a_nul_byte_in_any_form_that_anybody_may_send_is_refused(client, address, sent):
    assert is_refused(client.post(address, sent))


@pytest.mark.parametrize("field", ["department", "name", "phone", "email"])
def test_a_nul_byte_in_an_application_is_refused(client, mailoutbox, field):
    response = signing_up.send(client, signing_up.town(), **{field: NUL})

    assert is_refused(response)
    assert mailoutbox == []


@pytest.mark.parametrize("name", ["User-Agent", "Referer", "Accept-Language", "X-Request-ID", "Origin", "Cookie"])
def test_a_header_that_is_no_text_breaks_nothing(client, name):
    UserFactory()
    response = client.get("/accounts/login/", headers={name: "a\x00b\xff"})

    assert response.status_code == 200


@pytest.mark.parametrize("address", ["/contact/", "/accounts/login/", "/members/status/", "/feedback/"])
def test_a_form_of_more_than_five_megabytes_is_not_read(client, address):
    response = client.post(
        address, {"body": "a" * (5 * MEGABYTE + 1)}, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in (200, 400)

    encoded = "body=" + "a" * (5 * MEGABYTE)
    response = client.post(address, encoded, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "この要求は受け付けられません" in response.content.decode()


def test_a_form_of_more_than_two_thousand_fields_is_not_read(client):
    encoded = "&".join(f"f{number}=1" for number in range(2001))
    response = client.post("/contact/", encoded, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 400


@pytest.mark.parametrize("length", ["-1", "99999999999999999999"])
def test_a_length_that_is_none_breaks_nothing(client, length):
    form = "application/x-www-form-urlencoded"
    response = client.generic("POST", "/contact/", b"body=a", form, CONTENT_LENGTH=length)

    assert response.status_code in (200, 400)
    assert Inquiry.objects.count() == 0


ATTEMPTS, LIMIT = 8, 5
# What one process does: some attempts, each from what says that it is another address.
PROCESS = f"""
import django
django.setup()
from datetime import timedelta
from allauth.core import ratelimit
from django.test import RequestFactory
from portal.core.guard import within_rate
forms, signs = 0, 0
for number in range({ATTEMPTS}):
    request = RequestFactory().post("/", headers={{"X-Forwarded-For": f"198.51.100.{{number}}, 203.0.113.9"}})
    forms += within_rate(request, what="form", limit={LIMIT}, per=timedelta(minutes=5))
    signs += ratelimit.consume(request, action="login_failed", key="a@example.jp")
print(forms, signs)
"""


@pytest.mark.slow
def test_two_processes_count_together_and_no_invented_address_helps(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'counts.sqlite3'}",
        "CACHE_URL": "dbcache://counts",
        "TRUSTED_PROXY_COUNT": "1",
        "RATE_LIMITS": "on",
    }
    options = {"cwd": BASE_DIR, "env": environment, "stdout": subprocess.PIPE, "text": True}
    subprocess.run([sys.executable, "manage.py", "createcachetable"], check=True, **options)
    processes = [subprocess.Popen([sys.executable, "-c", PROCESS], **options) for _ in range(2)]
    counted = [tuple(map(int, process.communicate(timeout=60)[0].split())) for process in processes]

    assert [process.returncode for process in processes] == [0, 0]
    assert [sum(of_one) for of_one in zip(*counted, strict=True)] == [LIMIT, LIMIT]
