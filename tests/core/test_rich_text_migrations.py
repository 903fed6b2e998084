"""The plain texts of former days become paragraphs, and can become plain texts again."""

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor

from tests.factories.events import EventFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

WORDS = "一行目 <b>と</b> & 二行目\n　字下げ\n\n\nhttps://a.example.jp/?a=1&b=2 へ。"
HTML = (
    "<p>一行目 &lt;b&gt;と&lt;/b&gt; &amp; 二行目<br>　字下げ</p>"
    '<p><br><a href="https://a.example.jp/?a=1&amp;b=2">https://a.example.jp/?a=1&amp;b=2</a> へ。</p>'
)


@pytest.mark.parametrize(
    ("app", "name", "factory", "column"),
    [("portal", "0006_rich_text", NewsItemFactory, "body"), ("events", "0004_rich_text", EventFactory, "results")],
)
def test_nothing_is_lost_either_way(app, name, factory, column):
    row = factory()
    rows = type(row).objects.filter(pk=row.pk)
    rows.update(**{column: WORDS})
    loader = MigrationExecutor(connection).loader
    migration, apps = loader.get_migration(app, name), loader.project_state((app, name)).apps
    run = next(operation for operation in migration.operations if isinstance(operation, RunPython))

    run.code(apps, None)
    assert rows.values_list(column, flat=True).get() == HTML
    run.reverse_code(apps, None)
    assert rows.values_list(column, flat=True).get() == WORDS
