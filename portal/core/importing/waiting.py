"""Files that were looked at and wait to be confirmed: kept on our side for an hour, for the person who sent them."""

import hashlib
import time
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.core.files.base import File

from portal.core.importing.refusal import FileRefused
from portal.core.importing.remarks import Report

LASTS_SECONDS = 60 * 60
GONE = "確かめてから1時間がたったか、ファイルがなくなりました。もう一度ファイルを選んでください。"


class Waiting(NamedTuple):
    """A file that waits: its name on our side, and what was shown of it."""

    path: Path
    shown: str


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "waiting"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _salt(user_key: int) -> str:
    return f"portal.core.importing.waiting.{user_key}"


def digest_of(report: Report) -> str:
    """What was shown of a file, in short: another digest, another preview."""
    return hashlib.sha256(repr(report.results).encode()).hexdigest()


def keep(upload: File, report: Report, *, user_key: int) -> str:
    """Keeps a file and gives the ticket with which the same person fetches it."""
    _remove_old()
    name = uuid4().hex
    upload.seek(0)
    with (_folder() / name).open("wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    return signing.dumps([name, digest_of(report)], salt=_salt(user_key))


def fetch(ticket: str, *, user_key: int) -> Waiting:
    """The file of a ticket. Raises FileRefused for a ticket of somebody else, a wrong one, or one that is too old."""
    try:
        name, shown = signing.loads(ticket, salt=_salt(user_key), max_age=LASTS_SECONDS)
    except signing.BadSignature as error:
        raise FileRefused(GONE) from error
    path = _folder() / name
    if not path.exists():
        raise FileRefused(GONE)
    return Waiting(path, shown)


def remove(waiting: Waiting) -> None:
    waiting.path.unlink(missing_ok=True)


def _remove_old() -> None:
    for path in _folder().iterdir():
        if time.time() - path.stat().st_mtime > LASTS_SECONDS:
            path.unlink(missing_ok=True)
