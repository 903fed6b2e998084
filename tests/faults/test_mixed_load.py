"""People of every kind at once, while one part of the site after the other is broken and healed."""

import os
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread

import pytest

from tests.browser.demo_site import free_port, manage, serving
from tests.faults.crowd import Got, get
from tests.faults.people import Person
from tests.faults.proxy import need_nginx, nginx_before
from tests.faults.redis import own_redis
from tests.faults.test_disk_full import photo
from tests.faults.test_workers_killed import workers_of
from tests.faults.volume import volume

pytestmark = pytest.mark.faults

# Each part is broken for so long, and there is quiet before it and after it; two minutes in all with LONG=1.
BROKEN, QUIET = (9, 18) if os.environ.get("LONG") else (5, 7)
# Seconds after healing by which all goes well again.
RECOVERY = 5
# A page that was kept is answered in no time at all: below this nobody tells fast from slow.
LEAST = 0.03
PUBLIC = [
    "/",
    "/events/",
    "/municipalities/",
    "/wards/131091/",
    "/statistics/",
    "/disaster-support/",
    "/news/",
    "/wards/",
]
ADD = "/members/posts/add/"
VENUE = """
from tests.factories.events import VenueFactory
print(VenueFactory(name="動かないホール").pk)
"""


@dataclass
class Doing:
    """One kind of thing people do, again and again, with a pause; what they got."""

    name: str
    act: Callable[[], Got]
    pause: float
    answers: list[Got] = field(default_factory=list)

    def go_on(self, enough: Event) -> None:
        while not enough.wait(self.pause):
            self.answers.append(self.act())


@contextmanager
def going_on(doings):
    enough = Event()
    threads = [Thread(target=doing.go_on, args=[enough]) for doing in doings]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()


@pytest.fixture(scope="module")
def site(on_postgres, tmp_path_factory):
    need_nginx()
    server, _, environment = on_postgres
    folder = tmp_path_factory.mktemp("mixed")
    with ExitStack() as stack:
        media = stack.enter_context(volume(Path(environment["DATA_DIR"]) / "media", 24))
        redis = stack.enter_context(own_redis(folder))
        environment = environment | {"CACHE_URL": redis.url, "TRUSTED_PROXY_COUNT": "1", "RATE_LIMITS": "off"}
        venue = manage(environment, "shell", "--verbosity", "0", "--command", VENUE).split()[-1]
        behind, process = stack.enter_context(serving(environment, free_port(), "--workers", "2", "--threads", "8"))
        address = stack.enter_context(nginx_before(folder, behind, free_port(), environment))
        yield address, process, server, redis, media, venue


def people_of(address, venue):
    """What everybody does, at a pace that leaves the machine some rest."""
    pages, words, numbers = cycle(PUBLIC), cycle(["港区", "温泉", "H30", "協定"]), count()
    arrivals = cycle(
        [f"{name}@demo.example" for name in ("auditor", "shinagawa-editor", "meguro-editor", "other-member")]
    )
    member, official = Person(address, "203.0.113.101"), Person(address, "203.0.113.102")
    assert member.sign_in("member@demo.example").path == "/members/dashboard/"
    assert official.sign_in("secretariat@demo.example").path == "/admin/"
    small = photo(64)

    def post() -> Got:
        typed = {
            "kind": "product",
            "title": f"便り{next(numbers)}",
            "body": "春の便りです。",
            "picture-1-alt_text": "写真",
        }
        return member.send(ADD, {"picture-1-file": ("photo.png", small)}, **typed)

    def save() -> Got:
        return official.send(f"/admin/events/venue/{venue}/change/", name=f"動かないホール{next(numbers)}")

    def sign_in() -> Got:
        # Of a password that is right and a code that is asked for; each code is good for once.
        person = Person(address, f"203.0.113.{next(numbers) % 90}")
        return person.send("/accounts/login/", login=next(arrivals), password="demo horse battery staple")

    return [
        *(Doing("public", lambda: get(address, next(pages), "203.0.113.7"), 0.1) for _ in range(6)),
        Doing("search", lambda: get(address, f"/search/?q={next(words)}&page=1", "203.0.113.8"), 0.15),
        Doing("api", lambda: get(address, f"/api/v1/events?limit={next(numbers) % 50 + 1}", "203.0.113.9"), 0.15),
        Doing("sign in", sign_in, 1),
        Doing("post", post, 1),
        Doing("save", save, 1),
    ]


