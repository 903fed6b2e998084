"""While the site is worked on it says so, and until when; without a database, and for no longer than wanted."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.operations import maintenance
from portal.operations.maintenance import Maintenance
from tests.factories.portal import NewsItemFactory
from tests.portal.test_schedule import JAPAN

HEADING = "<h1>ただいま、メンテナンス中です</h1>"


@pytest.fixture(autouse=True)
def _own_data(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("address", ["/", "/news/", "/admin/", "/accounts/login/", "/api/v1/events", "/no/such/page/"])
def test_a_closed_site_answers_that_it_is_closed(client, address, method):
    # No database mark: nothing of it may be needed.
    call_command("maintenance", "on")

    response = getattr(client, method)(address)

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert response["Cache-Control"] == "no-store"
    assert response.cookies == {}
    if method != "head":
        assert HEADING in response.content.decode()
        assert "ページの表示を止めています。" in response.content.decode()


def test_machines_are_answered_all_the_same(client):
    call_command("maintenance", "on")

    assert client.get("/healthz").content == b"ok"
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_reading_goes_on_where_only_writing_is_refused(client):
    item = NewsItemFactory()
    call_command("maintenance", "on", reading=True)

    assert item.title in client.get(item.get_absolute_url()).content.decode()
    for address in ("/accounts/login/", "/contact/", "/admin/login/"):
        response = client.post(address, {})
        assert response.status_code == 503
        assert "送信、サインイン、記録の変更は止めています。" in response.content.decode()


def test_the_end_is_told_to_people_and_machines(client, time_machine):
    time_machine.move_to(datetime(2026, 4, 1, 5, 0, tzinfo=JAPAN), tick=False)
    call_command("maintenance", "on", until="2026-04-01T06:30")

    response = client.get("/")
    assert response["Retry-After"] == "5400"
    assert "4月1日 06時30分ごろに終わる予定です。" in response.content.decode()

    time_machine.move_to(datetime(2026, 4, 1, 7, 0, tzinfo=JAPAN), tick=False)
    assert client.get("/")["Retry-After"] == "600"


@pytest.mark.django_db
def test_it_ends_when_it_is_told_to(client, capsys):
    call_command("maintenance", "show")
    call_command("maintenance", "on", reading=True, until="2026-04-01T06:30")
    call_command("maintenance", "off")
    call_command("maintenance", "off")

    assert capsys.readouterr().out.splitlines() == [
        "メンテナンス中ではありません。",
        "メンテナンス中です（書き込みだけを止めています、終わりの予定：2026-04-01 06:30）。",
        "メンテナンス中ではありません。",
        "メンテナンス中ではありません。",
    ]
    assert client.get("/news/").status_code == 200


def test_a_day_that_is_none_is_refused_and_closes_nothing():
    with pytest.raises(CommandError, match="2026-04-01T06:00 のように"):
        call_command("maintenance", "on", until="あした")
    assert maintenance.current() is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"is_readable": true, "until": "soon"}'])
def test_a_sign_that_cannot_be_read_closes_the_site(settings, text):
    sign = Path(settings.DATA_DIR, "state", "maintenance.json")
    sign.parent.mkdir()
    sign.write_text(text)

    assert maintenance.current() == Maintenance(is_readable=False, until=None)


@pytest.mark.parametrize("is_readable", [True, False])
@pytest.mark.parametrize("until", [None, timezone.now() + timedelta(hours=1)])
def test_what_is_written_on_the_sign_is_read(is_readable, until):
    maintenance.begin(Maintenance(is_readable, until))

    assert maintenance.current() == Maintenance(is_readable, until)
