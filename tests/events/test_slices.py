"""A part of all events and exhibitions, as its address has it."""

import pytest
from django.http import Http404, QueryDict
from django.test import RequestFactory

from events.choices import EventKind
from events.slices import Slice, SliceForm, slice_of
from tests.factories.events import EventFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db):
    ward = WardFactory(code="131091", name="品川区")
    kyoto = PrefectureFactory(code="26", name="京都府")
    town = MunicipalityFactory(code="263443", prefecture=kyoto, name="宇治田原町")
    return {"ward": ward, "prefecture": kyoto, "municipality": town}


def request_for(query: str):
    return RequestFactory().get(f"/?{query}")


@pytest.mark.parametrize(
    ("names", "kind", "title", "query"),
    [
        ([], "", "すべてのイベント・展示", ""),
        (["ward"], "", "品川区のイベント・展示", "ward=131091"),
        (["prefecture"], "", "京都府のイベント・展示", "prefecture=26"),
        (["municipality"], "", "宇治田原町のイベント・展示", "municipality=263443"),
        ([], EventKind.PROMOTION, "魅力発信イベント", "kind=promotion"),
        (["ward"], EventKind.PROMOTION, "品川区の魅力発信イベント", "ward=131091&kind=promotion"),
        (
            ["ward", "prefecture", "municipality"],
            "",
            "京都府・宇治田原町・品川区のイベント・展示",
            "ward=131091&prefecture=26&municipality=263443",
        ),
    ],
)
def test_a_slice_has_a_name_and_an_address_that_leads_back_to_it(places, names, kind, title, query):
    chosen = Slice(**{name: places[name] for name in names}, kind=kind)

    assert (chosen.title, chosen.query) == (title, query)
    assert slice_of(request_for(chosen.query)) == chosen


@pytest.mark.parametrize("query", ["ward=000000", "ward=263443", "prefecture=99", "municipality=1", "kind=song"])
def test_a_slice_there_is_not_is_not_found(places, query):
    with pytest.raises(Http404):
        slice_of(request_for(query))


@pytest.mark.parametrize("query", ["", "ward=", "ward=&prefecture=&municipality=&kind=", "page=2", "utm_source=mail"])
def test_what_names_no_slice_is_everything(places, query):
    assert slice_of(request_for(query)) == Slice()


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 0), ("kind=lecture", 0), ("ward=131091", 1), ("ward=131091&prefecture=26&municipality=263443", 3)],
)
def test_only_what_was_named_is_looked_up(places, django_assert_num_queries, query, queries):
    with django_assert_num_queries(queries):
        slice_of(request_for(query))


def test_a_page_keeps_what_is_right_and_explains_what_is_wrong(places):
    form = SliceForm.of(request_for("ward=131091&kind=song"))

    assert form.slice == Slice(ward=places["ward"])
    assert form.errors == {"kind": ["正しく選択してください。 song は候補にありません。"]}


def test_places_that_were_read_already_are_offered_without_a_query(places, django_assert_num_queries):
    form = SliceForm(QueryDict("")).offer(wards=[places["ward"]], prefectures=[places["prefecture"]])

    with django_assert_num_queries(0):
        assert 'value="131091">品川区</option>' in str(form["ward"])
        assert 'value="26">京都府</option>' in str(form["prefecture"])


def test_a_ward_is_the_same_as_a_ward_and_as_a_municipality(places):
    event = EventFactory(owner=places["ward"])
    EventFactory()

    for query in ("ward=131091", "municipality=131091"):
        assert list(slice_of(request_for(query)).events()) == [event]
