"""Cumulative figures: the newest counts, the earlier ones stay as its history; other records are added up."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType

from disaster_support.choices import SupportKind
from disaster_support.models import Disaster, SupportRecord
from tests.factories.disaster_support import DisasterFactory, DisasterStepFactory, SupportRecordFactory
from tests.factories.municipalities import WardFactory

pytestmark = pytest.mark.django_db

MARCH, APRIL = date(2021, 3, 31), date(2021, 4, 30)


@pytest.fixture
def disaster():
    return DisasterFactory()


def staff(disaster, people, as_of=None, **fields):
    given = {"kind": SupportKind.STAFF, "giver": "wards", "amount_yen": None, "people": people, "as_of": as_of}
    return SupportRecordFactory(disaster=disaster, **given | {"is_cumulative": True} | fields)


def people_in_all(by=None):
    rows = SupportRecord.objects.counted()
    return sum(row["total_people"] or 0 for row in rows.current(by).totals())


def test_a_later_cumulative_figure_takes_the_place_of_the_earlier(disaster):
    staff(disaster, 7174, MARCH)
    staff(disaster, 7200, APRIL)
    assert people_in_all() == 7200
    assert people_in_all(MARCH) == 7174


def test_a_figure_without_a_day_gives_way_to_one_with_a_day(disaster):
    staff(disaster, 7100)
    staff(disaster, 7174, MARCH)
    assert people_in_all() == 7174


def test_what_is_not_cumulative_is_added_up(disaster):
    staff(disaster, 10, MARCH, is_cumulative=False)
    staff(disaster, 20, APRIL, is_cumulative=False)
    staff(disaster, 30, APRIL, is_cumulative=None)
    assert people_in_all() == 60


@pytest.mark.parametrize("other", ["disaster", "ward", "job", "giver", "is_demo"])
def test_figures_of_different_support_stand_beside_each_other(disaster, other):
    fields = {
        "disaster": lambda: {"disaster": DisasterFactory()},
        "ward": lambda: {"ward": WardFactory()},
        "job": lambda: {"job": "保健師"},
        "giver": lambda: {"giver": "not_stated"},
        "is_demo": lambda: {"is_demo": True},
    }[other]()
    staff(disaster, 100, MARCH)
    staff(fields.pop("disaster", disaster), 7, APRIL, **fields)
    assert people_in_all() == (100 if other == "is_demo" else 107)


def test_goods_are_counted_in_pieces_of_something(disaster):
    water = SupportRecordFactory(
        disaster=disaster, kind=SupportKind.GOODS, amount_yen=None, item="飲料水", quantity=1200, unit="本"
    )
    assert water.counted == "飲料水1,200本"


def test_the_page_shows_the_newest_figure_its_history_and_what_happened(client, disaster):
    staff(disaster, 7174, MARCH)
    staff(disaster, 7200, APRIL, ward=None, job="", dispatch_state="ongoing")
    SupportRecordFactory(
        disaster=disaster,
        kind=SupportKind.STAFF,
        giver="wards",
        amount_yen=None,
        people=3,
        ward=WardFactory(name="港区"),
        job="保健師",
        dispatch_state="planned",
    )
    DisasterStepFactory(disaster=disaster, happened_on=date(2021, 3, 12), text="災害見舞金を贈りました。")
    ContentType.objects.get_for_models(Disaster, SupportRecord)
    page = client.get(disaster.get_absolute_url())
    assert [record.people for record in page.context["records"]] == [7200, 3]
    assert [record.people for record in page.context["former"]] == [7174]
    html = page.content.decode()
    assert "これまでに公表した数（1件）" in html
    assert "（港区・保健師・予定）" in html
    assert "令和3年3月12日" in html
    assert "災害見舞金を贈りました。" in html


def test_the_list_tells_the_newest_alone_in_its_totals(client, disaster):
    staff(disaster, 7174, MARCH)
    staff(disaster, 7200, APRIL)
    (total,) = client.get("/disaster-support/").context["totals"]
    assert [(giver.people, giver.records) for giver in total.givers] == [(7200, 1)]


def test_lists_take_as_many_queries_for_one_record_as_for_fifty(disaster, django_assert_num_queries):
    for number in range(50):
        staff(disaster, number, ward=WardFactory(number=number % 23 + 1))
    with django_assert_num_queries(2):
        (found,) = Disaster.objects.published().for_list()
        assert [record.particulars for record in found.support_records.all()]
