"""Very many rows in every table that grows, for the back office: written in bulk, evenly over the wards."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice, product

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Model
from django.utils import timezone

from events.choices import ProjectField
from events.models import Event, Exhibition, TourStop, WardProject
from municipalities.choices import TieKind
from municipalities.models import Company, Membership, Municipality, Ward, WardTie
from portal.core.history.snapshots import take
from portal.core.models import AuditEntry, ContactPoint, Proposal, SourceNote, User, Version
from portal.models import Finding, NewsItem
from tests.benchmarks.many_events import write_events

BATCH = 1_000
MODELS = (Event, WardProject, WardTie, Membership, TourStop, NewsItem, Proposal, Finding, AuditEntry, SourceNote, User)


def write_rows(number: int, today: date) -> None:
    """So many rows of each kind, and an event with as many versions as a long life has."""
    set_triggers("DISABLE")
    write_events(number, today)
    wards = list(Ward.objects.order_by("code"))
    towns = list(Municipality.objects.outside_the_wards().order_by("code").values_list("pk", flat=True))
    Event.objects.annotate(half=F("pk") % 2).filter(half=0).update(owner=wards[0])
    write(User(email=f"staff{n}@city.example.jp", name=f"利用者{n}", is_staff=n % 2 == 0) for n in range(number))
    author = User.objects.order_by("pk")[0]
    write(_project(n, wards) for n in range(number))
    write(ties(number, wards, towns))
    write(_memberships(number, towns))
    exhibition = Exhibition.objects.create(title="巡回する展示", fiscal_year=2026, date_precision="unknown")
    write(TourStop(exhibition=exhibition, ward=wards[n % 23], state="planned", listing_order=1) for n in range(number))
    write(news_item(n) for n in range(number))
    write(Company(name=f"第{n}株式会社") for n in range(number))
    write(ContactPoint(organization=f"第{n}区役所", department="企画課") for n in range(number))
    projects = list(WardProject.objects.order_by("pk"))
    kind = ContentType.objects.get_for_model(WardProject)
    write(_proposal(project, kind, author) for project in projects)
    write(_finding(project, kind) for project in projects)
    write(SourceNote(record=project, source="概要資料", line=1) for project in projects)
    now = timezone.now()
    write(
        AuditEntry(at=now - timedelta(minutes=n), by=author, action="export", subject=f"表{n}") for n in range(number)
    )
    write(_versions(projects[0], kind, author, now))
    set_triggers("ENABLE")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def set_triggers(state: str) -> None:
    """The rows keep the rules by the way they are made; on PostgreSQL, to check each takes longer than to write it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Within a transaction, keys that are still to be checked keep a table from being altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in (WardTie, Membership, AuditEntry, Version):
                cursor.execute(f"ALTER TABLE {model._meta.db_table} {state} TRIGGER USER")


def write(rows: Iterable[Model]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        type(batch[0])._default_manager.bulk_create(batch)


def _project(n: int, wards: list[Ward]) -> WardProject:
    fields = {"field": ProjectField.values[n % 9], "fiscal_year": 2015 + n % 12, "publication_state": "draft"}
    return WardProject(ward=wards[n % 23], title=f"第{n}の事業", **fields)


def news_item(n: int) -> NewsItem:
    moment = timezone.now() - timedelta(hours=n)
    return NewsItem(title=f"お知らせ{n}", body="本文です。", publication_state="published", publish_at=moment)


def ties(number: int, wards: list[Ward], towns: list[str]) -> Iterator[WardTie]:
    places = islice(product(TieKind.values, towns, wards), number)
    return (WardTie(ward=ward, municipality_id=town, kind=kind) for kind, town, ward in places)


def _memberships(number: int, towns: list[str]) -> Iterator[Membership]:
    periods = islice(product(range(2000, 2020), towns), number)
    return (
        Membership(municipality_id=town, registered_on=date(year, 4, 1), withdrawn_on=date(year, 10, 1))
        for year, town in periods
    )


def _proposal(project: WardProject, kind: ContentType, author: User) -> Proposal:
    people = {"written_by": author, "holder": author, "submitted_by": author}
    waiting = {"state": "in_review", "submitted_at": timezone.now()}
    return Proposal(content_type=kind, object_id=str(project.pk), subject=project.title, **people, **waiting)


def _finding(project: WardProject, kind: ContentType) -> Finding:
    named = {"code": "misprint", "severity": "error", "field": "title", "message_digest": f"{project.pk:064d}"}
    return Finding(content_type=kind, object_id=str(project.pk), subject=project.title, message="疑問です。", **named)


def _versions(project: WardProject, kind: ContentType, author: User, now: datetime) -> Iterator[Version]:
    data = take(project)
    for number in range(1, 501):
        named = {"content_type": kind, "object_id": str(project.pk), "subject": project.title, "kind": "changed"}
        yield Version(number=number, data=data, made_at=now, made_by=author, **named)
