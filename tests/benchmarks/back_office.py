"""How the back office bears many rows: `python -m tests.benchmarks.back_office`. Prints times and queries.

Every list, its search, its fields that find records, and the pages of one record, at 1,000 and at 10,000 rows, for an
administrator and for an editor of a ward. It fails where a page asks more of the database than it may. Times depend on
the machine, and only inform. PostgreSQL is measured as well where TEST_POSTGRES_URL names one.
"""

import os
import subprocess
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from collections.abc import Iterator  # noqa: E402
from datetime import date  # noqa: E402
from statistics import median  # noqa: E402
from time import perf_counter  # noqa: E402
from typing import NamedTuple  # noqa: E402

from django.contrib import admin  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from events.models import WardProject  # noqa: E402
from municipalities.models import Ward, WardStaff  # noqa: E402
from portal.core.models import User  # noqa: E402
from tests.accounts.signing_in import sign_in  # noqa: E402
from tests.benchmarks.many_rows import write_rows  # noqa: E402

SIZES = (1_000, 10_000)
RUNS, MOST_QUERIES, MOST_MILLISECONDS = 3, 15, 200


class Page(NamedTuple):
    label: str
    address: str


class Result(NamedTuple):
    milliseconds: float
    queries: int


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def pages() -> Iterator[Page]:
    """Every list, its search, the fields that find records, and the pages of one project."""
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        listed = reverse(f"{name}_changelist")
        yield Page(f"{model._meta.verbose_name}の一覧", listed)
        if model_admin.search_fields:
            yield Page(f"{model._meta.verbose_name}の検索", f"{listed}?q=第7")
        for field in model_admin.autocomplete_fields:
            meta = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
            address = reverse("admin:autocomplete", query=meta | {"term": "第7"})
            yield Page(f"{model._meta.verbose_name}の「{model._meta.get_field(field).verbose_name}」", address)
    project = WardProject.objects.order_by("pk")[0]
    for page in ("change", "history", "review"):
        yield Page(f"各区事業の{page}", reverse(f"admin:events_wardproject_{page}", args=[project.pk]))


def person(name: str, **fields: object) -> Client:
    """The browser of somebody who has signed in."""
    email, password = f"{name}@bench.example.jp", "correct horse battery"
    user = User.objects.create_user(email, password, name=name, is_staff=True, **fields)
    if not user.is_superuser:
        ward = Ward.objects.order_by("code")[0]
        WardStaff.objects.create(user=user, ward=ward, role="editor", starts_on=date(2020, 4, 1))
    client = Client()
    sign_in(client, user)
    return client


def measured(client: Client, page: Page) -> Result | None:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(page.address)
        queries = len(asked)
    if response.status_code != 200:
        return None
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        client.get(page.address)
        times.append((perf_counter() - start) * 1000)
    return Result(median(times), queries)


def at_size(number: int) -> dict[tuple[str, str], Result]:
    """What each page takes among so many rows, by who asks; pages that are not theirs are left out."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        call_command("load_reference", verbosity=0)
        write_rows(number, timezone.localdate())
        people = {"管理者": person("administrator", is_superuser=True), "区担当者": person("editor")}
        found = {(who, page.label): measured(client, page) for who, client in people.items() for page in pages()}
        return {key: result for key, result in found.items() if result is not None}
    finally:
        runner.teardown_databases(databases)


def report(small: dict[tuple[str, str], Result], large: dict[tuple[str, str], Result]) -> int:
    """Prints the table, the slowest first. How many pages break their budget of queries."""
    say(f"{connection.vendor}：{SIZES[0]:,}件 → {SIZES[1]:,}件、{RUNS}回の中央値")
    for key, many in sorted(large.items(), key=lambda row: -row[1].milliseconds):
        few = small[key]
        slow = f"（目標の {MOST_MILLISECONDS} ms を超えています）" if many.milliseconds > MOST_MILLISECONDS else ""
        over = "（超過）" if many.queries > MOST_QUERIES else ""
        say(
            f"  {key[0]} {key[1]}：{few.milliseconds:.0f} ms → {many.milliseconds:.0f} ms"
            f"、{many.milliseconds / few.milliseconds:.2f} 倍{slow}、クエリ {few.queries} → {many.queries}{over}"
        )
    return sum(many.queries > MOST_QUERIES for many in large.values())


def measured_on(postgres_url: str) -> int:
    """The same in a process of its own, whose settings name that server."""
    environment = os.environ | {"TEST_DATABASE_URL": postgres_url, "TEST_POSTGRES_URL": ""}
    return subprocess.run([sys.executable, "-m", "tests.benchmarks.back_office"], env=environment).returncode


def main() -> int:
    broken = report(*(at_size(number) for number in SIZES))
    servers = filter(None, [os.environ.get("TEST_POSTGRES_URL")])
    return max([broken, *map(measured_on, servers)])


if __name__ == "__main__":
    sys.exit(main())
