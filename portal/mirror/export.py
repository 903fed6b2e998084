"""Writes the public site as files, version by version, and switches to a version once it is whole.

Within the folder, ``current`` leads to the version in use. A version that is being made is never seen: whoever breaks
off leaves the one before in use. Versions share the files that are the same in both.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.core.media import are_in_folder
from portal.core.navigation import every_page
from portal.env import BASE_DIR
from portal.mirror.addresses import NOT_HERE, Address, mirrored
from portal.mirror.making import Made, makers, new_ones, put
from portal.serving.models import PublicChange
from portal.serving.moments import moments

CURRENT, VERSIONS, LOCK = "current", "versions", ".lock"
# What is true of a version stands beside it: nobody is to find it on the site.
ABOUT = ".json"
# Whoever reads the version before when it is switched may finish.
VERSIONS_LEFT = 2
TOLD_EVERY = 200
# Pages that lead nowhere because they fail would take all that lies behind them out of the mirror.
MOST_FAILED = 0.01
ENTRANCES = ("home", "sitemap", "robots", "event_subscription", "news_feed", "event_feed", "member_post_feed")

Tell = Callable[[str], None]


class Spoiled(Exception):
    """So many pages failed that what was copied is no copy of the site."""


class Busy(Exception):
    """Somebody else is writing to the same folder."""


@dataclass
class Outcome:
    """What an export did; ``failed``: pages that the portal could not make; ``errors``: all not copied, and why."""

    is_unchanged: bool = False
    pages: int = 0
    written: int = 0
    files: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)


def made_from(at: datetime) -> str:
    """What a version is made from: two exports with the same would be the same.

    The records, the code, what was collected of static files, and the hour: what is said to the hour changes with it.
    """
    hour = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    passed = len(moments(hour, at))
    parts = (PublicChange.objects.so_far(), hour.isoformat(), passed, settings.SITE_URL, _files_stand())
    return sha256(repr(parts).encode()).hexdigest()


def _files_stand() -> str:
    folders = [BASE_DIR / name for name in ("portal", "municipalities", "events", "disaster_support", "templates")]
    code = (file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in (".py", ".html"))
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    stands = [(str(file), file.stat().st_mtime_ns) for file in (*code, manifest) if file.is_file()]
    return sha256(repr(stands).encode()).hexdigest()


def export(
    folder: Path, *, processes: int = 1, anew: bool = False, at: datetime | None = None, tell: Tell = lambda line: None
) -> Outcome:
    """Brings the mirror in a folder up to date.

    Raises Busy where somebody else does, DatabaseSilent where the portal cannot answer, Spoiled where many pages fail,
    OSError where the disk is full; then the version before stays in use.
    """
    at = at or timezone.now()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        basis, former = made_from(at), current_version(folder)
        if former and not anew and about(former).get("made_from") == basis:
            return Outcome(is_unchanged=True, pages=about(former)["pages"])
        version = folder / VERSIONS / f"{at:%Y%m%dT%H%M%S.%f}"
        _clear_away(folder, former)
        outcome = _write(version, former, at, processes, tell)
        if outcome.failed > outcome.pages * MOST_FAILED:
            shutil.rmtree(version)
            raise Spoiled(outcome.errors[0])
        facts = {"made_from": basis, "made_at": at.isoformat(), "pages": outcome.pages, "errors": outcome.errors}
        _about_file(version).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        _switch(folder, version)
        _clear_away(folder, version)
    return outcome


def _write(version: Path, former: Path | None, at: datetime, processes: int, tell: Tell) -> Outcome:
    outcome, media = Outcome(), set[str]()
    known: set[Address] = set()
    version.mkdir(parents=True)
    with makers(processes, version, former) as making:
        making.make(new_ones(_entrances(), known))
        for made in making.done():
            making.make(new_ones(sorted(made.pages), known))
            media |= made.media
            _count(outcome, made, version, former)
            if outcome.pages % TOLD_EVERY == 0:
                tell(f"{outcome.pages:,}ページを書き出しました（分かっている残り：{len(known) - outcome.pages:,}）")
    outcome.written += put(version / f"{NOT_HERE}index.html".removeprefix("/"), _not_here(at), former=None)
    outcome.files = _copy_files(version, former, media)
    return outcome


def _entrances() -> Iterator[Address]:
    targets = [*(page.url for page in every_page()), *map(reverse, ENTRANCES)]
    return (address for address in map(mirrored, targets) if address)


def _count(outcome: Outcome, made: Made, version: Path, former: Path | None) -> None:
    outcome.pages += 1
    outcome.written += made.is_new
    if not made.error:
        return
    outcome.failed += made.error.startswith("5")
    outcome.errors.append(f"{made.address}：{made.error}")
    before = former / made.address.file if former else None
    # A page that fails today is better told as it was yesterday than not at all.
    if made.error.startswith("5") and before and before.is_file():
        _link(before, version / made.address.file)


def _not_here(at: datetime) -> bytes:
    return render_to_string("portal/mirror/not_here.html", {"at": timezone.localtime(at)}).encode()


def _copy_files(version: Path, former: Path | None, media: Iterable[str]) -> int:
    """Puts what pages show and offer beside them; how many files."""
    static = [
        (file, Path(settings.STATIC_URL.strip("/")) / file.relative_to(settings.STATIC_ROOT))
        for file in settings.STATIC_ROOT.rglob("*")
        if file.is_file()
    ]
    if not are_in_folder():
        return _link_all(static, version, former) + sum(_fetch(name, version, former) for name in sorted(media))
    root = Path(settings.MEDIA_ROOT)
    uploaded = [(root / name.removeprefix(settings.MEDIA_URL), Path(name.strip("/"))) for name in sorted(media)]
    return _link_all([*static, *uploaded], version, former)


def _link_all(files: Iterable[tuple[Path, Path]], version: Path, former: Path | None) -> int:
    there = [(source, name) for source, name in files if source.is_file()]
    for source, name in there:
        before = former / name if former else None
        _link(before if before and _is_same(before, source) else source, version / name)
    return len(there)


def _fetch(address: str, version: Path, former: Path | None) -> bool:
    """Brings an uploaded file from a storage elsewhere, unless the former version has it; whether it is there."""
    file = address.strip("/")
    if former and (former / file).is_file():
        _link(former / file, version / file)
        return True
    try:
        with default_storage.open(address.removeprefix(settings.MEDIA_URL)) as stored:
            return put(version / file, stored.read(), former=None)
    except FileNotFoundError:
        return False


def _is_same(one: Path, other: Path) -> bool:
    """Uploaded and collected files carry their content in their name: the size tells whether one is whole."""
    return one.is_file() and one.stat().st_size == other.stat().st_size


def _link(source: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, file)
    except OSError:
        # On another disk.
        shutil.copy2(source, file)


def current_version(folder: Path) -> Path | None:
    """The version in use; None where there is none yet."""
    link = folder / CURRENT
    return link.resolve() if link.is_dir() else None


def about(version: Path) -> dict:
    """What a version says of itself; nothing where nothing can be read."""
    try:
        return dict(json.loads(_about_file(version).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def made_at(version: Path) -> datetime | None:
    """When a version was made."""
    told = about(version).get("made_at")
    return datetime.fromisoformat(told) if told else None


def _about_file(version: Path) -> Path:
    return version.with_name(version.name + ABOUT)


def _switch(folder: Path, version: Path) -> None:
    """At any moment ``current`` leads to a whole version: the new link takes the place of the old one at once."""
    link = folder / f".{CURRENT}"
    with suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(Path(VERSIONS) / version.name)
    link.replace(folder / CURRENT)


def _clear_away(folder: Path, used: Path | None) -> None:
    """Removes what was broken off, and old versions."""
    whole = sorted(path for path in (folder / VERSIONS).glob("*") if path.is_dir() and _about_file(path).is_file())
    left = {*whole[-VERSIONS_LEFT:], used}
    for path in (folder / VERSIONS).glob("*"):
        if path.is_dir() and path not in left:
            shutil.rmtree(path)
            _about_file(path).unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(str(folder)) from error
        yield


def is_due(folder: Path, at: datetime, rest: timedelta) -> bool:
    """Whether the mirror should be brought up to date: something is different, and the last export had its rest."""
    former = current_version(folder)
    if former is None:
        return True
    last = made_at(former)
    rested = last is None or at - last >= rest or timezone.localtime(at).hour != timezone.localtime(last).hour
    return rested and about(former).get("made_from") != made_from(at)
