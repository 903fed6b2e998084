"""What the wards gave: totals by kind and giver, then each disaster."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from disaster_support.choices import Giver, SupportKind
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.reading import headings, links, main_text, texts

pytestmark = pytest.mark.django_db

URL = "/disaster-support/"


def give(disaster, kind, giver, **measure):
    return SupportRecordFactory(disaster=disaster, kind=kind, giver=giver, **{"amount_yen": None} | measure)


def test_totals_by_kind_and_giver_never_across_kinds(client):
    quake, flood = DisasterFactory(), DisasterFactory()
    give(quake, SupportKind.DONATION, Giver.WARDS, amount_yen=3_740_250_000)
    give(quake, SupportKind.DONATION, Giver.JOINT, amount_yen=1_000_000_000)
    give(quake, SupportKind.RECONSTRUCTION, Giver.JOINT, amount_yen=272_000_000)
    give(flood, SupportKind.RECONSTRUCTION, Giver.NOT_STATED, amount_yen=11_000_000)
    give(flood, SupportKind.SYMPATHY, Giver.JOINT, amount_yen=1_000_000)
    give(flood, SupportKind.GOODS, Giver.NOT_STATED, description="救援物資による支援")
    give(quake, SupportKind.STAFF, Giver.NOT_STATED, people=7174)
    give(flood, SupportKind.STAFF, Giver.NOT_STATED, people=111)
    give(flood, SupportKind.STAFF, Giver.NOT_STATED, description="職員派遣")

    response = client.get(URL)

    assert texts(response, "support-total") == [
        "義援金 主体：各区 37億4,025万円 記録1件 主体：23区共同 10億円 記録1件",
        "復興支援金 計 2億8,300万円 主体：23区共同 2億7,200万円 記録1件 主体：記載なし 1,100万円 記録1件",
        "災害見舞金 主体：23区共同 100万円 記録1件",
        "救援物資 主体：記載なし 数量の記載なし 記録1件",
        "職員派遣 主体：記載なし 7,285人 記録3件（うち人数の記載がないもの1件）",
    ]
    html = response.content.decode()
    assert '<data class="money" value="3740250000" data-size="large">' in html
    assert '<data class="money" value="283000000" data-size="large">' in html
    assert '<data class="money" value="272000000">2億7,200万円</data>' in html


def test_what_is_fictional_or_not_public_is_in_no_total(client):
    SupportRecordFactory(disaster=DisasterFactory(name="本当の災害"), amount_yen=3_000_000)
    demo = DisasterFactory(name="架空の災害", is_demo=True)
    SupportRecordFactory(disaster=demo, amount_yen=9_000_000)
    for name, fields in (
        ("下書きの災害", {"publication_state": "draft"}),
        ("取り下げた災害", {"publication_state": "withdrawn"}),
        ("先の災害", {"publish_at": timezone.now() + timedelta(days=9)}),
    ):
        SupportRecordFactory(disaster=DisasterFactory(name=name, **fields), amount_yen=7_000_000)

    response = client.get(URL)

    assert texts(response, "support-total") == ["復興支援金 主体：23区共同 300万円 記録1件"]
    assert headings(response, 3) == ["復興支援金", "架空の災害 デモ", "本当の災害"]
    assert "700万円" not in main_text(response)


def test_a_card_for_each_disaster_with_its_records(client):
    old = DisasterFactory(name="熊本地震", listing_order=1, first_day=date(2016, 4, 14), last_day=date(2016, 4, 16))
    give(old, SupportKind.STAFF, Giver.NOT_STATED, people=430, is_cumulative=True, listing_order=2)
    give(old, SupportKind.DONATION, Giver.WARDS, amount_yen=306_880_000, listing_order=1)
    give(old, SupportKind.GOODS, Giver.NOT_STATED, description="救援物資", is_demo=True, listing_order=3)
    new = DisasterFactory(name="令和2年7月豪雨", listing_order=2)

    response = client.get(URL)

    assert texts(response, "disaster-card") == [
        "令和2年7月豪雨 支援の記録は、まだ掲載されていません。",
        "熊本地震 平成28年4月14日（木曜日）～16日（土曜日） "
        "義援金（各区） 3億688万円 職員派遣（主体の記載なし） 430人（累積） "
        "救援物資（主体の記載なし） 救援物資 デモ",
    ]
    assert links(response)["令和2年7月豪雨"] == new.get_absolute_url()


def test_nothing_at_all_says_so(client):
    text = main_text(client.get(URL))

    assert "支援の記録は、まだ掲載されていません。" in text
    assert "災害ごとの記録は、まだ掲載されていません。" in text


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_three_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        SupportRecordFactory.create_batch(2, disaster=DisasterFactory())

    with django_assert_num_queries(3):
        response = client.get(URL)

    assert len(texts(response, "disaster-card")) == rows
