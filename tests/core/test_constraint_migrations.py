"""NoOverlap in migrations: it can be removed and added, and a table that is made anew keeps it."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from municipalities.models import WardTie
from tests.factories.municipalities import WardTieFactory

pytestmark = pytest.mark.django_db(transaction=True)

CONSTRAINT = next(c for c in WardTie._meta.constraints if c.name == "municipalities_wardtie_no_overlap")
TITLE = WardTie._meta.get_field("title")


def is_kept():
    """Whether the database refuses a second tie of the same pair, kind and time."""
    tie = WardTieFactory()
    try:
        with transaction.atomic():
            WardTieFactory(ward=tie.ward, municipality=tie.municipality)
    except IntegrityError:
        return True
    finally:
        WardTie.objects.all().delete()
    return False


@contextmanager
def titles_of(length):
    """The table with another column, and afterwards as it was."""
    other = TITLE.clone()
    other.set_attributes_from_name("title")
    other.model, other.max_length = WardTie, length
    with connection.schema_editor() as editor:
        editor.alter_field(WardTie, TITLE, other, strict=True)
    yield
    with connection.schema_editor() as editor:
        editor.alter_field(WardTie, other, TITLE, strict=True)


def test_it_is_removed_and_added_again(monkeypatch):
    assert is_kept()
    # A migration that removes a constraint hands over the model without it.
    without = [constraint for constraint in WardTie._meta.constraints if constraint is not CONSTRAINT]
    with monkeypatch.context() as patch:
        patch.setattr(WardTie._meta, "constraints", without)
        with connection.schema_editor() as editor:
            editor.remove_constraint(WardTie, CONSTRAINT)
    try:
        assert not is_kept()
    finally:
        with connection.schema_editor() as editor:
            editor.add_constraint(WardTie, CONSTRAINT)
    assert is_kept()


def test_it_outlives_a_change_of_the_table():
    with titles_of(300):
        assert is_kept()
    assert is_kept()
