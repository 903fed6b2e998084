"""The file of a backup: it reads as it was written, or says why it does not."""

import gzip
import io
import random
import tarfile

import pytest

from portal.operations.backups.archive import MANIFEST, Manifest, check, writing
from portal.operations.backups.refusal import Refused
from tests.portal.operations.places import KEY


@pytest.fixture
def made(tmp_path):
    """Makes an archive of a file and a database larger than a sealed chunk, and that neither can be made smaller."""

    def make(key):
        path = tmp_path / "portal-20260401-013000.backup"
        noise = random.Random(0).randbytes(1_200_000)
        with writing(path, key) as writer:
            writer.add("media/a.png", io.BytesIO(noise), len(noise))
            writer.add_to_database(noise)
            writer.finish(Manifest("2026-04-01T01:30:00+09:00", "sqlite", {"rows": {}}, dict(writer.members)))
        return path

    return make


def test_a_sealed_one_asks_for_its_key(made):
    path = made(KEY)

    with pytest.raises(Refused, match="暗号化されたバックアップです"):
        check(path, "")
    with pytest.raises(Refused, match="鍵（BACKUP_KEY）が"):
        check(path, "another-key-of-the-tests-" + "x" * 20)


@pytest.mark.parametrize("key", ["", KEY], ids=["open", "sealed"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.999])
def test_a_changed_byte_anywhere_is_noticed(made, key, share):
    path = made(key)
    data = bytearray(path.read_bytes())
    data[int(len(data) * share)] ^= 1
    path.write_bytes(data)

    with pytest.raises(Refused, match="バックアップ"):
        check(path, key)


@pytest.mark.parametrize("key", ["", KEY], ids=["open", "sealed"])
@pytest.mark.parametrize("share", [0, 0.0001, 0.4, 0.9999])
def test_one_that_was_cut_off_is_noticed(made, key, share):
    path = made(key)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    with pytest.raises(Refused, match="途中で切れて"):
        check(path, key)


def test_what_is_no_backup_or_not_there_is_told(tmp_path):
    (tmp_path / "letter.txt").write_text("拝啓")

    with pytest.raises(Refused, match="壊れています"):
        check(tmp_path / "letter.txt", "")
    with pytest.raises(Refused, match="ありません"):
        check(tmp_path / "nothing", "")


class Stopped(BaseException):
    """Somebody pulls the plug."""


def stop_after(writer, path):
    writer.add("media/a.txt", io.BytesIO(b"a"), 1)
    assert [there.name for there in path.parent.glob("portal*")] == [f"{path.name}.part"]
    raise Stopped


def test_one_that_was_broken_off_leaves_nothing(tmp_path):
    path = tmp_path / "portal-20260401-013000.backup"

    with pytest.raises(Stopped), writing(path, KEY) as writer:
        stop_after(writer, path)
    assert list(tmp_path.glob("portal*")) == []


def test_one_without_its_end_never_takes_its_name(tmp_path):
    path = tmp_path / "portal-20260401-013000.backup"

    with pytest.raises(Refused, match="途中で切れて"), writing(path, KEY) as writer:
        writer.add("media/a.txt", io.BytesIO(b"a"), 1)
    assert list(tmp_path.glob("portal*")) == []


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"format": 1}', b'{"format": 1, "more": 2}', b'{"format": 2}'])
def test_a_manifest_that_says_nothing_is_told(tmp_path, text):
    path = tmp_path / "crafted"
    with gzip.open(path, "w") as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))

    with pytest.raises(Refused, match=r"目録|この版"):
        check(path, "")
