"""Printed figures in the back office."""

import pytest
from django.urls import reverse

from portal.models import PublishedFigure
from tests.admin.filling_in import errors_of, send
from tests.factories.portal import PublishedFigureFactory

pytestmark = pytest.mark.django_db


def test_a_figure_that_is_there_already_is_refused_with_a_message(office):
    there = PublishedFigureFactory()
    typed = {"table": there.table, "row": there.row, "label": "同じ欄", "unit": "自治体", "fiscal_year": "2015"}

    response = send(office, reverse("admin:portal_publishedfigure_add"), value="5", **typed)

    assert errors_of(response) == ["この表のこの欄の公表値はすでにあります。"]
    assert list(PublishedFigure.objects.all()) == [there]
