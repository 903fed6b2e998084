"""The drill: a backup into an empty place, where everything is equal, row by row; and nowhere else by mistake."""

import io
import tarfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection

from portal.choices import FigureTable
from portal.models import PublishedFigure
from portal.operations.backups.archive import DATABASE, Manifest, check, reading, writing
from portal.operations.backups.inventory import differences
from portal.operations.backups.making import back_up
from portal.operations.backups.postgresql import PostgreSQL
from portal.operations.backups.refusal import Refused
from portal.operations.backups.retention import Keep
from portal.operations.backups.sqlite import SQLite
from tests.factories.core import ImageFactory, UserFactory
from tests.factories.portal import NewsItemFactory
from tests.portal.operations.places import KEY, content, empty_place, files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ON_POSTGRESQL = connection.vendor == "postgresql"
# What breaks each kind of thing in a restored place, and the kind that then differs.
DAMAGE = {
    "DELETE FROM portal_newsitem": "行",
    "UPDATE portal_newsitem SET body = 'x'": "行",
    "ALTER TABLE portal_newsitem ADD COLUMN extra integer": "列" if ON_POSTGRESQL else "定義",
    "DROP INDEX core_outgoingmail_due": "索引" if ON_POSTGRESQL else "定義",
    "DROP TRIGGER portal_publishedfigure_frozen"
    + (" ON portal_publishedfigure" if ON_POSTGRESQL else "_UPDATE"): "トリガー" if ON_POSTGRESQL else "定義",
    "CREATE TABLE extra (id integer)": "行",
}
if ON_POSTGRESQL:
    DAMAGE |= {
        "ALTER TABLE portal_publishedfigure DROP CONSTRAINT portal_publishedfigure_origin": "制約",
        "ALTER TABLE portal_newsitem ALTER COLUMN title TYPE text": "列",
        "SELECT setval('portal_newsitem_id_seq', 1)": "番号",
        "CREATE VIEW extra AS SELECT 1": "ビュー",
        "CREATE FUNCTION extra() RETURNS integer LANGUAGE sql AS 'SELECT 1'": "関数",
    }
else:
    DAMAGE |= {"UPDATE sqlite_sequence SET seq = 1 WHERE name = 'portal_newsitem'": "番号"}


@pytest.fixture
def place(tmp_path):
    with empty_place(tmp_path / "elsewhere") as found:
        yield found


@pytest.fixture
def archive(tmp_path):
    """A backup of rows of many kinds: Japanese, empty, deleted in between, frozen; a picture; a file in a folder."""
    for number in range(3):
        NewsItemFactory(title=f"お知らせ'{number}", body="改行\nと\tタブと\\と絵文字🎏")
    NewsItemFactory().delete()
    ImageFactory()
    default_storage.save("資料/報告 1.txt", ContentFile("報告".encode()))
    PublishedFigure.objects.create(
        table=FigureTable.PARTNERS,
        row="連携自治体",
        fiscal_year=2020,
        as_of=date(2021, 1, 1),
        value=1035,
        is_total=True,
        frozen_at=datetime(2021, 1, 1, tzinfo=UTC),
        frozen_by=UserFactory(),
    )
    return back_up(tmp_path / "backups", KEY, Keep(7, 4, 12)).path


def test_everything_is_equal_in_an_empty_place(archive, place, settings):
    done = place.manage("restore", str(archive))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("復元し、すべて同じことを確かめました：")
    assert place.content() == content(connection)
    assert place.files() == files(Path(settings.MEDIA_ROOT))
    assert "資料/報告 1.txt" in place.files()
    assert place.manage("migrate", "--check").returncode == 0


def test_rules_hold_and_numbers_go_on_in_the_restored_place(archive, place):
    taken = NewsItemFactory().pk
    place.manage("restore", str(archive))

    with place.django() as opened, opened.cursor() as cursor:
        with pytest.raises(IntegrityError, match="frozen"):
            cursor.execute("UPDATE portal_publishedfigure SET value = 1")
        cursor.execute("SELECT value FROM portal_publishedfigure")
        assert cursor.fetchall() == [(1035,)]
        cursor.execute("SELECT max(id) FROM portal_newsitem")
        assert cursor.fetchone() == (taken - 2,)
        cursor.execute(
            "SELECT nextval('portal_newsitem_id_seq')"
            if ON_POSTGRESQL
            else "SELECT seq + 1 FROM sqlite_sequence WHERE name = 'portal_newsitem'"
        )
        # The number of the row that was deleted is not given out again.
        assert cursor.fetchone() == (taken,)


def test_a_place_that_is_not_empty_is_left_alone(archive, place):
    place.execute("CREATE TABLE mine (id integer)")
    place.execute("INSERT INTO mine VALUES (7)")
    before = place.content()

    done = place.manage("restore", str(archive))

    assert done.returncode == 1
    assert "データベースが空ではありません。" in done.stderr
    assert place.content() == before
    assert place.files() == {}


def test_media_that_are_there_are_left_alone(archive, place):
    place.media.mkdir()
    (place.media / "mine.txt").write_text("mine")
    before = place.content()

    done = place.manage("restore", str(archive))

    assert "画像などのフォルダーが空ではありません。" in done.stderr
    assert (place.content(), list(place.files())) == (before, ["mine.txt"])


def test_media_are_not_restored_to_a_storage_elsewhere(archive, place, monkeypatch):
    before = place.content()
    monkeypatch.setenv("MEDIA_STORAGE", "s3://bucket")

    done = place.manage("restore", str(archive))

    assert "MEDIA_STORAGE を空にして復元し" in done.stderr
    assert place.content() == before


