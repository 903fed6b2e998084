"""The page of an exhibition: its first place, then its tour."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from events.choices import DatePrecision, Status, StopState
from events.models import Exhibition
from tests.factories.core import AttachmentFactory, ContactPointFactory, ImageFactory, SourceNoteFactory
from tests.factories.events import ExhibitionFactory, FormerScheduleFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import PrefectureFactory, WardFactory
from tests.reading import facts, headings, links, main_text, texts

pytestmark = pytest.mark.django_db

UNREPORTED = "※ 資料では予定とされています。実施したという記載はありません。"


def page(client, exhibition: Exhibition):
    response = client.get(exhibition.get_absolute_url())
    assert response.status_code == 200
    return response


def test_the_first_place_and_then_the_tour_in_order(client):
    exhibition = ExhibitionFactory(
        title="第1回全国連携展示（北海道町村）",
        subtitle="あそぼう！十勝の空の下",
        first_day=date(2018, 8, 21),
        last_day=date(2018, 9, 27),
        venue=VenueFactory(name="東京区政会館"),
        exhibitor="北海道町村会",
        prefecture=PrefectureFactory(code="01", name="北海道"),
        contact=ContactPointFactory(organization="事務局", department=""),
        summary="十勝の魅力を紹介します。",
        tour_note="5区を巡回",
    )
    shinagawa, meguro = WardFactory(code="131091", name="品川区"), WardFactory(code="131105", name="目黒区")
    TourStopFactory(exhibition=exhibition, ward=meguro, listing_order=2)
    TourStopFactory(
        exhibition=exhibition,
        ward=shinagawa,
        listing_order=1,
        venue=VenueFactory(name="品川区役所"),
        first_day=date(2018, 10, 1),
        last_day=date(2018, 10, 5),
        note="午後5時まで",
    )

    response = page(client, exhibition)

    assert headings(response, 1) == ["第1回全国連携展示（北海道町村）「あそぼう！十勝の空の下」"]
    assert headings(response) == ["はじめの会場", "巡回展示"]
    assert facts(response) == {
        "日程": ["平成30年8月21日（火曜日）～9月27日（木曜日）"],
        "会場": ["東京区政会館"],
        "出展者": ["北海道町村会"],
        "都道府県": ["北海道"],
        "問い合わせ": ["事務局"],
    }
    assert texts(response, "route__start") == ["東京区政会館 平成30年8月21日（火曜日）～9月27日（木曜日） はじめの会場"]
    assert texts(response, "route__station") == [
        "品川区 実施 平成30年10月1日（月曜日）～5日（金曜日） 品川区役所 午後5時まで",
        "目黒区 実施 日程の記載なし",
    ]
    assert links(response)["品川区"] == "/wards/131091/"
    assert "十勝の魅力を紹介します。" in main_text(response)
    assert "5区を巡回" in main_text(response)


def test_a_plan_that_nobody_reported_stays_a_plan_with_a_remark(client):
    old = ExhibitionFactory(first_day=date(2018, 8, 21), last_day=date(2018, 9, 27))
    TourStopFactory(exhibition=old, ward=WardFactory(code="131067", name="台東区"), state=StopState.PLANNED)
    new = ExhibitionFactory(first_day=timezone.localdate())
    TourStopFactory(exhibition=new, ward=WardFactory(code="131067", name="台東区"), state=StopState.PLANNED)

    assert texts(page(client, old), "route__station") == [f"台東区 予定 日程の記載なし {UNREPORTED}"]
    assert texts(page(client, new), "route__station") == ["台東区 予定 日程の記載なし"]


def test_a_stop_without_a_ward_is_still_being_arranged(client):
    stop = TourStopFactory(ward=None, state=StopState.ARRANGING)

    assert texts(page(client, stop.exhibition), "route__station") == ["巡回先は未定 調整中 日程の記載なし"]


def test_no_tour_is_said_in_words(client):
    response = page(client, ExhibitionFactory(venue=None))

    assert "巡回展示についての記載はありません。" in main_text(response)
    assert facts(response)["会場"] == ["資料に記載なし"]


def test_former_days_stay_struck_through_beside_the_new_ones(client):
    exhibition = ExhibitionFactory(first_day=date(2018, 8, 21), last_day=date(2018, 9, 27))
    FormerScheduleFactory(event=None, exhibition=exhibition, first_day=date(2018, 7, 1), replaced_on=date(2018, 6, 1))
    FormerScheduleFactory(event=None, first_day=date(2017, 1, 1), exhibition=ExhibitionFactory())

    assert facts(page(client, exhibition))["日程"] == [
        "平成30年8月21日（火曜日）～9月27日（木曜日）",
        "変更前の日程： 平成30年7月1日（日曜日） （平成30年6月1日に変更）",
    ]


def test_here_marks_where_it_can_be_seen_today(client):
    today = timezone.localdate()
    exhibition = ExhibitionFactory(first_day=today - timedelta(days=60))
    for name, code, distance in (("港区", "131032", -1), ("品川区", "131091", 0), ("目黒区", "131105", 1)):
        day = today + timedelta(days=distance)
        ward = WardFactory(code=code, name=name)
        TourStopFactory(exhibition=exhibition, ward=ward, first_day=day, last_day=day, listing_order=distance + 1)

    response = page(client, exhibition)

    assert ["いまここ" in station for station in texts(response, "route__station")] == [False, True, False]
    assert texts(response, "exhibition__chips") == ["全国連携展示 巡回中"]
    assert "いまここ" not in facts(response)["日程"][0]


@pytest.mark.parametrize(
    ("fields", "state", "here"),
    [
        ({}, "開催中", True),
        ({"status": Status.CHANGED}, "内容変更", True),
        ({"status": Status.CANCELLED}, "中止", False),
        ({"status": Status.WITHHELD}, "見合わせ", False),
        ({"date_precision": DatePrecision.MONTH}, "開催予定", False),
    ],
)
def test_here_in_the_first_place_only_where_it_takes_place_on_a_known_day(client, fields, state, here):
    response = page(client, ExhibitionFactory(first_day=timezone.localdate(), **fields))

    assert texts(response, "exhibition__chips") == [f"全国連携展示 {state}"]
    assert ("いまここ" in facts(response)["日程"][0]) is here


def test_anything_but_the_plan_stands_first(client):
    exhibition = ExhibitionFactory(status=Status.CANCELLED, status_reason="台風のため")

    assert texts(page(client, exhibition), "status-banner") == ["中止 理由：台風のため"]
    assert texts(page(client, ExhibitionFactory()), "status-banner") == []


def test_pictures_files_sources_and_the_mark_of_the_fictional(client):
    exhibition = ExhibitionFactory(is_demo=True)
    exhibition.images.set([ImageFactory(), ImageFactory(rights_until=timezone.localdate() - timedelta(days=1))])
    exhibition.attachments.set([AttachmentFactory(title="図録", size=2048)])
    SourceNoteFactory(record=exhibition, reason="曜日が合いません。")

    response = page(client, exhibition)

    assert headings(response) == ["はじめの会場", "巡回展示", "写真", "資料", "出典"]
    assert response.content.decode().count("<img") == 1
    assert texts(response, "attachments__item") == ["図録（PDF、2.0 KB）"]
    assert texts(response, "source-notes__reason") == ["※ 曜日が合いません。"]
    assert "デモ" in texts(response, "exhibition__chips")[0].split()


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
    exhibition = ExhibitionFactory(title="秘密の展示", **fields)

    response = client.get(exhibition.get_absolute_url())

    assert response.status_code == status
    assert ("秘密の展示" in main_text(response)) is (status == 410)


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_an_unknown_exhibition_is_not_found(client, pk):
    assert client.get(f"/exhibitions/{pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_an_exhibition_takes_six_queries(client, rows, django_assert_num_queries):
    ContentType.objects.get_for_model(Exhibition)
    exhibition = ExhibitionFactory(contact=ContactPointFactory(), prefecture=PrefectureFactory())
    for _ in range(rows):
        TourStopFactory(exhibition=exhibition, venue=VenueFactory())
        SourceNoteFactory(record=exhibition)
        FormerScheduleFactory(event=None, exhibition=exhibition)
    exhibition.images.set(ImageFactory.create_batch(rows))
    exhibition.attachments.set(AttachmentFactory.create_batch(rows))

    with django_assert_num_queries(6):
        response = page(client, exhibition)

    assert len(texts(response, "route__station")) == rows
