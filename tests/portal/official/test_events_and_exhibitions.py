"""What the wards held together: days as precise as printed, years, states, tours."""

from datetime import date

import pytest
from django.db.models import Count

from events.choices import DatePrecision, EventKind, Status, StopState
from events.models import Event, Exhibition, TourStop, Venue
from portal.core.wareki import era_fiscal_year, fiscal_year_of
from portal.models import PolicyDocument
from tests.portal.official.records import named
from tests.reading import table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_data")]


def test_how_many_events_of_which_kind_in_which_year():
    counted = Event.objects.whole().order_by("kind", "fiscal_year").values_list("kind", "fiscal_year")

    assert list(counted.annotate(Count("pk"))) == [
        (EventKind.LECTURE, 2017, 2),
        (EventKind.LECTURE, 2018, 2),
        (EventKind.LECTURE, 2019, 2),
        (EventKind.LECTURE, 2020, 1),
        (EventKind.PROMOTION, 2017, 2),
        (EventKind.PROMOTION, 2018, 3),
        (EventKind.PROMOTION, 2019, 2),
        (EventKind.PROMOTION, 2020, 1),
        (EventKind.SPONSORSHIP, 2015, 1),
        (EventKind.SPONSORSHIP, 2016, 2),
        (EventKind.SPONSORSHIP, 2017, 1),
        (EventKind.SPONSORSHIP, 2018, 1),
        (EventKind.SPONSORSHIP, 2019, 1),
        (EventKind.SPONSORSHIP, 2021, 1),
    ]


def test_a_lecture_in_january_belongs_to_the_fiscal_year_before():
    lecture = named("lecture-2018-2")

    assert (lecture.title, lecture.theme) == ("第2回全国連携講演会", "「関係人口」を学ぶ")
    assert (lecture.first_day, lecture.last_day) == (date(2019, 1, 11), date(2019, 1, 11))
    assert (lecture.fiscal_year, era_fiscal_year(lecture.fiscal_year)) == (2018, "平成30年度")


def test_every_fiscal_year_is_that_of_the_first_day():
    for item in [*Event.objects.exclude(first_day=None), *Exhibition.objects.all()]:
        assert item.fiscal_year == fiscal_year_of(item.first_day)


def test_an_event_of_two_parts_spans_both():
    whole = named("promotion-2018-2")

    assert (whole.title, whole.first_day, whole.last_day) == (
        "第2回魅力発信イベント",
        date(2018, 10, 6),
        date(2018, 10, 14),
    )
    assert list(whole.sub_events.in_programme_order().values_list("title", "first_day", "last_day", "venue__name")) == [
        ("「Nipponのシルクと光」", date(2018, 10, 7), date(2018, 10, 7), "大井競馬場1号スタンド（L-WING）"),
        ("「北海道MEGA グルメフェス」", date(2018, 10, 6), date(2018, 10, 14), "大井競馬場 ウマイルスクエア"),
    ]


def test_the_cancelled_event_has_a_reason_and_no_days():
    event = Event.objects.get(status=Status.CANCELLED)

    assert (event.title, event.fiscal_year) == ("令和2年度魅力発信イベント", 2020)
    assert (event.date_precision, event.first_day, event.last_day) == (DatePrecision.UNKNOWN, None, None)
    assert "新型コロナウイルス感染症" in event.status_reason


def test_what_is_known_to_the_month_stays_known_to_the_month():
    event = Event.objects.get(status=Status.WITHHELD)

    assert (event.title, event.kind) == ("東北絆まつり2021山形", EventKind.SPONSORSHIP)
    assert event.date_precision == DatePrecision.MONTH
    assert (event.first_day, event.last_day) == (date(2021, 5, 1), date(2021, 5, 31))
    assert "展示会" in event.status_reason
    assert PolicyDocument.objects.get(name__contains="２０１７改訂版").decided_in == "平成29年12月"


def test_everything_else_was_held_but_for_the_exhibition_still_being_arranged():
    others = Event.objects.exclude(status__in=[Status.CANCELLED, Status.WITHHELD])

    assert set(others.values_list("status", "date_precision")) == {(Status.HELD, DatePrecision.DAY)}
    assert list(Exhibition.objects.exclude(status=Status.HELD)) == [named("exhibition-2021-1")]
    assert named("exhibition-2021-1").status == Status.PLANNED


