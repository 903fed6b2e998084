"""Which places, ties and agreements: the boundaries of each question."""

from datetime import date, timedelta

import pytest

from municipalities.choices import MunicipalityKind, Relation, TieKind
from municipalities.models import (
    AgreementMember,
    CooperationAgreement,
    Membership,
    Municipality,
    Prefecture,
    Ward,
    WardTie,
)
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)

pytestmark = pytest.mark.django_db

FIRST, END = date(2016, 4, 26), date(2020, 4, 1)
ONE_DAY = timedelta(days=1)
BOUNDARIES = [
    (FIRST - ONE_DAY, False, False),
    (FIRST, True, False),
    (END - ONE_DAY, True, False),
    (END, False, True),
]


def tie():
    return WardTieFactory(starts_on=FIRST, ends_on=END)


def membership():
    return MembershipFactory(registered_on=FIRST, withdrawn_on=END)


def agreement():
    return CooperationAgreementFactory(signed_on=FIRST, ends_on=END)


def agreement_member():
    return AgreementMemberFactory(joined_on=FIRST, left_on=END)


@pytest.mark.parametrize(("day", "holds", "is_over"), BOUNDARIES)
@pytest.mark.parametrize("make", [tie, membership, agreement, agreement_member])
def test_a_period_holds_from_its_first_day_to_the_day_before_its_end(make, day, holds, is_over):
    row = make()
    rows = type(row).objects.all()

    assert list(rows.in_force(day)) == [row] * holds
    assert rows.current_and_ended(day) == ([row] * holds, [row] * is_over)


def test_an_unknown_beginning_counts_as_begun_and_no_end_as_running():
    row = WardTieFactory(starts_on=None, ends_on=None)

    assert list(WardTie.objects.in_force(date(1950, 1, 1))) == [row]
    assert WardTie.objects.current_and_ended(date(1950, 1, 1)) == ([row], [])


def test_current_and_ended_are_told_apart_in_one_query(django_assert_num_queries):
    ended = WardTieFactory(starts_on=None, ends_on=END)
    running = WardTieFactory(starts_on=FIRST)
    WardTieFactory(starts_on=END + ONE_DAY)

    with django_assert_num_queries(1):
        assert WardTie.objects.current_and_ended(END) == ([running], [ended])


@pytest.mark.parametrize(
    "words",
    [
        "龍ケ崎",
        "龍ヶ崎市",
        "ｹ崎",
        "りゅうがさき",
        "リュウガサキ",
        "ﾘｭｳｶﾞｻｷ",
        "ryugasaki",
        "Ｒｙｕｇａ",
        "082082",
        "０８２０８",
        " 龍 ",
    ],
)
def test_a_municipality_is_found_by_name_reading_romaji_and_code_however_they_are_typed(words):
    ibaraki = PrefectureFactory(code="08", name="茨城県")
    found = MunicipalityFactory(
        prefecture=ibaraki,
        code="082082",
        name="龍ケ崎市",
        name_kana="りゅうがさきし",
        name_en="Ryugasaki City",
        kind=MunicipalityKind.CITY,
    )
    MunicipalityFactory()

    assert list(Municipality.objects.matching(words)) == [found]


@pytest.mark.parametrize("words", ["ニセコ", "にせこ", "ﾆｾｺ", "セコ町"])
def test_a_name_in_katakana_is_found_as_it_is_written_and_as_it_is_read(words):
    niseko = MunicipalityFactory(name="ニセコ町", name_kana="にせこちょう", name_en="Niseko Town")

    assert list(Municipality.objects.matching(words)) == [niseko]


@pytest.mark.parametrize("words", ["%", "_", "崎町", "がさき", "gasaki", "2082"])
def test_wildcards_and_the_middle_of_a_reading_or_code_find_nothing(words):
    MunicipalityFactory(
        prefecture=PrefectureFactory(code="08", name="茨城県"),
        code="082082",
        name="龍ケ崎市",
        name_kana="りゅうがさきし",
        name_en="Ryugasaki City",
    )

    assert list(Municipality.objects.matching(words)) == []


