"""/statistics/years/: the numbers at the end of each fiscal year are those that are counted for its last day."""

from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from municipalities.choices import Relation, TieKind
from municipalities.models import AgreementMember, Membership, WardTie
from municipalities.querysets import ALWAYS, NEVER
from municipalities.yearly import YearSpan, year_spans
from portal.core.periods import covers as covered_in_sql
from portal.statistics.partners import partners_on
from portal.statistics.years import COLUMNS, at_ends_of, begun, chart_of, ended_years, last_day_of, years_until
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    WardFactory,
    WardTieFactory,
)
from tests.portal.statistics.test_partners import covers, without_overlaps
from tests.reading import links, main_text, table, texts

pytestmark = pytest.mark.django_db

URL = "/statistics/years/"
TOWNS = 4
# Days around the ends of a few fiscal years, and some between them.
days = st.sampled_from(
    [date(year, *at) for year in range(2015, 2019) for at in ((3, 31), (4, 1), (4, 2), (10, 1), (12, 31))]
)
lengths = st.none() | st.sampled_from([1, 2, 183, 365, 366, 730, 1000])


@st.composite
def periods(draw, starts=days):
    begins = draw(starts)
    length = draw(lengths)
    ends = None if length is None else (begins or date(2016, 3, 31)) + timedelta(days=length)
    return begins, ends


towns = st.integers(0, TOWNS - 1)
holdings = st.lists(st.tuples(towns, periods()), max_size=8)
# The first day on which each town is no longer there, having been merged into another; most stay.
endings = st.dictionaries(towns, days, max_size=2)
# Nobody remembers when some ties began.
ties_drawn = st.lists(st.tuples(towns, periods(st.none() | days)), max_size=8)


def is_tied(period, day):
    starts, ends = period
    return covers((starts or date.min, ends), day)


@given(ties=ties_drawn, members=holdings, agreed=holdings, agreement=periods(), merged=endings, day=days)
def test_every_year_end_is_counted_as_sets_count_it(ties, members, agreed, agreement, merged, day):
    members, agreed = without_overlaps(members), without_overlaps(agreed)

    def sets_on(on):
        exchange = {town for town, period in ties if is_tied(period, on)}
        member = {town for town, period in members if covers(period, on)}
        agreed_by = {town for town, period in agreed if covers(period, on) and covers(agreement, on)}
        gone = {town for town, ending in merged.items() if ending <= on}
        sets = [found - gone for found in (exchange, member, agreed_by)]
        return [*map(len, sets), len(set().union(*sets))]

    with transaction.atomic():
        _write(ties, members, agreed, agreement, merged)
        years = years_until(day)
        transaction.set_rollback(True)

    assert [[number or 0 for number in year.numbers] for year in years] == [sets_on(year.day) for year in years]
    assert [year.day for year in years] == sorted({year.day for year in years})
    assert all(year.is_over for year in years[:-1])
    if any(sets_on(day)):
        assert years[-1].day == day


def _write(ties, members, agreed, agreement, merged):
    places = [MunicipalityFactory(number=200 + n, dissolved_on=merged.get(n)) for n in range(TOWNS)]
    WardTie.objects.bulk_create(
        WardTie(
            ward=WardFactory(number=n + 1),
            municipality=places[town],
            kind=TieKind.OTHER,
            starts_on=begins,
            ends_on=ends,
        )
        for n, (town, (begins, ends)) in enumerate(ties)
    )
    Membership.objects.bulk_create(
        Membership(municipality=places[town], registered_on=begins, withdrawn_on=ends)
        for town, (begins, ends) in members
    )
    signed = CooperationAgreementFactory(signed_on=agreement[0], ends_on=agreement[1])
    AgreementMember.objects.bulk_create(
        AgreementMember(agreement=signed, municipality=places[town], joined_on=begins, left_on=ends)
        for town, (begins, ends) in agreed
    )


@given(ties=ties_drawn)
def test_a_row_holds_at_the_ends_of_the_years_of_its_span(ties):
    with transaction.atomic():
        _write(ties, [], [], (date(2016, 4, 1), None), {})
        spans = {(int(town), first, past) for town, first, past in WardTie.objects.year_spans()}
        held = {
            year: set(
                WardTie.objects.filter(covered_in_sql(last_day_of(year), "starts_on", "ends_on")).values_list(
                    "municipality", flat=True
                )
            )
            for year in range(2013, 2023)
        }
        transaction.set_rollback(True)

    for year, codes in held.items():
        assert {town for town, first, past in spans if first <= year < past} == set(map(int, codes))


@pytest.fixture
def history():
    """Ties from 2013 on and one without a beginning, members from 2015 on, an agreement signed in 2016."""
    old, newer, third = MunicipalityFactory.create_batch(3)
    WardTieFactory(municipality=old, starts_on=date(2013, 4, 1))
    WardTieFactory(municipality=old, kind=TieKind.DISASTER, starts_on=date(2014, 4, 1))
    WardTieFactory(municipality=newer, starts_on=None, ends_on=date(2016, 4, 1))
    MembershipFactory(municipality=old, registered_on=date(2015, 3, 31))
    CooperationAgreementFactory(signed_on=date(2016, 4, 26), members=[old, newer, third])


def rows(response):
    return [[cell.replace(" ", "") for cell in row] for row in table(response, "各年度末")]


