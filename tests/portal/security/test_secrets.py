"""Secrets may lie in files, and the key that signs may be changed without anybody noticing."""

import runpy

import pytest
from django.conf import settings as live
from django.core import signing
from django.core.exceptions import ImproperlyConfigured

from portal.env import BASE_DIR, SECRETS, env
from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory

KEY = "k3y-" * 16
# What each may look like, and where it is found in the settings.
WORTH = {
    "SECRET_KEY": (KEY, lambda made: made["SECRET_KEY"], KEY),
    "SECRET_KEY_FALLBACKS": ("old,older", lambda made: made["SECRET_KEY_FALLBACKS"], ["old", "older"]),
    "DATABASE_URL": ("postgres://a:$p@db/x", lambda made: made["DATABASES"]["default"]["PASSWORD"], "$p"),
    "DATABASE_REPLICA_URL": ("postgres://a:r@db/x", lambda made: made["DATABASES"]["replica"]["PASSWORD"], "r"),
    "CACHE_URL": ("dbcache://counts", lambda made: made["CACHES"]["default"]["LOCATION"], "counts"),
    "EMAIL_URL": ("smtp://a:p@mail.example:25", lambda made: made["EMAIL_HOST_PASSWORD"], "p"),
    "BACKUP_KEY": (KEY, lambda made: made["BACKUP_KEY"], KEY),
    "ERROR_WEBHOOK": ("https://hook.example/x", lambda made: made["ERROR_WEBHOOK"], "https://hook.example/x"),
}


def made():
    return runpy.run_path(str(BASE_DIR / "portal" / "settings.py"))


@pytest.fixture
def file_for(tmp_path, monkeypatch):
    """Puts a secret into a file instead of the environment."""

    def put(name, content):
        file = tmp_path / name.lower()
        file.write_bytes(content)
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(f"{name}_FILE", str(file))
        return file

    return put


def test_every_secret_is_tried_here():
    assert WORTH.keys() == SECRETS


@pytest.mark.parametrize("name", sorted(WORTH))
def test_a_secret_may_lie_in_a_file(file_for, name):
    written, find, expected = WORTH[name]
    file_for(name, f"{written}\n".encode())

    assert find(made()) == expected


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_file_that_holds_nothing_stops_the_site(file_for, name):
    file = file_for(name, b" \n")

    with pytest.raises(ImproperlyConfigured) as stopped:
        made()
    assert str(stopped.value) == f"{name}_FILE のファイル {file} が空です。"


@pytest.mark.parametrize(("content", "reason"), [(None, "FileNotFoundError"), (b"\xff\xfe" + KEY.encode(), "Unicode")])
def test_a_file_that_cannot_be_read_stops_the_site_and_is_not_quoted(file_for, content, reason):
    file = file_for("BACKUP_KEY", content or b"x")
    if content is None:
        file.unlink()

    with pytest.raises(ImproperlyConfigured) as stopped:
        made()
    assert str(stopped.value).startswith(f"BACKUP_KEY_FILE のファイル {file} を読めません（{reason}")
    assert "k3y" not in str(stopped.value)


def test_a_folder_is_no_file(monkeypatch, tmp_path):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    monkeypatch.setenv("EMAIL_URL_FILE", str(tmp_path))

    with pytest.raises(ImproperlyConfigured, match="を読めません（IsADirectoryError）"):
        env("EMAIL_URL")


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_in_both_places_stops_the_site(file_for, monkeypatch, name):
    file_for(name, WORTH[name][0].encode())
    monkeypatch.setenv(name, "another")

    with pytest.raises(ImproperlyConfigured) as stopped:
        made()
    assert str(stopped.value) == f"{name} と {name}_FILE の両方があります。どちらか一方だけにしてください。"


def test_a_file_that_is_not_named_is_not_missed(monkeypatch):
    monkeypatch.setenv("EMAIL_URL_FILE", "")

    assert made()["EMAIL_HOST"] == live.EMAIL_HOST


@pytest.mark.django_db
def test_whoever_is_signed_in_stays_so_while_the_key_before_is_known(client, settings):
    sign_in(client, UserFactory())
    assert client.get("/accounts/").status_code == 200

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = KEY, [live.SECRET_KEY]
    assert client.get("/accounts/").status_code == 200
    # The session now holds by the new key alone.
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get("/accounts/").status_code == 200

    settings.SECRET_KEY = "another-" * 8
    assert client.get("/accounts/").status_code == 302


def test_links_hold_while_the_key_before_is_known(settings):
    link = signing.dumps("a@example.jp", salt="link")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = KEY, [live.SECRET_KEY]
    assert signing.loads(link, salt="link") == "a@example.jp"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(signing.BadSignature):
        signing.loads(link, salt="link")
