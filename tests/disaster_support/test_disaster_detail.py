"""The page of a disaster: what is known of it, what was given, and where that is printed."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from disaster_support.choices import Giver, SupportKind
from disaster_support.models import Disaster, SupportRecord
from tests.factories.core import SourceNoteFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory
from tests.reading import facts, headings, links, main_text, table, texts

pytestmark = pytest.mark.django_db

CAPTION = "支援の種類、主体、内容"


def page(client, disaster: Disaster):
    response = client.get(disaster.get_absolute_url())
    assert response.status_code == 200
    return response


def test_what_the_papers_do_not_say_is_said_to_be_missing(client):
    response = page(client, DisasterFactory(name="熊本地震"))

    assert headings(response, 1) == ["熊本地震"]
    assert facts(response) == {"発生日": ["資料に記載なし"], "被災自治体": ["資料に記載なし"]}
    assert "支援の記録は、まだ掲載されていません。" in main_text(response)


def test_days_and_municipalities_where_they_are_known(client):
    disaster = DisasterFactory(first_day=date(2018, 9, 6), summary="大きな地震です。", is_demo=True)
    town = MunicipalityFactory(prefecture=PrefectureFactory(code="01", name="北海道"), name="厚真町")
    disaster.struck_municipalities.set([town])

    response = page(client, disaster)

    assert facts(response) == {"発生日": ["平成30年9月6日（木曜日）"], "被災自治体": ["北海道厚真町"]}
    assert links(response)["北海道厚真町"] == town.get_absolute_url()
    assert "大きな地震です。" in main_text(response)
    assert texts(response, "chip") == ["デモ"]


def test_each_record_with_its_giver_its_measure_and_its_day(client):
    disaster = DisasterFactory()
    given = {"disaster": disaster, "amount_yen": None, "giver": Giver.NOT_STATED}
    SupportRecordFactory(disaster=disaster, giver=Giver.WARDS, kind="donation", amount_yen=3_740_250_000)
    SupportRecordFactory(disaster=disaster, amount_yen=0, as_of=date(2021, 1, 1))
    SupportRecordFactory(**given, kind=SupportKind.STAFF, people=7174, is_cumulative=True)
    SupportRecordFactory(**given, kind=SupportKind.VEHICLES, description="清掃車両の派遣", is_demo=True)

    response = page(client, disaster)

    assert table(response, CAPTION) == [
        ["種類", "支援した主体", "内容", "いつ現在"],
        ["義援金", "各区", "37億4,025万円", "資料に記載なし"],
        ["復興支援金", "23区共同", "0円", "令和3年1月1日現在"],
        ["職員派遣", "記載なし", "7,174人（累積）", "資料に記載なし"],
        ["車両派遣 デモ", "記載なし", "清掃車両の派遣", "資料に記載なし"],
    ]
    assert '<data class="money" value="3740250000">' in response.content.decode()


def test_where_the_disaster_and_each_record_are_printed(client):
    disaster = DisasterFactory()
    clear, odd = SupportRecordFactory.create_batch(2, disaster=disaster)
    SourceNoteFactory(record=disaster, as_printed="「熊本地震」被災地への支援")
    SourceNoteFactory(record=clear, as_printed="500万円を拠出")
    SourceNoteFactory(record=odd, as_printed="１００万円円", reason="「円」が重なっています。")

    response = page(client, disaster)

    assert texts(response, "source-notes__printed") == ["「熊本地震」被災地への支援", "500万円を拠出", "１００万円円"]
    assert texts(response, "source-notes__reason") == ["※ 「円」が重なっています。"]
    assert [row[2] for row in table(response, CAPTION)[1:]] == ["100万円", "100万円 ※注記あり"]
    assert links(response)["※注記あり"] == "#source-notes-heading"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"publication_state": "draft"}, 404),
        ({"publish_at": timezone.now() + timedelta(days=9)}, 404),
        ({"publication_state": "withdrawn"}, 410),
        ({"unpublish_at": timezone.now() - timedelta(days=9)}, 410),
    ],
)
def test_what_is_not_public_is_missing_or_says_that_it_was_withdrawn(client, fields, status):
    disaster = DisasterFactory(name="秘密の災害", **fields)

    response = client.get(disaster.get_absolute_url())

    assert response.status_code == status
    assert ("秘密の災害" in main_text(response)) is (status == 410)


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_an_unknown_disaster_is_not_found(client, pk):
    assert client.get(f"/disaster-support/{pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_disaster_takes_six_queries(client, rows, django_assert_num_queries):
    ContentType.objects.get_for_models(Disaster, SupportRecord)
    disaster = DisasterFactory()
    disaster.struck_municipalities.set([MunicipalityFactory() for _ in range(rows)])
    SourceNoteFactory(record=disaster)
    for record in SupportRecordFactory.create_batch(rows, disaster=disaster):
        SourceNoteFactory(record=record)

    with django_assert_num_queries(6):
        response = page(client, disaster)

    assert len(table(response, CAPTION)) == rows + 1