def test_each_year_has_its_line(client, history):
    assert rows(client.get(URL, {"as_of": "平成29年10月1日"})) == [
        ["年度", "各区の交流", "会員登録", "広域連携協定", "合計", "前年度末から", "倍率"],
        ["2013年度（平成25年度）", "2", "–", "–", "2", "+2", "–"],
        ["2014年度（平成26年度）", "2", "1", "–", "2", "0", "約1.0倍"],
        ["2015年度（平成27年度）", "2", "1", "–", "2", "0", "約1.0倍"],
        ["2016年度（平成28年度）", "1", "1", "3", "3", "+1", "約1.5倍"],
        ["2017年度平成29年10月1日現在", "1", "1", "3", "3", "0", "約1.0倍"],
    ]


def test_the_last_day_of_a_year_is_its_end_and_not_another_line(client, history):
    shown = rows(client.get(URL, {"as_of": "2017-03-31"}))

    assert [row[0] for row in shown[-2:]] == ["2015年度（平成27年度）", "2016年度（平成28年度）"]


def test_every_number_leads_to_a_list_of_that_length(client, history):
    page = client.get(URL, {"as_of": "2017-10-01"})
    numbers = [number for year in page.context["years"] for number in year.numbers if number]
    addresses = [part.split('"')[0].replace("&amp;", "&") for part in page.content.decode().split('href="')]
    lists = [address for address in addresses if "&set=" in address]

    assert len(lists) == len(numbers)
    for number, address in zip(numbers, lists, strict=True):
        response = client.get(urlsplit(address).path, dict(parse_qsl(urlsplit(address).query)))
        assert texts(response, "results__total") == [f"{number}自治体"]


def test_what_fell_is_said_with_its_sign_and_what_is_gone_is_0(client):
    town, other = MunicipalityFactory.create_batch(2)
    MembershipFactory(municipality=town, registered_on=date(2015, 4, 1), withdrawn_on=date(2017, 4, 1))
    MembershipFactory(municipality=other, registered_on=date(2015, 4, 1), withdrawn_on=date(2018, 4, 1))

    assert [row[2:] for row in rows(client.get(URL, {"as_of": "2019-03-31"}))[1:]] == [
        ["2", "–", "2", "+2", "–"],
        ["2", "–", "2", "0", "約1.0倍"],
        ["1", "–", "1", "-1", "約0.5倍"],
        ["0", "–", "0", "-1", "約0.0倍"],
    ]


def test_what_is_fictional_or_unpublished_is_not_counted(client):
    WardTieFactory(is_demo=True)
    MembershipFactory(is_demo=True)
    CooperationAgreementFactory(is_demo=True, members=[MunicipalityFactory()])
    CooperationAgreementFactory(publication_state="draft", publish_at=None, members=[MunicipalityFactory()])
    CooperationAgreementFactory(publication_state="withdrawn", members=[MunicipalityFactory()])

    assert year_spans() == []
    assert "この日までの連携自治体の記録はありません。" in main_text(client.get(URL))


def test_before_the_first_record_there_is_nothing(client, history):
    WardTie.objects.all().delete()

    assert years_until(date(2015, 3, 30)) == []
    assert "記録はありません" in main_text(client.get(URL, {"as_of": "2015-03-30"}))


def test_where_no_beginning_is_known_there_is_the_day_only(client):
    WardTieFactory(starts_on=None)

    (only,) = years_until(date(2026, 10, 1))
    assert (only.numbers, only.growth, only.multiple) == ((1, None, None, 1), 1, None)
    assert texts(client.get(URL, {"as_of": "2026-10-01"}), "line-chart") == []


def test_an_agreement_ends_the_belonging_of_its_members():
    signed = CooperationAgreementFactory(signed_on=date(2016, 4, 26), ends_on=date(2018, 4, 1))
    AgreementMemberFactory(agreement=signed, joined_on=date(2010, 4, 1))
    AgreementMemberFactory(agreement=signed, joined_on=date(2016, 4, 26), left_on=date(2017, 4, 1))

    assert sorted(AgreementMember.objects.year_spans().values_list("first", "past")) == [(2016, 2017), (2016, 2018)]


def test_the_lines_are_drawn_from_the_same_numbers(client, history):
    page = client.get(URL, {"as_of": "2017-10-01"})
    curves = {curve.label: curve for curve in chart_of(page.context["years"]).curves}

    assert list(curves) == [relation.label for relation in COLUMNS]
    assert (curves[Relation.UNION.label].last, curves[Relation.AGREEMENT.label].last) == (3, 3)
    assert "各区の交流自治体1自治体、会員登録自治体1自治体" in texts(page, "line-chart")[0]


def test_the_years_that_are_over():
    spans = [YearSpan("exchange", ALWAYS, 2012, 1), YearSpan("exchange", 2014, NEVER, 1)]

    assert ended_years(spans, date(2016, 3, 30)) == range(2011, 2015)
    assert ended_years(spans, date(2016, 3, 31)) == range(2011, 2016)
    assert at_ends_of(range(2011, 2016), spans) == [1, 0, 0, 1, 1]
    assert ended_years([], date(2016, 3, 31)) == range(NEVER, 2016)


def test_a_dash_is_not_a_nought():
    assert begun([0, 0, 3, 0, 1]) == [None, None, 3, 0, 1]
    assert begun([]) == []


def test_the_page_of_numbers_leads_here(client):
    assert links(client.get("/statistics/?as_of=2021-01-01"))["年度ごとの連携自治体"] == f"{URL}?as_of=2021-01-01"
    assert reverse("partner_years") == URL


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, count, django_assert_num_queries):
    for town in MunicipalityFactory.create_batch(count):
        MembershipFactory(municipality=town)

    with django_assert_num_queries(2):
        client.get(URL)


def test_the_day_is_counted_as_everywhere(history):
    (*_, last) = years_until(date(2017, 10, 1))

    assert last.union == partners_on(date(2017, 10, 1)).union
