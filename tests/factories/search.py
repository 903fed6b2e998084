"""Rows of the search."""

from datetime import date

import factory

from portal import models
from portal.search.choices import Kind


class SearchEntryFactory(factory.django.DjangoModelFactory):
    """An entry without a record: what a rebuilding of the index removes."""

    class Meta:
        model = models.SearchEntry

    record = factory.Sequence(lambda n: f"newsitem:9{n:05d}")
    kind = Kind.NEWS
    url = "/news/"
    title = name_key = "花の市"
    name_terms = terms = "花の の市 市"


class SearchMissFactory(factory.django.DjangoModelFactory):
    """Searched once on 23 November 2026."""

    class Meta:
        model = models.SearchMiss

    words = factory.Sequence(lambda n: f"言葉{n}")
    day = date(2026, 11, 23)
