"""A backup: one file that holds everything, is whole or is not there, and says so when it is not."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from portal.operations.backups.archive import check, reading
from portal.operations.backups.databases import database
from portal.operations.backups.making import back_up, latest, made_at, make
from portal.operations.backups.refusal import Refused
from portal.operations.backups.retention import Keep
from tests.factories.core import ImageFactory
from tests.factories.portal import NewsItemFactory
from tests.portal.operations.places import KEY, files
from tests.portal.test_schedule import JAPAN

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 4, 1, 1, 30, tzinfo=JAPAN)
KEEP = Keep(7, 4, 12)
SECRET = "ひみつの題名 yamada@example.jp"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


@pytest.fixture(autouse=True)
def _content():
    NewsItemFactory(title=SECRET)
    ImageFactory()


def test_it_takes_every_file_and_counts_every_row(folder, settings):
    made = back_up(folder, KEY, KEEP, at=AT)

    assert made.path == folder / "portal-20260401-013000.backup"
    assert made.manifest == check(made.path, KEY)
    assert made.manifest.of_media() == files(Path(settings.MEDIA_ROOT)) != {}
    told = {name.rpartition(".")[2]: told for name, told in made.manifest.inventory["rows"].items()}
    assert told["portal_newsitem"].startswith("1 ")
    assert told["portal_milestone"].startswith("0 ")


def test_nobody_but_the_owner_may_read_it(folder):
    made = back_up(folder, "", KEEP, at=AT)

    assert made.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("key", ["", KEY], ids=["open", "sealed"])
def test_with_a_key_nothing_of_it_can_be_read(folder, key):
    made = back_up(folder, key, KEEP, at=AT)

    with reading(made.path, key) as members:
        whole = b"".join(file.read() for _, file in members)
    assert SECRET.encode() in whole
    assert (made.path.read_bytes()[:2] == b"\x1f\x8b") is (key == "")


def test_two_at_once_do_not_spoil_each_other(folder):
    folder.mkdir()
    part = folder / "portal-20260401-013000.backup.part"
    part.write_text("another one's")

    with pytest.raises(Refused, match="ほかのバックアップが動いていないか"):
        back_up(folder, KEY, KEEP, at=AT)
    assert part.read_text() == "another one's"


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(Refused, match="バックアップを書けませんでした"):
        back_up(tmp_path / "file", KEY, KEEP, at=AT)


def test_a_file_removed_meanwhile_is_kept_and_a_new_one_taken(tmp_path, settings):
    """Between its two looks at the media: a file comes, and one it has seen goes."""
    before = files(Path(settings.MEDIA_ROOT))

    class Busy(type(database())):
        def dump(self, take):
            default_storage.save("late.txt", ContentFile(b"late"))
            for name in before:
                default_storage.delete(name)
            return super().dump(take)

    kept = make(tmp_path / "made.backup", KEY, Busy(connection), at=AT).of_media()

    assert kept == before | files(Path(settings.MEDIA_ROOT))
    assert "late.txt" in kept


def test_old_ones_go_once_the_new_one_is_there(folder):
    folder.mkdir()
    for days in range(1, 31):
        (folder / f"portal-{AT - timedelta(days=days):%Y%m%d-%H%M%S}.backup").write_text("old")
    (folder / "portal-notes.backup").write_text("not ours")
    left, fresh = folder / "portal-20260301-013000.backup.part", folder / "portal-20260401-012959.backup.part"
    for path, days in ((left, 2), (fresh, 0)):
        path.write_text("half")
        moment = (AT - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))

    made = back_up(folder, KEY, Keep(2, 1, 1), at=AT)

    assert made.removed == 29
    assert {path.name for path in folder.iterdir()} == {
        *("portal-20260401-013000.backup", "portal-20260331-013000.backup"),
        *("portal-notes.backup", "portal-20260401-012959.backup.part"),
    }


def test_none_goes_where_the_new_one_fails(folder):
    folder.mkdir()
    names = ["portal-20200101-013000.backup", "portal-20260401-013000.backup.part"]
    for name in names:
        (folder / name).write_text("old")

    with pytest.raises(Refused):
        back_up(folder, KEY, Keep(0, 0, 0), at=AT)
    assert sorted(path.name for path in folder.iterdir()) == names


def test_the_newest_is_known_by_its_name(folder):
    folder.mkdir()
    assert latest(folder) is None
    for name in (
        "portal-20260301-013000.backup",
        "portal-20260401-013000.backup",
        "portal-20270101-000000.backup.part",
    ):
        (folder / name).write_text("")

    assert latest(folder) == AT
    assert made_at(folder / "portal-20260231-013000.backup") is None


def test_the_command_says_what_it_made(folder, settings, capsys):
    settings.BACKUP_DIR, settings.BACKUP_KEY = str(folder), KEY

    call_command("backup")
    (path,) = folder.iterdir()
    told = capsys.readouterr().out
    assert told.startswith(f"バックアップしました：{path}（{path.stat().st_size:,}バイト、表")
    assert told.endswith("ファイル1、暗号化）\n")

    call_command("restore", str(path), "--check")
    assert capsys.readouterr().out.startswith("復元できるバックアップです：")


def test_the_command_wants_to_know_where(settings):
    settings.BACKUP_DIR = ""

    with pytest.raises(CommandError, match="BACKUP_DIR か --to"):
        call_command("backup")
