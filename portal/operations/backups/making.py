"""Making a backup, and removing those that are old."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from portal.core.media import are_in_folder
from portal.operations.backups.archive import MEDIA, Manifest, Writer, writing
from portal.operations.backups.databases import Database, database
from portal.operations.backups.refusal import Refused
from portal.operations.backups.retention import Keep, kept

_NAME = "portal-%Y%m%d-%H%M%S.backup"
# What a backup that was broken off has left behind is removed after so long: no backup takes a day.
_LEFT_BEHIND = timedelta(days=1)
# What a restore that is under way keeps in the media folder.
STAGING = ".restoring"


class Made(NamedTuple):
    path: Path
    manifest: Manifest
    removed: int


def back_up(folder: Path, key: str, keep: Keep, *, at: datetime | None = None) -> Made:
    """Backs up the database and the media into a new file in a folder, then removes what is not to be kept.

    Raises ``Refused`` where it cannot be done; the folder is then as it was.
    """
    local = timezone.localtime(at)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / local.strftime(_NAME)
        manifest = make(path, key, database(), at=local)
    except OSError as error:
        raise Refused(f"バックアップを書けませんでした：{error.strerror or type(error).__name__}") from error
    return Made(path, manifest, remove_old(folder, keep, at=local))


def make(path: Path, key: str, source: Database, *, at: datetime) -> Manifest:
    """Writes one backup; what is in it.

    The media come before the database, and what is new among them once more after it. A file is written before the row
    that names it and removed after it: so none is lacking that a row needs.
    """
    with writing(path, key) as writer:
        _add_media(writer)
        found = source.dump(writer.add_to_database)
        _add_media(writer)
        manifest = Manifest(at.isoformat(timespec="seconds"), source.engine, found, dict(writer.members))
        writer.finish(manifest)
    return manifest


def _add_media(writer: Writer) -> None:
    if not are_in_folder():
        return
    root = Path(settings.MEDIA_ROOT)
    for name in media_files(root):
        if MEDIA + name in writer.members:
            continue
        try:
            with (root / name).open("rb") as file:
                writer.add(MEDIA + name, file, os.fstat(file.fileno()).st_size)
        except FileNotFoundError:
            # It was removed meanwhile, after the row that needed it.
            continue


def media_files(root: Path) -> Iterator[str]:
    """The names of all files in the media folder, in order; what a restore keeps there for a while is no part of it."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and name.parts[0] != STAGING:
            yield name.as_posix()


def made_at(path: Path) -> datetime | None:
    """When a backup was made, by its name; None for any other file."""
    try:
        return timezone.make_aware(datetime.strptime(path.name, _NAME))  # noqa: DTZ007
    except ValueError:
        return None


def latest(folder: Path) -> datetime | None:
    """When the newest backup in a folder was made."""
    return max(filter(None, map(made_at, folder.glob("*"))), default=None)


def remove_old(folder: Path, keep: Keep, *, at: datetime) -> int:
    """Removes the backups that are not to be kept, and what was left behind half made; how many backups went."""
    moments = {path: moment for path in folder.glob("*.backup") if (moment := made_at(path))}
    staying = kept(moments.values(), keep)
    going = [path for path, moment in moments.items() if moment not in staying]
    oldest = (at - _LEFT_BEHIND).timestamp()
    for path in [*going, *(part for part in folder.glob("portal-*.part") if part.stat().st_mtime < oldest)]:
        path.unlink(missing_ok=True)
    return len(going)