@pytest.fixture
def linked():
    """One municipality for each relation, one with a fictional one for each, and some with what does not count."""
    towns = {relation: MunicipalityFactory(number=number) for number, relation in enumerate(Relation, start=300)}
    demo = {relation: MunicipalityFactory(number=number) for number, relation in enumerate(Relation, start=400)}
    nothing = [MunicipalityFactory(number=500), MunicipalityFactory(number=501), MunicipalityFactory(number=502)]
    WardTieFactory(municipality=towns["exchange"])
    MembershipFactory(municipality=towns["member"])
    CooperationAgreementFactory(members=[towns["agreement"]])
    WardTieFactory(municipality=demo["exchange"], is_demo=True)
    MembershipFactory(municipality=demo["member"], is_demo=True)
    CooperationAgreementFactory(members=[demo["agreement"]], is_demo=True)
    CooperationAgreementFactory(members=[nothing[0]], publication_state="draft")
    CooperationAgreementFactory(members=[nothing[1]], publication_state="withdrawn")
    CooperationAgreementFactory(members=[nothing[2]], ends_on=date(2017, 4, 1))
    return towns, demo


@pytest.mark.parametrize("relation", [Relation.EXCHANGE, Relation.MEMBER, Relation.AGREEMENT])
def test_a_relation_finds_its_own_municipalities_and_the_fictional_ones_only_on_request(linked, relation):
    towns, demo = linked
    everyone = Municipality.objects.all()

    assert list(everyone.linked(relation, official=True)) == [towns[relation]]
    assert list(everyone.linked(relation, official=False)) == [towns[relation], demo[relation]]


def test_any_relation_is_the_union_of_the_three_each_municipality_once(linked):
    towns, _ = linked
    CooperationAgreementFactory(members=[towns["exchange"], towns["member"]])

    assert list(Municipality.objects.linked(Relation.UNION, official=True)) == [
        towns["exchange"],
        towns["member"],
        towns["agreement"],
    ]


@pytest.mark.parametrize(("day", "holds", "is_over"), BOUNDARIES)
def test_relations_are_those_of_the_day(day, holds, is_over):
    town = MunicipalityFactory()
    CooperationAgreementFactory(signed_on=FIRST, ends_on=END, members=[town])

    assert list(Municipality.objects.linked(Relation.AGREEMENT, day, official=True)) == [town] * holds
    assert [row.has_agreement for row in Municipality.objects.with_links(day)] == [holds]


def test_links_say_whether_any_of_them_is_official(linked):
    towns, demo = linked
    rows = {row.pk: row for row in Municipality.objects.with_links()}

    def flags(town):
        row = rows[town.pk]
        return [
            (getattr(row, f"has_{relation}"), getattr(row, f"official_{relation}"))
            for relation in ("exchange", "member", "agreement")
        ]

    assert flags(towns["exchange"]) == [(True, True), (False, False), (False, False)]
    assert flags(demo["member"]) == [(False, False), (True, False), (False, False)]
    assert flags(demo["agreement"]) == [(False, False), (False, False), (True, False)]


def test_a_prefecture_counts_all_its_municipalities_and_the_officially_linked_ones_once(linked):
    towns, _ = linked
    MembershipFactory(municipality=towns["exchange"])
    PrefectureFactory(code="30")
    counted = Prefecture.objects.with_municipality_count().with_linked_count()

    found = {row.pk: (row.municipality_count, row.linked_count) for row in counted}

    assert (found["14"], found["30"]) == ((11, 3), (0, 0))


def test_prefectures_are_offered_in_the_order_of_their_codes():
    PrefectureFactory(code="26", name="京都府")
    PrefectureFactory(code="01", name="北海道")

    assert Prefecture.objects.choices() == [("01", "北海道"), ("26", "京都府")]


