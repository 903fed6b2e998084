"""The way back: a backup into an empty place, and the proof that everything is there again."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from portal.core.media import are_in_folder
from portal.operations.backups.archive import DATABASE, MEDIA, Manifest, check, reading
from portal.operations.backups.databases import Database, database
from portal.operations.backups.inventory import differences
from portal.operations.backups.making import STAGING, media_files
from portal.operations.backups.refusal import Refused


def restore(path: Path, key: str, *, replace: bool = False) -> Manifest:
    """Restores a backup and holds what is there afterwards against its manifest.

    ``replace`` says that what is there may go. Raises ``Refused``: before anything was written where the archive or
    the place is not right, and after all was written where the result is not what was backed up.
    """
    manifest = check(path, key)
    target = database()
    _refuse_another_place(manifest, target, replace=replace)
    root = Path(settings.MEDIA_ROOT)
    with _staged(root) as staging:
        with target.loading(manifest.inventory, replace=replace) as take, reading(path, key) as members:
            for name, file in members:
                if name.startswith(DATABASE):
                    take(file.read())
                elif name.startswith(MEDIA):
                    written = staging / name.removeprefix(MEDIA)
                    written.parent.mkdir(parents=True, exist_ok=True)
                    with written.open("xb") as copy:
                        shutil.copyfileobj(file, copy)
        _put_in_place(staging, root)
    if wrong := list(differs(manifest, target)):
        listed = "\n".join(wrong[:50])
        raise Refused(f"復元しましたが、バックアップと違うところが{len(wrong):,}件あります。\n{listed}")
    return manifest


def _refuse_another_place(manifest: Manifest, target: Database, *, replace: bool) -> None:
    if manifest.engine != target.engine:
        raise Refused(f"{manifest.engine} のバックアップです。{target.engine} には復元できません。")
    if manifest.of_media() and not are_in_folder():
        raise Refused(
            "このバックアップには画像などが入っています。MEDIA_STORAGE を空にして復元し、"
            "ファイルを置き場所に写してから、MEDIA_STORAGE を戻してください。"
        )
    if replace:
        return
    if not target.is_empty():
        raise Refused("データベースが空ではありません。中身を捨てて復元するときは --replace を付けてください。")
    if next(media_files(Path(settings.MEDIA_ROOT)), None):
        raise Refused("画像などのフォルダーが空ではありません。中身を捨てて復元するときは --replace を付けてください。")


@contextmanager
def _staged(root: Path) -> Iterator[Path]:
    """A folder within the media folder: what is moved from it does not leave the disk, or the volume."""
    staging = root / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir(parents=True)
        yield staging
    except OSError as error:
        raise Refused(f"復元したファイルを書けませんでした：{error.strerror or type(error).__name__}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_in_place(staging: Path, root: Path) -> None:
    for old in root.iterdir():
        if old.is_dir() and not old.is_symlink() and old != staging:
            shutil.rmtree(old)
        elif old != staging:
            old.unlink()
    for new in staging.iterdir():
        new.rename(root / new.name)


def differs(manifest: Manifest, target: Database) -> Iterator[str]:
    """In words, whatever is not as the manifest says: in the database, or in the media."""
    yield from differences(manifest.inventory, target.inventory())
    root = Path(settings.MEDIA_ROOT)
    wanted = manifest.of_media()
    there = {name: _digest(root / name) for name in media_files(root)}
    for name in sorted(wanted.keys() | there.keys()):
        if wanted.get(name) != there.get(name):
            yield f"ファイル：{name} が違います。"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
