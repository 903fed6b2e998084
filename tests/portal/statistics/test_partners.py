"""Who is a partner on a day: the database says what sets of municipalities say, for any periods and any day."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from municipalities.choices import Relation, TieKind
from municipalities.models import AgreementMember, Membership, Municipality, Ward, WardTie
from portal.statistics.forms import PartnersForm
from portal.statistics.partners import OVERLAPS, SETS, partners_by_prefecture, partners_on
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    MunicipalitySuccessionFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)

pytestmark = pytest.mark.django_db

FIRST = date(2018, 4, 1)
# Few towns and few days, so that periods touch and overlap often.
TOWNS, DAYS = 5, 6
days = st.integers(0, DAYS).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def periods(draw):
    starts = draw(days)
    return starts, draw(st.none() | st.integers(1, DAYS).map(lambda n: starts + timedelta(days=n)))


holdings = st.lists(st.tuples(st.integers(0, TOWNS - 1), periods()), max_size=12)


def _towns(merged):
    prefectures = [PrefectureFactory(code="20"), PrefectureFactory(code="21")]
    return [
        MunicipalityFactory(number=200 + n, prefecture=prefectures[n % 2], dissolved_on=merged.get(n))
        for n in range(TOWNS)
    ]


def covers(period, day):
    starts, ends = period
    return starts <= day and (ends is None or day < ends)


def without_overlaps(rows):
    """Of the rows drawn, those that the rule against overlapping periods lets in, by their order."""
    kept = []
    for town, (starts, ends) in rows:
        others = [period for other, period in kept if other == town]
        if all((ends is not None and ends <= s) or (e is not None and e <= starts) for s, e in others):
            kept.append((town, (starts, ends)))
    return kept


# The first day on which each town is no longer there, having been merged into another; most stay.
endings = st.dictionaries(st.integers(0, TOWNS - 1), days, max_size=2)


@given(ties=holdings, members=holdings, agreed=holdings, agreement=periods(), merged=endings, day=days)
def test_the_database_counts_as_sets_do(ties, members, agreed, agreement, merged, day):
    members, agreed = without_overlaps(members), without_overlaps(agreed)
    gone = {town for town, ending in merged.items() if ending <= day}
    sets = {
        Relation.EXCHANGE: {town for town, period in ties if covers(period, day)},
        Relation.MEMBER: {town for town, period in members if covers(period, day)},
        Relation.AGREEMENT: {town for town, period in agreed if covers(period, day) and covers(agreement, day)},
    }
    sets = {kind: found - gone for kind, found in sets.items()}
    # What one example wrote is taken back before the next.
    with transaction.atomic():
        towns = _towns(merged)
        _write(towns, ties, members, agreed, agreement)
        counted, by_prefecture = partners_on(day), partners_by_prefecture(day)
        found = {kind: set(_found(kind, day)) for kind in (*SETS, Relation.UNION)}
        listed = {overlap.name: _listed(overlap.name, day) for overlap in OVERLAPS}
        transaction.set_rollback(True)

    assert {kind: found[kind] for kind in SETS} == {kind: {towns[n].pk for n in sets[kind]} for kind in SETS}
    assert {kind: counted.within(kind) for kind in SETS} == {kind: len(sets[kind]) for kind in SETS}
    assert counted.union == len(found[Relation.UNION]) == len(set().union(*sets.values()))
    assert counted.sum == sum(map(len, sets.values()))
    shared = {overlap: set.intersection(*(sets[kind] for kind in overlap.sets)) for overlap in OVERLAPS}
    assert {overlap: number or 0 for overlap, number in counted.overlaps} == {
        overlap: len(common) for overlap, common in shared.items()
    }
    assert listed == {overlap.name: {towns[n].pk for n in common} for overlap, common in shared.items()}
    assert sum(there.union for there in by_prefecture.values()) == counted.union


def _write(towns, ties, members, agreed, agreement):
    # Each tie is another ward's: two wards may be tied with one town at once.
    wards = [WardFactory(number=n + 1) for n in range(len(ties))]
    WardTie.objects.bulk_create(
        WardTie(ward=ward, municipality=towns[town], kind=TieKind.SISTER, starts_on=starts, ends_on=ends)
        for ward, (town, (starts, ends)) in zip(wards, ties, strict=True)
    )
    Membership.objects.bulk_create(
        Membership(municipality=towns[town], registered_on=starts, withdrawn_on=ends)
        for town, (starts, ends) in members
    )
    signed = CooperationAgreementFactory(signed_on=agreement[0], ends_on=agreement[1])
    AgreementMember.objects.bulk_create(
        AgreementMember(agreement=signed, municipality=towns[town], joined_on=starts, left_on=ends)
        for town, (starts, ends) in agreed
    )


def _found(kind, day):
    return Municipality.objects.linked(kind, day, official=True).values_list("pk", flat=True)


def _listed(name, day):
    """What the list of an address holds."""
    form = PartnersForm({"as_of": day.isoformat(), "set": name})
    assert form.is_valid()
    return set(form.found().values_list("pk", flat=True))


def test_one_municipality_in_all_three_sets_is_one_partner():
    town = MunicipalityFactory()
    WardTieFactory(municipality=town)
    MembershipFactory(municipality=town)
    CooperationAgreementFactory(members=[town])

    counted = partners_on(date(2026, 4, 1))

    assert (counted.union, counted.sum, counted.surplus) == (1, 3, 2)
    assert [number for _, number in counted.overlaps] == [1, 1, 1, 1]


def test_what_is_fictional_or_unpublished_is_not_counted():
    WardTieFactory(is_demo=True)
    MembershipFactory(is_demo=True)
    CooperationAgreementFactory(is_demo=True, members=[MunicipalityFactory()])
    CooperationAgreementFactory(publication_state="draft", publish_at=None, members=[MunicipalityFactory()])
    CooperationAgreementFactory(publication_state="withdrawn", members=[MunicipalityFactory()])

    assert partners_on(date(2026, 4, 1)).union == 0


def test_who_has_left_is_a_partner_until_the_last_day():
    member = AgreementMemberFactory(joined_on=date(2018, 4, 1), left_on=date(2020, 4, 1))

    assert member.agreement.signed_on < member.joined_on
    assert partners_on(date(2018, 3, 31)).union == 0
    assert partners_on(date(2018, 4, 1)).union == 1
    assert partners_on(date(2020, 3, 31)).union == 1
    assert partners_on(date(2020, 4, 1)).union == 0


def test_a_town_that_was_merged_is_a_partner_until_its_last_day_and_its_successor_once_it_has_a_tie():
    ward, merger = WardFactory(), date(2020, 4, 1)
    old, new = MunicipalityFactory(dissolved_on=merger), MunicipalityFactory()
    MunicipalitySuccessionFactory(predecessor=old, successor=new)
    WardTieFactory(ward=ward, municipality=old)

    assert [partners_on(day).union for day in (date(2020, 3, 31), merger)] == [1, 0]
    WardTieFactory(ward=ward, municipality=new, starts_on=merger)
    assert [partners_on(day).union for day in (date(2020, 3, 31), merger)] == [1, 1]
    assert WardTie.objects.partners_by_ward(merger) == {ward.pk: 1}


def test_wards_count_a_town_once_however_many_ties_they_have_with_it():
    ward, other = WardFactory(number=1), WardFactory(number=2)
    town, village = MunicipalityFactory(), MunicipalityFactory(prefecture=PrefectureFactory(code="20"))
    WardTieFactory(ward=ward, municipality=town)
    WardTieFactory(ward=ward, municipality=town, kind=TieKind.DISASTER)
    WardTieFactory(ward=ward, municipality=village)
    WardTieFactory(ward=other, municipality=town, ends_on=date(2020, 4, 1))
    WardTieFactory(ward=other, municipality=village, is_demo=True)

    assert WardTie.objects.partners_by_ward(date(2026, 4, 1)) == {ward.pk: 2}
    assert WardTie.objects.partners_by_ward(date(2020, 3, 31)) == {ward.pk: 2, other.pk: 1}
    assert WardTie.objects.partners_by_ward_and_prefecture(date(2026, 4, 1)) == {(ward.pk, "14"): 1, (ward.pk, "20"): 1}


def test_each_figure_takes_one_query(django_assert_num_queries):
    for _ in range(3):
        WardTieFactory()
        MembershipFactory()
    with django_assert_num_queries(1):
        partners_on(date(2026, 4, 1))
    with django_assert_num_queries(1):
        partners_by_prefecture(date(2026, 4, 1))
    with django_assert_num_queries(1):
        WardTie.objects.partners_by_ward_and_prefecture(date(2026, 4, 1))
    assert Ward.objects.count() == 3
