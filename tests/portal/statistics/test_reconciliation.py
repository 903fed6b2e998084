"""/statistics/reconciliation/: what was printed beside what the records give, and why they differ."""

from datetime import date

import pytest
from django.urls import reverse

from portal.choices import FigureState, FigureTable
from portal.models import FigureExplanation, PublishedFigure
from portal.statistics.reconciliation import Outcome, bodies_on_one_side, day_of, outcome_of, reconcile
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory, ExhibitionFactory, WardProjectFactory
from tests.factories.municipalities import (
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    WardTieFactory,
)
from tests.factories.portal import PublishedFigureFactory
from tests.reading import main_text, table

pytestmark = pytest.mark.django_db

AS_OF = date(2021, 1, 1)


@pytest.mark.parametrize(
    ("printed", "computed", "outcome"),
    [
        (372, 372, Outcome.SAME),
        (372, 371, Outcome.DIFFERENT),
        (0, 0, Outcome.SAME),
        (0, 1, Outcome.DIFFERENT),
        (574, None, Outcome.NO_RECORDS),
        (None, None, Outcome.NO_RECORDS),
        (None, 0, Outcome.SAME),
        (None, 3, Outcome.NOT_PRINTED),
    ],
)
def test_what_comes_of_laying_them_side_by_side(printed, computed, outcome):
    assert outcome_of(printed, computed) is outcome


def test_a_figure_without_a_day_is_held_against_the_end_of_its_year():
    assert day_of(PublishedFigureFactory.build(fiscal_year=2015)) == date(2016, 3, 31)
    assert day_of(PublishedFigureFactory.build(fiscal_year=2020, as_of=AS_OF)) == AS_OF


def printed(row, value, *, table=FigureTable.PARTNERS, year=2020, **extra):
    state = FigureState.STATED if value is not None else FigureState.DID_NOT_EXIST
    return PublishedFigureFactory(table=table, row=row, value=value, fiscal_year=year, state=state, **extra)


def outcomes():
    found = reconcile(PublishedFigure.objects.printed().in_printed_order().with_explanations())
    return {(row.figure.row, row.figure.fiscal_year): (row.computed, row.outcome.value) for row in found}


def test_each_kind_of_number_is_counted_for_its_own_day():
    printed("member", 1, year=2015)
    printed("member", 2, as_of=AS_OF)
    printed("exchange", 732, as_of=AS_OF)
    printed("total", 2, as_of=AS_OF)
    MembershipFactory(registered_on=date(2016, 3, 31))
    MembershipFactory(registered_on=date(2021, 1, 1))
    MembershipFactory(registered_on=date(2021, 1, 2))
    MembershipFactory(registered_on=date(2015, 1, 1), is_demo=True)

    assert outcomes() == {
        ("member", 2015): (1, "same"),
        ("member", 2020): (2, "same"),
        ("exchange", 2020): (None, "no_records"),
        ("total", 2020): (None, "no_records"),
    }


def test_the_union_is_counted_once_there_are_records_of_every_set():
    printed("total", 2, as_of=AS_OF)
    MembershipFactory(registered_on=AS_OF)
    CooperationAgreementFactory(members=[MunicipalityFactory()])
    assert outcomes() == {("total", 2020): (None, "no_records")}

    WardTieFactory(starts_on=date(2022, 4, 1))

    assert outcomes() == {("total", 2020): (2, "same")}


def test_projects_are_counted_by_their_fiscal_year_and_added_up():
    for row, value in (("ward", 3), ("joint", 2), ("total", 4)):
        printed(row, value, table=FigureTable.PROJECTS)
    WardProjectFactory.create_batch(2, fiscal_year=2020)
    WardProjectFactory(fiscal_year=2020, status="cancelled")
    WardProjectFactory(fiscal_year=2021)
    whole = EventFactory(first_day=date(2021, 3, 31))
    EventFactory(first_day=date(2021, 3, 31), parent=whole)
    EventFactory(first_day=date(2021, 3, 31), kind="ward")
    EventFactory(first_day=date(2021, 3, 31), is_demo=True)
    ExhibitionFactory(first_day=date(2020, 4, 1))
    ExhibitionFactory(first_day=date(2020, 4, 1), status="postponed")

    assert outcomes() == {
        ("ward", 2020): (2, "different"),
        ("joint", 2020): (2, "same"),
        ("total", 2020): (4, "same"),
    }


def test_two_bodies_with_one_agreement_are_one_row():
    printed("kyoto", 2, table=FigureTable.AGREEMENTS, label="京都府市長会・京都府町村会")
    printed("nara", 27, table=FigureTable.AGREEMENTS, label="奈良県町村会")
    kyoto = [PartnerBodyFactory(name="京都府町村会"), PartnerBodyFactory(name="京都府市長会")]
    CooperationAgreementFactory(bodies=kyoto, members=MunicipalityFactory.create_batch(2))
    CooperationAgreementFactory(bodies=[PartnerBodyFactory(name="千葉県市長会")])

    assert outcomes() == {("kyoto", 2020): (2, "same"), ("nara", 2020): (None, "no_records")}
    assert bodies_on_one_side(PublishedFigure.objects.all()) == (["奈良県町村会"], ["千葉県市長会"])


def test_the_page_tells_the_difference_and_why(client):
    figure = printed("member", 5, as_of=AS_OF, label="会員登録自治体")
    FigureExplanation.objects.create(figure=figure, text="登録の一覧は公表されていません。")
    MembershipFactory()

    rows = table(client.get(reverse("reconciliation")), "連携自治体数の推移")

    assert rows[1] == ["会員登録自治体", "令和3年1月1日", "5", "1", "差異 （-4） 登録の一覧は公表されていません。"]


def test_only_who_may_change_figures_is_led_to_explain_them(client):
    printed("member", 5, as_of=AS_OF)
    assert "説明を書く" not in main_text(client.get(reverse("reconciliation")))
    client.force_login(UserFactory(is_superuser=True))
    assert "説明を書く" in main_text(client.get(reverse("reconciliation")))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, rows, django_assert_num_queries):
    printed("member", 5, as_of=AS_OF)
    for order in range(rows):
        label = f"第{order}団体"
        printed(f"body-{order}", 1, table=FigureTable.AGREEMENTS, label=label)
        CooperationAgreementFactory(bodies=[PartnerBodyFactory(name=label)], members=[MunicipalityFactory()])

    with django_assert_num_queries(8):
        client.get(reverse("reconciliation"))


def test_every_definition_is_explained(client):
    text = main_text(client.get(reverse("method")))

    for said in ("三つの区分の和集合です。", "二つの数の足し算です。", "小数第2位以下を切り捨てます", "partners.union"):
        assert said in text