def test_a_special_cooperation_is_told_from_the_sponsorships():
    titles = Event.objects.of_kind(EventKind.SPONSORSHIP).values_list("title", flat=True)

    assert [title for title in titles if "への協賛" not in title] == [
        "東北絆まつり2021山形",
        "東京 新虎まつりへの特別協力",
    ]


def test_the_exhibitions_with_their_exhibitors_and_prefectures():
    rows = Exhibition.objects.order_by("first_day")

    assert [(row.full_title, row.prefecture and row.prefecture.name) for row in rows] == [
        ("第1回全国連携展示（京都府市町村）「お茶の京都」を知る", "京都府"),
        ("第2回全国連携展示（千葉県町村）「食べておいしいちばの味」", "千葉県"),
        ("第1回全国連携展示（北海道町村）「あそぼう！十勝の空の下」", "北海道"),
        ("第2回全国連携展示（青森県市町村）「縄文の大地青森の魅力」", "青森県"),
        ("第1回全国連携展示（北海道町村）「ぐんま鉄たび湯たび 歩きたび」", None),
        ("第2回全国連携展示（奈良県町村）「世界遺産にふれ 日本始まり地 奈良をめぐる」", "奈良県"),
        (
            "全国連携展示（広島県全9町）「瀬戸内の恵“しまなみ”、大自然と伝統の“やまなみ”、新鮮な魅力あふれる広島」",
            "広島県",
        ),
        ("第1回全国連携展示（埼玉県町村）「ぷらっと埼玉～ちかくて楽しいプチ旅行～」", "埼玉県"),
    ]


def tour(key):
    return [(stop.ward.name if stop.ward else None, stop.state) for stop in named(key).stops.order_by("listing_order")]


def test_the_stops_of_each_tour_and_their_states():
    held, planned = StopState.HELD, StopState.PLANNED

    assert tour("exhibition-2017-1") == [(w, held) for w in ("港区", "品川区", "目黒区", "大田区", "荒川区")]
    assert tour("exhibition-2017-2") == [(w, held) for w in ("港区", "品川区", "目黒区", "大田区")]
    assert tour("exhibition-2018-1") == [(w, planned) for w in ("台東区", "墨田区", "品川区", "目黒区", "葛飾区")]
    assert tour("exhibition-2018-2") == [(w, held) for w in ("品川区", "目黒区")]
    assert tour("exhibition-2019-1") == [(w, held) for w in ("品川区", "目黒区", "大田区")]
    assert tour("exhibition-2019-2") == []
    assert tour("exhibition-2020") == [("品川区", held)]
    assert tour("exhibition-2021-1") == [(None, StopState.ARRANGING)]


def test_how_often_each_ward_is_a_stop():
    counted = TourStop.objects.filter(ward__isnull=False).order_by().values_list("ward__name").annotate(Count("pk"))

    assert dict(counted) == {
        "品川区": 6,
        "目黒区": 5,
        "大田区": 3,
        "港区": 2,
        "台東区": 1,
        "墨田区": 1,
        "葛飾区": 1,
        "荒川区": 1,
    }


def test_the_venues_say_no_more_than_the_paper():
    assert set(Venue.objects.values_list("name", "municipality__name", "address", "is_online")) == {
        ("東京区政会館", None, "", False),
        ("東京区政会館1階ホール", None, "", False),
        ("東京区政会館 公開空地ほか", None, "", False),
        ("オンライン", None, "", True),
        ("浅草「まるごとにっぽん」", None, "", False),
        ("大井競馬場 ウマイルスクエア", None, "", False),
        ("大井競馬場1号スタンド（L-WING）", None, "", False),
        ("KITTE", "千代田区", "千代田区丸の内", False),
    }


def test_the_list_counts_the_wards_that_the_source_names_and_leaves_the_others_open(client):
    rows = dict(table(client.get("/exhibitions/"), "区ごとの巡回展示の回数")[1:])

    stated = {ward: said.split("回")[0] for ward, said in rows.items() if said != "記載なし"}
    assert stated == {
        "港区": "2",
        "台東区": "1",
        "墨田区": "1",
        "品川区": "6",
        "目黒区": "5",
        "大田区": "3",
        "荒川区": "1",
        "葛飾区": "1",
    }
    assert len(rows) == 23