@dataclass
class Stretch:
    """A time in which something was broken; where nothing was, ``of`` is empty."""

    of: str
    start: float
    end: float


def break_in_turn(site):
    """Breaks each part and heals it; the stretches of time, with the quiet ones."""
    _, process, server, redis, media, _ = site

    def kill_a_worker():
        os.kill(min(workers_of(process)), signal.SIGKILL)

    breaks = {
        "worker": (kill_a_worker, lambda: None),
        "database": (server.stop, server.start),
        "cache": (redis.kill, redis.start),
        "disk": (media.fill, media.free),
    }
    stretches = []
    for name, (broken, healed) in breaks.items():
        start = time.monotonic()
        time.sleep(QUIET)
        broken_at = time.monotonic()
        stretches.append(Stretch("", start + (RECOVERY if stretches else 1), broken_at))
        broken()
        time.sleep(BROKEN)
        healed()
        stretches.append(Stretch(name, broken_at, time.monotonic()))
    time.sleep(QUIET)
    return stretches


# Who may be told that something cannot be done now, while what they need is gone.
NEED = {
    "worker": {"sign in": {502}, "post": {502}, "save": {502}},
    "database": {name: {503} for name in ("search", "api", "sign in", "post", "save")},
    "cache": {},
    "disk": {},
}


def failures(doings, stretches):
    """What failed though nothing it needs was broken, nor had been within the time of recovery."""
    for doing in doings:
        for got in doing.answers:
            if got.status == 200:
                continue
            excused = [
                got.status in NEED[stretch.of].get(doing.name, ())
                for stretch in stretches
                if stretch.of and stretch.start - got.seconds <= got.at <= stretch.end + RECOVERY
            ]
            if not any(excused):
                yield doing.name, got.path, got.status


# What the public asks for, often enough for the slowest of a hundred to mean something.
JUDGED = ("public", "search", "api")


def slowness(doings, stretches):
    """How many times longer than half of all the slowest of a hundred took, in quiet, for each kind."""
    quiet = [stretch for stretch in stretches if not stretch.of]
    seconds = defaultdict(list)
    for doing in doings:
        for stretch in quiet:
            seconds[doing.name] += [got.seconds for got in doing.answers if stretch.start <= got.at < stretch.end]
    found = {name: quantiles(seconds[name], n=100) for name in JUDGED}
    return {name: took[98] / max(took[49], LEAST) for name, took in found.items()}


# Where each is led who did what they came for.
LED_TO = {
    "sign in": lambda path: path.startswith("/accounts/2fa/"),
    "post": lambda path: path.startswith("/members/posts/") and path != ADD,
    "save": lambda path: path == "/admin/events/venue/",
}


def answers_of(doings, name):
    return [got for doing in doings if doing.name == name for got in doing.answers]


def test_only_what_needs_the_lost_part_stands_still(site, record_property):
    address, *_, venue = site
    doings = people_of(address, venue)
    with going_on(doings):
        stretches = break_in_turn(site)

    failed, slow = list(failures(doings, stretches)), slowness(doings, stretches)
    counted = {doing.name: len(answers_of(doings, doing.name)) for doing in doings}
    told = f"{counted}, slowest of 100 to half { ({name: round(times, 1) for name, times in slow.items()}) }"
    record_property("what_people_saw", told)
    assert {name: any(where(got.path) for got in answers_of(doings, name)) for name, where in LED_TO.items()} == (
        dict.fromkeys(LED_TO, True)
    )
    assert min(counted[name] for name in JUDGED) > 200
    assert failed == []
    assert max(slow.values()) < 10
