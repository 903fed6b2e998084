"""Very many ties, memberships and agreements over twenty years, at random but always the same: written in bulk."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from municipalities.choices import TieKind
from municipalities.models import AgreementMember, CooperationAgreement, Membership, Municipality, Ward, WardTie

TIES, MEMBERSHIPS, AGREEMENTS, MEMBERS_EACH = 50_000, 20_000, 25, 200
FIRST, DAYS = date(2005, 1, 1), 7_000
BATCH = 2_000
_drawn = random.Random(1)


def write_records() -> list[str]:
    """Writes them; how many of each there are, in words."""
    towns = list(Municipality.objects.outside_the_wards().values_list("pk", flat=True))
    _set_triggers("DISABLE")
    for model, rows in ((WardTie, _ties(towns)), (Membership, _memberships(towns)), (AgreementMember, _members(towns))):
        model.objects.bulk_create(rows, batch_size=BATCH)
    _set_triggers("ENABLE")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return [f"{model._meta.verbose_name}{model._default_manager.count():,}件" for model in _MODELS]


_MODELS: tuple[type[Model], ...] = (WardTie, Membership, AgreementMember)


def _set_triggers(state: str) -> None:
    """The rows keep the rules by the way they are made; on PostgreSQL, to check each takes longer than to write it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in _MODELS:
                cursor.execute(f"ALTER TABLE {model._meta.db_table} {state} TRIGGER USER")


def _day() -> date:
    return FIRST + timedelta(days=_drawn.randrange(DAYS))


def _ties(towns: list[str]) -> Iterator[WardTie]:
    """Each of another ward, town or kind, so that none overlap; half of them still run."""
    wards = list(Ward.objects.values_list("pk", flat=True))
    places = _drawn.sample(list(product(wards, towns, TieKind.values)), TIES)
    for ward, town, kind in places:
        starts = _day()
        ends = None if _drawn.random() < 0.5 else starts + timedelta(days=_drawn.randrange(1, 3_000))
        yield WardTie(ward_id=ward, municipality_id=town, kind=kind, starts_on=starts, ends_on=ends)


def _memberships(towns: list[str]) -> Iterator[Membership]:
    """Of each town one after another, with gaps between them."""
    return islice((row for town in towns for row in _memberships_of(town, -(-MEMBERSHIPS // len(towns)))), MEMBERSHIPS)


def _memberships_of(town: str, number: int) -> Iterator[Membership]:
    starts = FIRST
    for _ in range(number):
        ends = starts + timedelta(days=_drawn.randrange(30, 500))
        yield Membership(municipality_id=town, registered_on=starts, withdrawn_on=ends)
        starts = ends + timedelta(days=_drawn.randrange(1, 100))


def _members(towns: list[str]) -> Iterator[AgreementMember]:
    for number in range(AGREEMENTS):
        signed = FIRST + timedelta(days=365 + 200 * number)
        agreement = CooperationAgreement.objects.create(
            signed_on=signed, publication_state="published", publish_at=timezone.now()
        )
        for town in _drawn.sample(towns, MEMBERS_EACH):
            joined = signed + timedelta(days=_drawn.randrange(100))
            left = None if _drawn.random() < 0.7 else joined + timedelta(days=900)
            yield AgreementMember(agreement=agreement, municipality_id=town, joined_on=joined, left_on=left)
