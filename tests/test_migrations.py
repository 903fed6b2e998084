"""From now on, no migration stops the site or breaks the version that runs, unless somebody has said why it may."""

from functools import cache

import pytest
from django.contrib.postgres import operations as postgres
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from portal.core.constraints import Frozen
from tests.migration_safety import dangers

# The last migration of each app from before this rule.
BASELINE = {"core": 8, "municipalities": 8, "events": 6, "disaster_support": 5, "portal": 9}
# What a migration says of itself: `acknowledged = "…"`, in its class.
ACKNOWLEDGED = "acknowledged"


@cache
def loader():
    return MigrationLoader(None)


def ours():
    return sorted(key for key in loader().disk_migrations if key[0] in BASELINE)


def found(key):
    migration = loader().get_migration(*key)
    return list(dangers(key[0], migration.operations, loader().project_state(key, at_end=False)))


def is_new(key):
    return int(key[1].partition("_")[0]) > BASELINE[key[0]]


@pytest.mark.parametrize("key", [key for key in ours() if is_new(key)], ids=".".join)
def test_a_new_migration_is_safe_under_traffic_or_says_why_it_may_run(key):
    reason = getattr(loader().get_migration(*key), ACKNOWLEDGED, "")
    told = found(key)

    assert bool(told) is bool(reason), (
        "\n".join(told) or f"{ACKNOWLEDGED} は要りません。"
    ) + f"\nほかの方法がなければ、移行に {ACKNOWLEDGED} として理由を書いてください。"
    assert reason == "" or len(reason) >= 20


def test_there_are_migrations_to_judge_and_the_old_ones_show_that_it_judges():
    judged = {key: found(key) for key in ours()}

    assert len(judged) >= 30
    assert any("AddConstraint" in told or "制約" in told for told in judged["portal", "0003_frozen_figures"])
    assert any("書き換えるか分かりません" in told for told in judged["events", "0004_rich_text"])
    assert judged["portal", "0004_findings"] == []


FIELDS = [
    ("id", models.BigAutoField(primary_key=True)),
    ("name", models.CharField(max_length=10)),
    ("note", models.TextField(null=True)),
]
CREATE = migrations.CreateModel("Thing", FIELDS)
CHECK = models.CheckConstraint(condition=models.Q(name="a"), name="check")
INDEX = models.Index(fields=["name"], name="index")


def told_of(*operations):
    state = ProjectState()
    CREATE.state_forwards("app", state)
    return list(dangers("app", operations, state))


def add(field):
    return migrations.AddField("thing", "added", field)


def alter(name, field):
    return migrations.AlterField("thing", name, field)


@pytest.mark.parametrize(
    "operation",
    [
        add(models.TextField(null=True)),
        add(models.TextField(db_default="")),
        add(models.BooleanField(db_default=False)),
        add(models.ManyToManyField("app.thing")),
        alter("name", models.CharField("名前", max_length=10, help_text="説明", choices=[("a", "あ")], default="a")),
        alter("name", models.CharField(max_length=20)),
        alter("name", models.CharField(max_length=20, null=True)),
        migrations.AddConstraint("thing", Frozen(column="note", name="frozen")),
        postgres.AddConstraintNotValid("thing", CHECK),
        postgres.AddIndexConcurrently("thing", INDEX),
        migrations.AlterModelOptions("thing", {"verbose_name": "もの"}),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_harms_nobody(operation):
    assert told_of(operation) == []


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        (add(models.TextField()), "前の版が、この列を埋められません"),
        (add(models.TextField(default="")), "前の版が、この列を埋められません"),
        (add(models.DateTimeField(db_default=Now())), "すべての行を書き換えます"),
        (add(models.TextField(null=True, db_index=True)), "索引か制約"),
        (add(models.TextField(null=True, unique=True)), "索引か制約"),
        (add(models.ForeignKey("app.thing", models.CASCADE, null=True)), "索引か制約"),
        (
            add(models.GeneratedField(expression=models.F("name"), output_field=models.TextField(), db_persist=True)),
            "すべての行を書き換えます",
        ),
        (alter("name", models.CharField(max_length=9)), "表を止めて"),
        (alter("name", models.TextField()), "表を止めて"),
        (alter("name", models.CharField(max_length=10, unique=True)), "表を止めて"),
        (alter("note", models.TextField()), "表を止めて"),
        (migrations.AddIndex("thing", INDEX), "索引を作ります"),
        (migrations.AddConstraint("thing", CHECK), "すべての行を確かめます"),
        (migrations.RemoveField("thing", "note"), "なくなる列"),
        (migrations.RenameField("thing", "note", "remark"), "元の名前の列"),
        (migrations.RenameModel("Thing", "Object"), "元の名前の表"),
        (migrations.AlterModelTable("thing", "other"), "元の名前の表"),
        (migrations.DeleteModel("Thing"), "なくなる表"),
        (migrations.RunPython(migrations.RunPython.noop), "分かりません"),
        (migrations.RunSQL("SELECT 1"), "分かりません"),
        (migrations.AlterUniqueTogether("thing", {("name", "note")}), "判断できない"),
        (migrations.SeparateDatabaseAndState([migrations.RemoveField("thing", "note")]), "なくなる列"),
    ],
    ids=lambda told: told if isinstance(told, str) else told.describe(),
)
def test_what_is_dangerous(operation, word):
    (told,) = told_of(operation)

    assert word in told


def test_a_table_that_is_new_is_used_by_nobody():
    new = migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())])
    index = migrations.AddIndex("new", models.Index(fields=["name"], name="new_index"))

    assert told_of(new, index) == []
    assert len(told_of(new, index, migrations.AddIndex("thing", INDEX))) == 1


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite には、待つ時間の上限がありません。")
def test_a_migration_waits_for_nobody_for_long():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("500ms",)
