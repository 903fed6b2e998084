"""Makes copies of pages, in as many processes as are given; a copy that is as before is the same file as before."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from http.client import responses
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import NamedTuple, Protocol

import django
from django.utils.html import escape

from portal.mirror.addresses import Address, copy_of, mirrored
from portal.mirror.rendering import ask

HTML = "text/html"
# Pages are handed to a process several at a time: handing them over costs less than making one.
BATCH = 8
NICENESS = 10


class Made(NamedTuple):
    """What became of an address: an error in words, or whether its file is another than before; where it leads."""

    address: Address
    error: str
    is_new: bool
    pages: frozenset[Address] = frozenset()
    media: frozenset[str] = frozenset()


class DatabaseSilent(Exception):
    """The portal says that it cannot answer now: then nothing can be copied."""


def make_copies(addresses: list[Address], folder: Path, former: Path | None) -> list[Made]:
    """Copies pages into a folder. Raises DatabaseSilent."""
    return [_make_copy(address, folder, former) for address in addresses]


def _make_copy(address: Address, folder: Path, former: Path | None) -> Made:
    answer = ask(str(address))
    if answer.status == 503:
        raise DatabaseSilent(str(address))
    if 300 <= answer.status < 400:
        target = mirrored(answer.location)
        pages = frozenset({target} if target else ())
        return Made(address, "", _put(address, _way_on(target), folder, former), pages)
    if answer.status != 200:
        reason = f"{answer.status} {responses.get(answer.status, '')}".strip()
        return Made(address, reason, is_new=False)
    if answer.kind != HTML:
        return Made(address, "", _put(address, answer.body, folder, former))
    copy = copy_of(answer.body.decode(), address)
    return Made(address, "", _put(address, copy.html.encode(), folder, former), copy.pages, copy.media)


def _way_on(target: Address | None) -> bytes:
    """A page that leads on by itself, as a file can redirect nobody."""
    to = escape(target.in_mirror if target else "/")
    return f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={to}">\n'.encode()


def _put(address: Address, content: bytes, folder: Path, former: Path | None) -> bool:
    """Writes a file, or takes the former one where it says the same; whether it was written."""
    return put(folder / address.file, content, former / address.file if former else None)


def put(file: Path, content: bytes, former: Path | None) -> bool:
    """Writes a file, or links the former one where that says the same; whether it was written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if former and former.is_file() and former.stat().st_size == len(content) and former.read_bytes() == content:
        os.link(former, file)
        return False
    file.write_bytes(content)
    return True


class Makers(Protocol):
    """Whoever makes copies: batches go in, what was made comes out as it is done."""

    def make(self, addresses: list[Address]) -> None: ...

    def done(self) -> Iterator[Made]: ...


class Here:
    """Makes copies in this process."""

    def __init__(self, folder: Path, former: Path | None):
        self.folder, self.former = folder, former
        self._waiting: list[Address] = []

    def make(self, addresses: list[Address]) -> None:
        self._waiting += addresses

    def done(self) -> Iterator[Made]:
        while self._waiting:
            yield from make_copies([self._waiting.pop()], self.folder, self.former)


class SideBySide:
    """Makes copies in other processes, which give way to whoever answers visitors."""

    def __init__(self, pool: ProcessPoolExecutor, processes: int, folder: Path, former: Path | None):
        self.pool, self.at_once, self.folder, self.former = pool, processes * 2, folder, former
        self._waiting: list[Address] = []
        self._running: set[Future[list[Made]]] = set()

    def make(self, addresses: list[Address]) -> None:
        self._waiting += addresses

    def done(self) -> Iterator[Made]:
        self._hand_over()
        while self._running:
            finished, self._running = wait(self._running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield from future.result()
            self._hand_over()

    def _hand_over(self) -> None:
        """What was found last goes first: months lead from one to the next, and would be left for the end."""
        while self._waiting and len(self._running) < self.at_once:
            batch, self._waiting = self._waiting[-BATCH:], self._waiting[:-BATCH]
            self._running.add(self.pool.submit(make_copies, batch, self.folder, self.former))


@contextmanager
def makers(processes: int, folder: Path, former: Path | None) -> Iterator[Makers]:
    """Whoever makes copies into a folder: this process alone, or others where there are to be several."""
    if processes == 1:
        yield Here(folder, former)
        return
    # Begun anew instead of forked: a fork of a process with threads may hang, and shares its connections.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin) as pool:
        try:
            yield SideBySide(pool, processes, folder, former)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _begin() -> None:
    os.nice(NICENESS)
    Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _end_with_parent() -> None:
    """Nobody waits any more for what is made here once whoever asked for it was killed."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def new_ones(found: Iterable[Address], known: set[Address]) -> list[Address]:
    """The addresses that were not known; from now on they are."""
    new = [address for address in dict.fromkeys(found) if address not in known]
    known.update(new)
    return new
