"""The file of a backup: members in a compressed, and where there is a key encrypted, tar; the manifest comes last.

It is written and read from front to back, so that it can be larger than memory. A file without its manifest is not a
backup: whatever was cut off is missed.
"""

import gzip
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, Self

from portal.operations.backups import sealing
from portal.operations.backups.inventory import Inventory
from portal.operations.backups.refusal import Refused

FORMAT = 1
MANIFEST = "manifest.json"
MEDIA, DATABASE = "media/", "database/"
PIECE = 8 << 20


class Manifest(NamedTuple):
    """What a backup says of itself: when it was made, of which database, what was in that, and its members."""

    made_at: str
    engine: str
    inventory: Inventory
    # SHA-256 of each member, by its name.
    members: dict[str, str]

    def to_json(self) -> bytes:
        return json.dumps({"format": FORMAT} | self._asdict(), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        try:
            read: dict[str, Any] = json.loads(text)
            if read.pop("format") == FORMAT:
                return cls(**read)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Refused("バックアップの目録を読めません。") from error
        raise Refused("このバックアップの形式は、この版のポータルでは読めません。")

    def of_media(self) -> dict[str, str]:
        """SHA-256 of each file of the media, by its name in the folder."""
        return {name.removeprefix(MEDIA): digest for name, digest in self.members.items() if name.startswith(MEDIA)}


class Writer:
    """Puts members into a backup, one after the other."""

    def __init__(self, stream: IO[bytes]):
        # Pictures are compressed already: more effort would cost time and save nothing.
        self._zip = gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=1, mtime=0)
        self._tar = tarfile.TarFile(fileobj=self._zip, mode="w", format=tarfile.PAX_FORMAT)
        self._pieces = 0
        self.members: dict[str, str] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """``size`` bytes of a file under a name."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        reader = _Counted(file)
        self._tar.addfile(member, reader)
        self.members[name] = reader.digest.hexdigest()

    def add_to_database(self, data: bytes) -> None:
        """The next piece of the database: its length is not known beforehand, which a member of a tar needs."""
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            self._pieces += 1
            self.add(f"{DATABASE}{self._pieces:06}", io.BytesIO(piece), len(piece))

    def finish(self, manifest: Manifest) -> None:
        text = manifest.to_json()
        self.add(MANIFEST, io.BytesIO(text), len(text))
        self._tar.close()

    def close(self) -> None:
        """The end of the compressed stream, whether finished or broken off."""
        self._zip.close()


class _Counted(io.RawIOBase):
    """Reads a file and makes its digest on the way."""

    def __init__(self, file: IO[bytes]):
        self._file = file
        self.digest = sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(path: Path, key: str) -> Iterator[Writer]:
    """A new backup. It takes its name when it is complete, is on the disk and reads well: never half of it is seen."""
    part = path.with_name(f"{path.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            sealer = sealing.Sealer(file, key) if key else None
            with closing(Writer(sealer or file)) as writer:  # type: ignore[arg-type]
                yield writer
            if sealer:
                sealer.close()
            file.flush()
            os.fsync(file.fileno())
        check(part, key)
        part.rename(path)
        _keep_names(path.parent)
    except FileExistsError as error:
        raise Refused(f"{part.name} がすでにあります。ほかのバックアップが動いていないか確かめてください。") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _keep_names(folder: Path) -> None:
    """Has the disk hold the names in a folder, as it holds what is in the files."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def reading(path: Path, key: str) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members of a backup, in their order, each to be read before the next."""
    try:
        with path.open("rb") as file, gzip.GzipFile(fileobj=_opened(file, key)) as unzipped:
            yield _members(unzipped)
            # What follows the last member, to the checksum at the end.
            while unzipped.read(PIECE):
                pass
    except FileNotFoundError as error:
        raise Refused(f"{path} がありません。") from error
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused("バックアップが途中で切れているか、壊れています。") from error


def _opened(file: io.BufferedReader, key: str) -> IO[bytes]:
    if file.peek(len(sealing.MAGIC))[: len(sealing.MAGIC)] != sealing.MAGIC:
        return file
    if not key:
        raise Refused("暗号化されたバックアップです。作ったときの鍵を BACKUP_KEY に設定してください。")
    return io.BufferedReader(sealing.Opener(file, key), sealing.CHUNK)


def _members(unzipped: gzip.GzipFile) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=unzipped, mode="r|") as tar:
        for member in tar:
            opened = tar.extractfile(member)
            if opened is None or not _is_safe(member.name):
                raise Refused(f"バックアップに、あるはずのないものが入っています：{member.name}")
            yield member.name, opened


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name == MANIFEST or (len(parts) > 1 and f"{parts[0]}/" in (MEDIA, DATABASE) and ".." not in parts)


def check(path: Path, key: str) -> Manifest:
    """The manifest of a backup of which every byte was read and is as it was written; otherwise ``Refused``."""
    found: dict[str, str] = {}
    text = b""
    with reading(path, key) as members:
        for name, file in members:
            if name == MANIFEST:
                text = file.read()
            else:
                found[name] = file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    if not text:
        raise Refused("バックアップが途中で切れています。目録がありません。")
    manifest = Manifest.from_json(text)
    changed = sorted(
        name for name in manifest.members.keys() | found.keys() if manifest.members.get(name) != found.get(name)
    )
    if changed:
        raise Refused(f"バックアップの中身が、作ったときと違います：{'、'.join(changed[:10])}")
    return manifest
