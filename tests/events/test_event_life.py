"""An event from its announcement to its report: moved, made open to all, held and told of, at one address."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from events.choices import DatePrecision, Status
from tests.factories.core import AttachmentFactory, ContactPointFactory, ImageFactory
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    FormerScheduleFactory,
    SpeakerFactory,
    VenueFactory,
)
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory
from tests.reading import facts, headings, links, main_text, texts

pytestmark = pytest.mark.django_db


def page(client, event):
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return response


def test_one_address_tells_the_whole_life(client):
    event = EventFactory(first_day=date(2026, 10, 10), start_time=time(14), end_time=time(16))

    def at(moment):
        with time_machine.travel(f"{moment}+09:00", tick=False):
            response = page(client, event)
        return texts(response, "event__chips")[0].split()[-1], headings(response)[0]

    assert at("2026-10-09T23:59") == ("開催予定", "開催案内")
    assert at("2026-10-10T13:59") == ("開催予定", "開催案内")
    assert at("2026-10-10T14:00") == ("開催中", "開催案内")
    assert at("2026-10-10T16:00") == ("終了", "開催案内")
    event.status, event.results = Status.HELD, "多くの方が来られました。"
    event.save()
    assert at("2026-10-11T09:00") == ("終了", "開催報告")


def test_former_days_stay_struck_through_beside_the_new_ones(client):
    event = EventFactory(first_day=date(2021, 5, 8), start_time=time(10))
    FormerScheduleFactory(
        event=event,
        first_day=date(2020, 12, 31),
        last_day=date(2021, 1, 1),
        start_time=time(9),
        end_time=time(17),
        replaced_on=date(2020, 11, 1),
    )
    FormerScheduleFactory(event=event, first_day=date(2021, 3, 1), replaced_on=None)
    FormerScheduleFactory()

    response = page(client, event)

    # Databases differ in where a row without a day of decision stands.
    new, *former = facts(response)["日時"]
    assert new == "令和3年5月8日（土曜日） 10:00開始"
    assert sorted(former) == [
        "変更前の日程： 令和2年12月31日（木曜日）～令和3年1月1日（金曜日） 9:00～17:00 （令和2年11月1日に変更）",
        "変更前の日程： 令和3年3月1日（月曜日）",
    ]
    html = response.content.decode()
    assert html.count("<del ") == html.count("</del>") == 2
    assert '<del class="former-schedule" datetime="2020-11-01">' in html


def test_what_is_postponed_without_a_new_day_says_both(client):
    event = EventFactory(
        first_day=date(2021, 5, 1),
        last_day=date(2021, 5, 31),
        date_precision=DatePrecision.MONTH,
        status=Status.POSTPONED,
        status_reason="感染症の拡大防止のため",
    )
    FormerScheduleFactory(event=event, first_day=date(2020, 9, 1), replaced_on=date(2020, 8, 1))

    response = page(client, event)

    assert facts(response)["日時"] == [
        "令和3年5月",
        "変更前の日程： 令和2年9月1日（火曜日） （令和2年8月1日に変更）",
    ]
    assert main_text(response).startswith(f"{event.title} 延期 理由：感染症の拡大防止のため")


def test_all_that_helps_to_take_part(client):
    venue = VenueFactory(
        name="区民会館",
        postal_code="102-0072",
        address="千代田区飯田橋3丁目",
        address_detail="3階 大ホール",
        parking="20台（有料）",
        bicycle_parking="あり",
    )
    event = EventFactory(
        venue=venue,
        meeting_place="正面玄関",
        is_also_online=True,
        online_url="https://online.example.jp/",
        target_industry="観光業",
        languages="英語・中国語",
        is_free=False,
        fee="500円",
        fee_detail="小学生は無料\n65歳以上は300円",
        application="電子メール",
        application_deadline=date(2026, 10, 1),
        application_deadline_time=time(17),
        contact=ContactPointFactory(organization="企画室", department="", phone="03-0000-0000", extension="1234"),
        short_title="全国の日",
        title_en="Nationwide Day",
        remarks="雨天決行です。",
    )

    response = page(client, event)

    found = facts(response)
    assert found["会場"] == ["区民会館 〒102-0072 千代田区飯田橋3丁目 3階 大ホール 駐車場：20台（有料） 駐輪場：あり"]
    assert found["集合場所"] == ["正面玄関"]
    assert found["オンライン参加"] == ["オンラインでも参加できます。https://online.example.jp/"]
    assert found["対象となる産業"] == ["観光業"]
    assert found["外国語対応"] == ["英語・中国語"]
    assert found["料金"] == ["500円", "小学生は無料65歳以上は300円"]
    assert found["申込期限"] == ["令和8年10月1日（木曜日） 17:00"]
    assert found["問い合わせ"] == ["企画室 電話 03-0000-0000（内線 1234）"]
    assert (found["通称"], found["英語名"]) == (["全国の日"], ["Nationwide Day"])
    assert headings(response, 3) == ["備考"]
    assert '<time datetime="2026-10-01T17:00">' in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"is_free": True}, ["無料"]),
        ({"is_free": False}, ["有料"]),
        ({"fee": "入場無料", "is_free": True}, ["入場無料"]),
        ({"fee": "資料は各自でご用意ください", "is_free": True}, ["資料は各自でご用意ください（参加無料）"]),
        ({"fee": "500円"}, ["500円"]),
        ({"fee_detail": "当日払い"}, ["当日払い"]),
    ],
)
def test_the_fee_is_told_as_far_as_it_is_known(client, fields, printed):
    assert facts(page(client, EventFactory(**fields)))["料金"] == printed


def test_speakers_stand_in_their_order_with_what_they_speak_of(client):
    event = EventFactory()
    SpeakerFactory(event=event, name="二番目の人", listing_order=2)
    SpeakerFactory(event=event, name="一番目の人", affiliation="大学教授", topic="里山の一年", listing_order=1)
    SpeakerFactory(name="ほかの催しの人")

    response = page(client, event)

    assert headings(response, 3) == ["登壇者"]
    assert texts(response, "record-list__item") == ["一番目の人 里山の一年 大学教授", "二番目の人"]


def test_the_report_tells_who_came_and_shows_its_own_pictures_and_files(client):
    hokkaido = PrefectureFactory(code="01", name="北海道")
    event = EventFactory(results="にぎわいました。", visitors=1200, is_demo=True)
    event.participants.set(
        [
            WardFactory(code="131091", name="品川区"),
            MunicipalityFactory(prefecture=hokkaido, code="012025", name="函館市", kind="city"),
        ]
    )
    event.images.set([ImageFactory(alt_text="ちらしの絵")])
    event.report_images.set(
        [
            ImageFactory(alt_text="当日のようす", is_demo=True),
            ImageFactory(alt_text="期限の切れた写真", rights_until=timezone.localdate() - timedelta(days=1)),
        ]
    )
    event.attachments.set([AttachmentFactory(title="ちらし", size=2048)])
    event.report_attachments.set([AttachmentFactory(title="記録集", size=1024), AttachmentFactory(title="写真集")])

    response = page(client, event)

    assert headings(response) == ["開催報告", "開催後の写真", "開催後の資料", "開催案内", "写真", "資料"]
    assert texts(response, "event__participants") == ["2自治体"]
    assert texts(response, "place-list") == ["北海道函館市 品川区"]
    assert links(response)["北海道函館市"] == "/municipalities/012025/"
    assert links(response)["品川区"] == "/wards/131091/"
    assert texts(response, "attachments__item") == [
        "写真集（PDF、9 バイト）",
        "記録集（PDF、1.0 KB）",
        "ちらし（PDF、2.0 KB）",
    ]
    html = response.content.decode()
    assert html.index('alt="当日のようす"') < html.index('alt="ちらしの絵"')
    assert "期限の切れた写真" not in html


@pytest.mark.parametrize(
    ("count", "named", "printed"),
    [
        (130, 0, "130自治体"),
        (1200, 0, "1,200自治体"),
        (2, 2, "2自治体"),
        (130, 2, "130自治体（うち2自治体を掲載しています）"),
        (0, 0, "0自治体"),
        (None, 2, "2自治体"),
    ],
)
def test_the_bare_number_of_municipalities_is_a_report_too(client, count, named, printed):
    event = EventFactory(participant_count=count)
    event.participants.set(MunicipalityFactory.create_batch(named))

    response = page(client, event)

    assert headings(response) == ["開催報告", "開催案内"]
    assert texts(response, "event__participants") == [printed]


@pytest.mark.parametrize("name", ["report_images", "report_attachments"])
def test_pictures_or_files_alone_are_a_report(client, name):
    event = EventFactory()
    getattr(event, name).set([ImageFactory() if name == "report_images" else AttachmentFactory()])

    assert headings(page(client, event))[0] == "開催報告"


def test_rows_of_other_events_stay_with_them(client):
    other = EventFactory(results="よその報告")
    other.participants.set([MunicipalityFactory(name="よその町")])
    other.prefectures.set([PrefectureFactory(code="40", name="よその県")])
    for name in ("images", "report_images"):
        getattr(other, name).set([ImageFactory(alt_text="よその写真")])
    for name in ("attachments", "report_attachments"):
        getattr(other, name).set([AttachmentFactory(title="よその資料")])
    EventRoleFactory(event=other, name="よその会")

    assert "よその" not in page(client, EventFactory()).content.decode()
