"""The disk takes no more: it is said in Japanese, nothing is there by half, pages go on, and room makes it well."""

import sqlite3
from contextlib import ExitStack
from io import BytesIO

import pytest
from PIL import Image as Picture

from portal.members.posting.uploads import NOT_WRITTEN
from tests.browser.demo_site import free_port, served
from tests.faults.crowd import get
from tests.faults.people import Person
from tests.faults.volume import volume

pytestmark = pytest.mark.faults

ADD = "/members/posts/add/"


@pytest.fixture(scope="module")
def site(folder, environment):
    """The files of the site, and those that are being received, each on a small volume."""
    receiving = folder / "receiving"
    receiving.mkdir()
    with ExitStack() as stack:
        media = stack.enter_context(volume(folder / "media", 12))
        received = stack.enter_context(volume(receiving, 8))
        own = {"TMPDIR": str(receiving), "RATE_LIMITS": "off"}
        address = stack.enter_context(served(environment | own, free_port(), "--threads", "4"))
        member = Person(address)
        assert member.sign_in("member@demo.example").path == "/members/dashboard/"
        yield address, member, media, received, folder / "db.sqlite3"


def photo(side):
    """A picture that no format makes smaller."""
    written = BytesIO()
    Picture.effect_noise((side, side), 100).save(written, "PNG")
    return written.getvalue()


def send(member, title, raw):
    row = {"picture-1-alt_text": "架空の写真"}
    return member.send(
        ADD, {"picture-1-file": ("photo.png", raw)}, kind="product", title=title, body="便りです。", **row
    )


def rows(database):
    with sqlite3.connect(database) as opened:
        return {table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608


TABLES = ("core_image", "municipalities_memberpost", "core_attachment")


def goes_on(address):
    return {get(address, path).status for path in ("/", "/events/", "/posts/", "/search/?q=港区")} == {200}


def test_a_picture_that_finds_no_room_is_refused_in_words(site):
    address, member, media, _, database = site
    before, files = rows(database), media.files()
    media.fill()
    try:
        refused = send(member, "入らない写真", photo(700))
        assert refused.status == 200
        assert NOT_WRITTEN in refused.body.decode()
        assert "入らない写真" in refused.body.decode()
        assert (rows(database), media.files()) == (before, files)
        assert goes_on(address)
    finally:
        media.free()

    taken = send(member, "入る写真", photo(700))

    assert taken.status == 200
    assert NOT_WRITTEN not in taken.body.decode()
    assert rows(database)["core_image"] == before["core_image"] + 1
    assert len(media.files()) > len(files)


def test_a_file_that_cannot_even_be_received_is_refused_in_words(site):
    address, member, media, received, database = site
    large = photo(1900)
    assert len(large) > 2_621_440
    before, files = rows(database), media.files()
    received.fill()
    try:
        refused = send(member, "受け取れない写真", large)
        assert refused.status == 507
        assert "いまはファイルを保存できません" in refused.body.decode()
        assert (rows(database), media.files()) == (before, files)
        assert goes_on(address)
    finally:
        received.free()

    send(member, "受け取れる写真", large)

    assert rows(database)["core_image"] == before["core_image"] + 1