def test_what_is_there_goes_where_it_may(archive, place, settings):
    place.execute("CREATE TABLE mine (id integer)")
    (place.media / "old").mkdir(parents=True)
    (place.media / "old" / "mine.txt").write_text("mine")

    done = place.manage("restore", str(archive), "--replace")

    assert (done.returncode, done.stderr) == (0, "")
    assert place.content() == content(connection)
    assert place.files() == files(Path(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda data: data[: len(data) // 2], "途中で切れて"),
        (lambda data: data[:-1], "途中で切れて"),
        (lambda data: data[:9999] + bytes([data[9999] ^ 1]) + data[10000:], "作った後に変わっています"),
    ],
    ids=["half", "last byte", "changed byte"],
)
def test_a_spoilt_archive_changes_nothing(archive, place, spoil, message):
    place.execute("CREATE TABLE mine (id integer)")
    before = place.content()
    archive.write_bytes(spoil(archive.read_bytes()))

    done = place.manage("restore", str(archive), "--replace")

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert (place.content(), place.files()) == (before, {})


def test_another_key_changes_nothing(archive, place):
    before = place.content()

    done = place.manage("restore", str(archive), key="another-key-of-the-tests-" + "x" * 20)

    assert "鍵（BACKUP_KEY）が、このバックアップを作ったときのものと違います。" in done.stderr
    assert (place.content(), place.files()) == (before, {})


def forged(tmp_path, **changes):
    """An archive that is whole, but whose database is not what was dumped."""
    path = tmp_path / "forged.backup"
    with writing(path, KEY) as writer:
        writer.add("media/a.txt", io.BytesIO(b"a"), 1)
        writer.add_to_database(b"no dump at all")
        engine = "postgresql" if ON_POSTGRESQL else "sqlite"
        writer.finish(
            Manifest(**{"made_at": "", "engine": engine, "inventory": {}, "members": writer.members} | changes)
        )
    return path


def test_a_database_that_cannot_be_loaded_changes_nothing(tmp_path, place):
    place.execute("CREATE TABLE mine (id integer)")
    before = place.content()

    done = place.manage("restore", str(forged(tmp_path)), "--replace")

    assert done.returncode == 1
    assert ("pg_restore が終わりませんでした" if ON_POSTGRESQL else "データベースを読めません") in done.stderr
    assert (place.content(), place.files()) == (before, {})


def test_a_backup_of_the_other_kind_of_database_is_refused(tmp_path, place):
    before = place.content()

    done = place.manage("restore", str(forged(tmp_path, engine="oracle")))

    assert "oracle のバックアップです。" in done.stderr
    assert (place.content(), place.files()) == (before, {})


@pytest.mark.parametrize("name", ["media/../../outside.txt", "/media/outside.txt", "outside.txt"])
def test_a_file_cannot_leave_its_folder(tmp_path, name):
    path = tmp_path / "crafted"
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        tar.addfile(member, io.BytesIO(b""))

    with pytest.raises(Refused, match="あるはずのないものが入っています"):
        check(path, "")


def load(archive, database):
    expected = check(archive, KEY).inventory
    with database.loading(expected, replace=False) as take, reading(archive, KEY) as members:
        for name, file in members:
            if name.startswith(DATABASE):
                take(file.read())


@pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite だけの表です。")
def test_tables_that_are_not_like_others_come_back_too(place, tmp_path):
    place.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
    place.execute("INSERT INTO words VALUES ('東京 都区')")
    place.execute("CREATE TABLE flags (code text PRIMARY KEY, value blob) WITHOUT ROWID")
    place.execute("INSERT INTO flags VALUES ('b', x'00ff'), ('a', NULL)")
    before = place.content()
    assert place.manage("backup", "--to", str(tmp_path / "kept")).returncode == 0
    place.execute("DELETE FROM words")
    place.execute("DELETE FROM flags")
    (kept,) = (tmp_path / "kept").iterdir()

    done = place.manage("restore", str(kept), "--replace")

    assert (done.returncode, done.stderr) == (0, "")
    assert place.content() == before


@pytest.mark.postgresql
@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite のデータベースは、まるごと入れ替わります。")
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE portal_newsitem (id integer)",
        "CREATE FUNCTION portal_publishedfigure_frozen() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        # Met late: what came before it is taken back.
        "CREATE TABLE mine (id integer CONSTRAINT unused PRIMARY KEY); CREATE INDEX core_outgoingmail_due ON mine (id)",
    ],
)
def test_what_the_server_refuses_changes_nothing(archive, place, statement):
    place.execute(statement)
    before = place.content()

    with place.django() as opened, pytest.raises(Refused, match=r"psql が終わりませんでした：.*already exists"):
        load(archive, PostgreSQL(opened))
    assert place.content() == before


@pytest.mark.parametrize(("statement", "kind"), DAMAGE.items())
def test_the_proof_sees_every_kind_of_damage(archive, place, statement, kind):
    expected = check(archive, KEY).inventory

    with place.django() as opened:
        database = PostgreSQL(opened) if ON_POSTGRESQL else SQLite(opened)
        load(archive, database)
        assert list(differences(expected, database.inventory())) == []
        with opened.cursor() as cursor:
            cursor.execute(statement)
        found = list(differences(expected, database.inventory()))

    assert kind in {line.partition("：")[0] for line in found}


def test_a_file_that_is_not_as_it_was_is_told():
    wanted, there = {"rows": {"a": "1 x", "b": "1 x"}}, {"rows": {"a": "1 y", "c": "1 x"}}

    assert list(differences(wanted, there)) == [
        "行：a が違います（1 x → 1 y）。",
        "行：b がありません。",
        "行：c が余分にあります。",
    ]
