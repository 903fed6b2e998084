"""People who send numbered messages without pause, and again what was not taken in; and what is there afterwards."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

import psycopg

from portal.core.guard import FASTEST
from tests.faults.crowd import Got
from tests.faults.people import Person, fields_of

FORM = "/contact/"


@dataclass
class Writer:
    """One of them. What was answered with the page of thanks is acknowledged."""

    person: Person
    name: str
    answers: list[Got] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    tried: int = 0
    values: dict[str, str] = field(default_factory=dict)

    def open_form(self) -> None:
        page = self.person.get(FORM)
        assert page.status == 200
        self.values = fields_of(page.body) | {"topic": "other"}

    def write(self, enough: Event) -> None:
        while not enough.is_set():
            self.tried += 1
            self._send(f"{self.name} {self.tried:05} 終", enough)

    def _send(self, body: str, enough: Event) -> None:
        while not enough.is_set():
            got = self.person.post(FORM, self.values | {"body": body})
            self.answers.append(got)
            if got.status == 200 and got.path.startswith("/contact/sent/"):
                self.acknowledged.append(body)
                return
            time.sleep(0.05)


@contextmanager
def writing(address: str, name: str, writers: int) -> Iterator[list[Writer]]:
    """So many write for a while."""
    people = [Writer(Person(address, f"203.0.113.{number}"), f"{name}{number}") for number in range(writers)]
    for writer in people:
        writer.open_form()
    # Nobody is quicker.
    time.sleep(FASTEST.total_seconds() + 1)
    enough = Event()
    threads = [Thread(target=writer.write, args=[enough]) for writer in people]
    for thread in threads:
        thread.start()
    try:
        yield people
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def written(database_url: str, name: str) -> list[str]:
    """What is in the database of those who wrote under a name, in order."""
    with psycopg.connect(database_url) as database:
        found = database.execute("SELECT body FROM portal_inquiry WHERE body LIKE %s ORDER BY body", [f"{name}%"])
        return [body for (body,) in found]
