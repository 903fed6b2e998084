"""The numbers in long format: printed, fixed and computed, each under its definition, and 「–」 is empty."""

import csv
import json
from datetime import UTC, date, datetime

import pytest

from portal.choices import FigureState, FigureTable
from portal.statistics.definitions import BY_ID
from portal.statistics.figures import Figure, as_csv, as_json, figures_on
from tests.factories.municipalities import CooperationAgreementFactory, MunicipalityFactory
from tests.factories.portal import PublishedFigureFactory

pytestmark = pytest.mark.django_db

DAY = date(2021, 1, 1)
COLUMNS = ["definition", "label", "as_of", "fiscal_year", "unit", "value", "state", "origin"]


def rows_of(content):
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def figures(origin, day=DAY):
    return {figure.definition: figure for figure in figures_on(day) if figure.origin == origin}


def test_a_printed_figure_stands_under_its_definition():
    PublishedFigureFactory(row="total", label="合計", fiscal_year=2020, as_of=DAY, value=1035)

    assert figures("printed") == {
        "partners.union": Figure("partners.union", "合計", DAY, 2020, "自治体", 1035, "stated", "printed")
    }


def test_a_row_without_a_definition_is_named_after_its_table():
    PublishedFigureFactory(table=FigureTable.AGREEMENTS, row="hokkaido-towns", fiscal_year=2020, value=144)

    assert figures("printed")["agreements.hokkaido-towns"].value == 144


def test_what_did_not_exist_and_what_nobody_recorded_have_no_value():
    PublishedFigureFactory(row="agreement", fiscal_year=2015, value=None, state=FigureState.DID_NOT_EXIST)

    printed = figures("printed")["partners.agreement"]
    assert (printed.value, printed.state, printed.as_of) == (None, "did_not_exist", None)
    computed = figures("computed")["partners.exchange"]
    assert (computed.value, computed.state, computed.as_of) == (None, "no_records", DAY)


def test_what_the_records_give_is_computed_for_the_day():
    CooperationAgreementFactory(members=[MunicipalityFactory(), MunicipalityFactory()], signed_on=date(2016, 4, 26))

    assert figures("computed").keys() == BY_ID.keys()
    assert figures("computed")["partners.agreement"].value == 2
    assert figures("computed")["partners.exchange-agreement"].value is None
    assert figures("computed", date(2016, 4, 25))["partners.agreement"].value == 0
    assert figures("computed", date(2016, 4, 25))["partners.agreement"].fiscal_year == 2016


def test_what_was_fixed_is_told_from_what_was_printed(administrator):
    moment = datetime(2021, 1, 1, tzinfo=UTC)
    PublishedFigureFactory(
        row="total", as_of=DAY, value=900, origin="counted", frozen_at=moment, frozen_by=administrator
    )

    assert figures("counted")["partners.union"].value == 900
    assert figures("printed") == {}


def test_what_is_later_than_the_day_or_fictional_is_left_out():
    PublishedFigureFactory(as_of=date(2021, 1, 2), fiscal_year=2020)
    PublishedFigureFactory(fiscal_year=2021)
    PublishedFigureFactory(is_demo=True)

    assert figures("printed") == {}
    assert len(figures("printed", date(2021, 4, 1))) == 2


def test_the_csv_has_an_empty_cell_for_a_dash():
    content = as_csv([Figure("partners.agreement", "協定", None, 2015, "自治体", None, "did_not_exist", "printed")])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert rows_of(content) == [
        COLUMNS,
        ["partners.agreement", "協定", "", "2015", "自治体", "", "did_not_exist", "printed"],
    ]


def test_nought_is_not_a_dash():
    assert rows_of(as_csv([Figure("a", "甲", DAY, 2020, "自治体", 0, "stated", "computed")]))[1][5] == "0"


def test_nothing_in_the_csv_runs():
    label = '=HYPERLINK("https://example.com","合計")'

    assert rows_of(as_csv([Figure("a", label, DAY, 2020, "自治体", 1, "stated", "printed")]))[1][1] == f"'{label}"


def test_the_json_has_null_for_a_dash():
    found = [
        Figure("partners.agreement", "協定", None, 2015, "自治体", None, "did_not_exist", "printed"),
        Figure("partners.agreement", "協定", DAY, 2020, "自治体", 372, "stated", "computed"),
    ]

    content = json.loads(as_json(DAY, found))
    assert content["as_of"] == "2021-01-01"
    assert [list(figure) for figure in content["figures"]] == [COLUMNS, COLUMNS]
    assert [(figure["as_of"], figure["value"]) for figure in content["figures"]] == [(None, None), ("2021-01-01", 372)]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, rows):
    for _ in range(rows):
        PublishedFigureFactory()
        CooperationAgreementFactory(members=[MunicipalityFactory()])

    with django_assert_num_queries(3):
        figures_on(DAY)