def test_a_ward_counts_its_official_ties_of_the_day_and_the_municipalities_once():
    ward, town = WardFactory(number=1), MunicipalityFactory()
    WardTieFactory(ward=ward, municipality=town, kind=TieKind.SISTER)
    WardTieFactory(ward=ward, municipality=town, kind=TieKind.DISASTER)
    WardTieFactory(ward=ward)
    WardTieFactory(ward=ward, is_demo=True)
    WardTieFactory(ward=ward, ends_on=END)
    without = WardFactory(number=2)

    counted = {row.pk: (row.tie_count, row.partner_count) for row in Ward.objects.with_tie_counts(END)}

    assert counted == {ward.pk: (3, 2), without.pk: (0, 0)}


def test_wards_are_found_only_among_wards():
    ward, town = WardFactory(), MunicipalityFactory()

    assert list(Ward.objects.all()) == [Ward.objects.get(pk=ward.pk)]
    assert list(Municipality.objects.outside_the_wards()) == [town]
    assert list(Municipality.objects.of_kind(MunicipalityKind.TOWN)) == [town]


def test_bodies_and_members_shared_by_agreements_are_counted_once():
    town, other = MunicipalityFactory(), MunicipalityFactory()
    mayors, villages = PartnerBodyFactory(), PartnerBodyFactory()
    CooperationAgreementFactory(bodies=[mayors, villages], members=[town, other])
    CooperationAgreementFactory(bodies=[mayors], members=[town])
    agreements = CooperationAgreement.objects.all()

    assert (agreements.body_total(), agreements.member_total()) == (2, 2)
    assert sorted(row.member_count for row in agreements.for_list()) == [1, 2]


def test_agreements_of_a_prefecture_keep_their_member_count_with_two_bodies():
    kyoto = PrefectureFactory(code="26")
    bodies = [PartnerBodyFactory(prefecture=kyoto), PartnerBodyFactory(prefecture=kyoto, kind="city_mayors")]
    shared = CooperationAgreementFactory(bodies=bodies, members=[MunicipalityFactory(), MunicipalityFactory()])
    CooperationAgreementFactory(bodies=[PartnerBodyFactory(prefecture=PrefectureFactory(code="27"))])

    found = CooperationAgreement.objects.in_prefecture("26").for_list()

    assert [(row, row.member_count) for row in found] == [(shared, 2)]


def test_the_first_day_of_an_agreement():
    assert CooperationAgreement.objects.first_signed_on() is None

    CooperationAgreementFactory(signed_on=END)
    CooperationAgreementFactory(signed_on=FIRST)

    assert CooperationAgreement.objects.first_signed_on() == FIRST


def test_members_of_public_agreements_are_those_of_the_day_the_oldest_agreement_first():
    town = MunicipalityFactory()
    for signed_on, extra in [
        (END, {}),
        (FIRST, {}),
        (FIRST, {"publication_state": "draft"}),
        (FIRST, {"ends_on": END}),
        (END + ONE_DAY, {}),
    ]:
        CooperationAgreementFactory(signed_on=signed_on, members=[town], **extra)

    members = AgreementMember.objects.of_public_agreements(END).with_agreement()

    assert [member.agreement.signed_on for member in members] == [FIRST, END]


def test_fictional_rows_are_left_out_of_official_ones():
    CooperationAgreementFactory(is_demo=True, members=[MunicipalityFactory()])
    MembershipFactory(is_demo=True)

    assert list(AgreementMember.objects.official()) == []
    assert list(Membership.objects.official()) == []
    assert list(CooperationAgreement.objects.official()) == []


@pytest.mark.parametrize("ends_on", [None, END, END + timedelta(days=1)])
@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), FIRST, END - timedelta(days=1), END])
def test_an_agreement_says_of_itself_what_the_query_says(day, ends_on):
    agreement = CooperationAgreementFactory(signed_on=FIRST, ends_on=ends_on)

    assert agreement.is_in_force(day) is CooperationAgreement.objects.in_force(day).exists()
