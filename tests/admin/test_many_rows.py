"""No list of the back office asks more of the database because there are many rows."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import WardProject
from tests.admin.test_every_page import page
from tests.benchmarks.many_rows import MODELS, write_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROWS, MOST_QUERIES = 10_000, 15


def test_every_list_search_and_page_keeps_to_fifteen_queries_at_ten_thousand_rows(office):
    call_command("load_reference", verbosity=0)
    write_rows(ROWS, timezone.localdate())
    assert {model.__name__: model._default_manager.count() >= ROWS for model in MODELS} == {
        model.__name__: True for model in MODELS
    }
    over = {}
    for model in admin.site._registry:
        for query in ({}, {"q": "第7"}):
            with CaptureQueriesContext(connection) as asked:
                response = office.get(page(model, "changelist", **query))
            assert response.status_code == 200
            if len(asked) > MOST_QUERIES:
                over[f"{model.__name__} {query}"] = len(asked)
    project = WardProject.objects.order_by("pk")[0]
    for name in ("change", "history", "review"):
        with CaptureQueriesContext(connection) as asked:
            response = office.get(page(WardProject, name, project.pk))
        assert response.status_code == 200
        if len(asked) > MOST_QUERIES:
            over[name] = len(asked)
    assert over == {}
