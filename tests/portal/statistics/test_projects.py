"""How many projects the records have in a fiscal year: beside the printed numbers, each with a list of its length."""

from datetime import date

import pytest
from django.urls import reverse

from events.choices import EventKind, Status
from tests.factories.events import EventFactory, ExhibitionFactory, WardProjectFactory
from tests.factories.portal import PublishedFigureFactory
from tests.reading import links, main_text, table, texts

pytestmark = pytest.mark.django_db

DAY = "2026-10-01"
CAPTION = "連携事業の数"


@pytest.fixture
def projects():
    """Three ward projects and two joint ones that count in 2026, and everything that does not."""
    for title in ("甲", "乙", "丙"):
        WardProjectFactory(title=title)
    WardProjectFactory(title="数えない事業", status=Status.CANCELLED)
    EventFactory(title="数えない催し", status=Status.CANCELLED, status_reason="台風のため")
    for values in (
        {"is_demo": True},
        {"publication_state": "draft"},
        {"publication_state": "withdrawn"},
    ):
        WardProjectFactory(title="数えない事業", **values)
        EventFactory(title="数えない催し", kind=EventKind.LECTURE, **values)
    WardProjectFactory(title="前の年度の事業", fiscal_year=2025)
    whole = EventFactory(title="シンポジウム", kind=EventKind.LECTURE)
    EventFactory(title="その一部", kind=EventKind.LECTURE, parent=whole)
    EventFactory(title="会員の催し", kind=EventKind.MEMBER)
    ExhibitionFactory(title="全国連携展示の回")


def shown(client):
    return table(client.get(reverse("statistics"), {"as_of": DAY}), CAPTION)[1:]


def test_the_numbers_stand_beside_the_printed_ones(client, projects):
    for row, before, value in (("ward", 552, 739), ("joint", 1, 8), ("total", 553, 747)):
        PublishedFigureFactory(table="projects", row=row, fiscal_year=2020, value=value, as_of=date(2021, 1, 1))
        PublishedFigureFactory(table="projects", row=row, fiscal_year=2015, value=before)

    assert shown(client) == [
        ["各区事業", "3", "739"],
        ["23区一体事業（主要事業）", "2", "8"],
        ["連携事業の合計", "5", "747"],
    ]


def test_every_number_leads_to_a_list_of_its_length(client, projects):
    leads = links(client.get(reverse("statistics"), {"as_of": DAY}))

    wards = client.get(leads["3"])
    assert leads["3"] == "/projects/?fiscal_year=2026&counted=on"
    assert {project.title for project in wards.context["page"]} == {"甲", "乙", "丙"}
    assert wards.context["page"].paginator.count == 3
    assert "条件に合う事業（3件）" in main_text(wards)
    joint = client.get(leads["2"])
    assert leads["2"] == f"/statistics/projects/?as_of={DAY}"
    assert [row[:2] for row in table(joint, "23区一体事業")[1:]] == [
        ["シンポジウム", EventKind.LECTURE.label],
        [str(joint.context["projects"][1]), "全国連携展示"],
    ]
    assert texts(joint, "results__total") == ["2事業"]


def test_without_records_there_is_no_number(client):
    WardProjectFactory(title="甲")

    assert [row[1] for row in shown(client)] == ["1", "記録なし", "記録なし"]


def test_a_year_without_any_is_nought(client):
    WardProjectFactory(fiscal_year=2025)
    EventFactory(fiscal_year=2025, first_day=date(2025, 10, 1), last_day=date(2025, 10, 1))

    assert [row[1] for row in shown(client)] == ["0", "0", "0"]
    assert "数えられる23区一体事業の記録はありません。" in main_text(client.get(f"/statistics/projects/?as_of={DAY}"))


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(client, count, django_assert_max_num_queries):
    for number in range(count):
        EventFactory(title=f"催し{number}", kind=EventKind.LECTURE)
        ExhibitionFactory(title=f"展示{number}")

    with django_assert_max_num_queries(6):
        client.get(f"/statistics/projects/?as_of={DAY}")
