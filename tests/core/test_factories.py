"""Every factory makes a row that passes its own model's rules."""

import pytest
from factory.django import DjangoModelFactory

from tests.factories import core, disaster_support, events, municipalities, portal

FACTORIES = [
    factory
    for module in (core, disaster_support, events, municipalities, portal)
    for factory in vars(module).values()
    if isinstance(factory, type) and issubclass(factory, DjangoModelFactory) and not factory._meta.abstract
]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", sorted(set(FACTORIES), key=lambda f: f.__name__))
def test_a_made_row_is_valid(factory):
    extra = {"record": municipalities.WardTieFactory()} if factory is core.SourceNoteFactory else {}
    row = factory(**extra)

    row.full_clean()

    assert type(row).objects.get(pk=row.pk) == row
