"""The page of an event, from its announcement to its report."""

from datetime import date, time, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from events.choices import DatePrecision, EventRoleKind, Status
from events.models import Event
from tests.factories.core import AttachmentFactory, ContactPointFactory, ImageFactory, SourceNoteFactory
from tests.factories.events import (
    EventFactory,
    EventRoleFactory,
    FormerScheduleFactory,
    SpeakerFactory,
    VenueFactory,
)
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    CompanyFactory,
    CooperationAgreementFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
)
from tests.reading import facts, headings, links, main_text, texts

pytestmark = pytest.mark.django_db


def page(client, event: Event):
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return response


def test_all_that_is_known_stands_in_the_facts(client):
    ward = WardFactory(code="131016", name="千代田区")
    venue = VenueFactory(
        name="東京区政会館",
        municipality=ward,
        address="千代田区飯田橋",
        access="飯田橋駅から歩いて5分",
        barrier_free="段差なし",
        url="https://venue.example.jp/",
    )
    event = EventFactory(
        title="全国連携講演会",
        first_day=date(2017, 9, 21),
        start_time=time(14, 0),
        end_time=time(16, 30),
        theme="スポーツ",
        venue=venue,
        audience="どなたでも",
        capacity=1200,
        fee="無料",
        application="電子メール",
        application_deadline=date(2017, 9, 7),
        contact=ContactPointFactory(organization="特別区長会事務局", department="企画課", phone="03-0000-0000"),
        url="https://event.example.jp/",
    )
    event.prefectures.set([PrefectureFactory(code="14", name="神奈川県")])

    found = facts(page(client, event))

    assert found == {
        "日時": ["平成29年9月21日（木曜日） 14:00～16:30"],
        "テーマ": ["スポーツ"],
        "会場": [
            "東京区政会館（千代田区） 千代田区飯田橋 交通案内：飯田橋駅から歩いて5分 バリアフリー：段差なし "
            "東京区政会館のホームページ"
        ],
        "対象": ["どなたでも"],
        "定員": ["1,200人"],
        "料金": ["無料"],
        "申込": ["電子メール"],
        "申込期限": ["平成29年9月7日（木曜日）"],
        "問い合わせ": ["特別区長会事務局 企画課 電話 03-0000-0000"],
        "ホームページ": ["https://event.example.jp/"],
        "関係する都道府県": ["神奈川県"],
    }


def test_what_is_not_known_is_not_said(client):
    event = EventFactory(first_day=date(2017, 9, 9), last_day=date(2017, 9, 10), venue=None)

    response = page(client, event)

    assert facts(response) == {"日時": ["平成29年9月9日（土曜日）～10日（日曜日）"]}
    assert headings(response) == ["開催案内"]


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"first_day": None, "fiscal_year": 2020}, "令和2年度（日程は未定・不明）"),
        ({"first_day": None, "fiscal_year": 2020, "date_note": "調整中"}, "令和2年度（日程は未定・不明：調整中）"),
        (
            {
                "first_day": date(2021, 5, 1),
                "last_day": date(2021, 5, 31),
                "date_precision": DatePrecision.MONTH,
            },
            "令和3年5月",
        ),
        (
            {"first_day": date(2019, 4, 30), "last_day": date(2019, 5, 1)},
            "平成31年4月30日（火曜日）～令和元年5月1日（水曜日）",
        ),
        ({"first_day": date(2021, 2, 10), "start_time": time(9, 5)}, "令和3年2月10日（水曜日） 9:05開始"),
        ({"first_day": date(2021, 2, 10), "end_time": time(17, 0)}, "令和3年2月10日（水曜日） ～17:00"),
    ],
)
def test_the_time_is_told_as_precisely_as_it_is_known(client, fields, printed):
    assert facts(page(client, EventFactory(**fields)))["日時"] == [printed]


def test_roles_stand_in_their_order_and_lead_to_municipalities(client):
    event = EventFactory()
    town = MunicipalityFactory(
        prefecture=PrefectureFactory(code="01", name="北海道"), code="012025", name="函館市", kind="city"
    )
    ward = WardFactory(code="131091", name="品川区")
    EventRoleFactory(event=event, role=EventRoleKind.PATRON, name="", municipality=town)
    EventRoleFactory(event=event, role=EventRoleKind.PATRON, name="", municipality=ward)
    EventRoleFactory(
        event=event, role=EventRoleKind.CO_ORGANIZER, name="", body=PartnerBodyFactory(name="北海道町村会")
    )
    EventRoleFactory(event=event, role=EventRoleKind.SPONSOR, name="", company=CompanyFactory(name="鉄道株式会社"))
    EventRoleFactory(event=event, role=EventRoleKind.ORGANIZER, name="特別区長会")

    response = page(client, event)

    found = {term: said for term, said in facts(response).items() if term in EventRoleKind.labels}
    assert list(found.items()) == [
        ("主催", ["特別区長会"]),
        ("共催", ["北海道町村会"]),
        ("協賛", ["鉄道株式会社"]),
        ("後援", ["北海道函館市", "品川区"]),
    ]
    assert links(response)["北海道函館市"] == "/municipalities/012025/"
    assert links(response)["品川区"] == "/wards/131091/"


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED, Status.CHANGED, Status.WITHHELD])
def test_anything_but_the_plan_stands_first_with_reason_and_day(client, status):
    event = EventFactory(status=status, status_reason="感染症の拡大防止のため", status_changed_on=date(2020, 8, 3))

    response = page(client, event)

    assert texts(response, "status-banner") == [
        f"{status.label} 理由：感染症の拡大防止のため 決定した日：令和2年8月3日（月曜日）"
    ]
    assert main_text(response).startswith(f"{event.title} {status.label} 理由")


@pytest.mark.parametrize("status", [Status.PLANNED, Status.HELD])
def test_the_plan_needs_no_banner(client, status):
    assert texts(page(client, EventFactory(status=status)), "status-banner") == []


@pytest.mark.parametrize(
    ("distance", "label"), [(-400, "終了"), (-1, "終了"), (0, "開催中"), (1, "開催予定"), (400, "開催予定")]
)
def test_a_planned_event_says_where_it_stands_today(client, distance, label):
    event = EventFactory(first_day=timezone.localdate() + timedelta(days=distance))

    assert label in texts(page(client, event), "event__chips")[0].split()


def test_once_there_are_results_they_lead_and_the_announcement_follows(client):
    event = EventFactory(summary="案内の文", programme="基調講演", results="300人が集まりました。", visitors=12345)

    response = page(client, event)

    assert headings(response) == ["開催報告", "開催案内"]
    assert headings(response, 3) == ["概要", "プログラム"]
    assert texts(response, "event__report") == ["開催報告 来場者数：12,345人 300人が集まりました。"]
    assert texts(response, "event__brief") == [f"令和8年10月10日（土曜日） {event.venue}"]
    assert texts(response, "disclosure__summary") == ["開催案内"]


def test_an_announcement_without_a_report_is_not_folded(client):
    response = page(client, EventFactory())

    assert texts(response, "disclosure__summary") == []
    assert texts(response, "event__brief") == []


def test_nobody_came_is_a_result_too(client):
    assert texts(page(client, EventFactory(visitors=0)), "event__report") == ["開催報告 来場者数：0人"]


def test_parts_in_order_and_the_way_back_to_their_whole(client):
    whole = EventFactory(title="第2回魅力発信イベント")
    second = EventFactory(title="グルメフェス", parent=whole, listing_order=2)
    first = EventFactory(title="シルクと光", parent=whole, listing_order=1)
    EventFactory(title="下書きの部分", parent=whole, publication_state="draft")
    EventFactory(title="取り下げた部分", parent=whole, publication_state="withdrawn")

    response = page(client, whole)

    assert headings(response)[-1] == "このイベントの内容"
    assert texts(response, "event-row__title") == [first.title, second.title]
    assert texts(page(client, first), "event__whole") == ["第2回魅力発信イベントの一部です。"]
    assert links(page(client, first))["第2回魅力発信イベント"] == whole.get_absolute_url()


def test_the_page_can_be_passed_on_without_scripts(client):
    event = EventFactory(title="歩く&走る会")

    response = page(client, event)

    assert texts(response, "share-links__url") == [f"http://testserver{event.get_absolute_url()}"]
    assert links(response)["メールで伝える"] == (
        "mailto:?subject=%E6%AD%A9%E3%81%8F%26%E8%B5%B0%E3%82%8B%E4%BC%9A"
        f"&body=http%3A%2F%2Ftestserver%2Fevents%2F{event.pk}%2F"
    )


@pytest.mark.parametrize("hidden", [{"publication_state": "draft"}, {"publication_state": "withdrawn"}])
def test_a_part_keeps_silent_about_a_whole_that_is_not_public(client, hidden):
    part = EventFactory(parent=EventFactory(title="内緒の全体", **hidden))

    assert "内緒の全体" not in main_text(page(client, part))


def test_pictures_files_and_sources(client):
    event = EventFactory(is_demo=True, change_note="会場を変えました。")
    event.images.set([ImageFactory(alt_text="会場のようす", credit="品川区")])
    event.attachments.set([AttachmentFactory(title="ちらし", size=1234567)])
    SourceNoteFactory(record=event, source="概要資料", line=12, as_printed="万円円", reason="「円」が重なっています。")

    response = page(client, event)

    assert headings(response) == ["開催案内", "写真", "資料", "出典"]
    assert 'alt="会場のようす"' in response.content.decode()
    assert texts(response, "pictures__credit") == ["提供：品川区"]
    assert texts(response, "attachments__item") == ["ちらし（PDF、1.2 MB）"]
    assert texts(response, "source-notes__reason") == ["※ 「円」が重なっています。"]
    assert texts(response, "page-dates")[0].startswith("掲載日：2020年1月1日")
    assert texts(response, "page-dates__change") == ["変更のお知らせ：会場を変えました。"]
    assert "デモ" in texts(response, "event__chips")[0].split()


def test_a_decorative_picture_has_an_empty_alternative(client):
    event = EventFactory()
    event.images.set([ImageFactory(alt_text="", is_decorative=True)])

    assert 'alt=""' in page(client, event).content.decode()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"publication_state": "draft"}, 404),
        ({"publication_state": "in_review"}, 404),
        ({"publish_at": timezone.now() + timedelta(days=9)}, 404),
        ({"publication_state": "withdrawn", "withdrawal_note": "重複のため"}, 410),
        ({"unpublish_at": timezone.now() - timedelta(days=9), "withdrawal_note": "重複のため"}, 410),
    ],
)
def test_what_is_not_public_is_missing_or_says_that_it_was_withdrawn(client, fields, status):
    event = EventFactory(title="秘密の催し", **fields)

    response = client.get(event.get_absolute_url())

    assert response.status_code == status
    assert ("秘密の催し" in main_text(response)) is (status == 410)
    assert ("重複のため" in main_text(response)) is (status == 410)


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_an_unknown_event_is_not_found(client, pk):
    assert client.get(f"/events/{pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_an_event_takes_eight_queries(client, rows, django_assert_num_queries):
    ContentType.objects.get_for_model(Event)
    event = EventFactory(parent=EventFactory(), contact=ContactPointFactory())
    for _ in range(rows):
        EventFactory(parent=event)
        EventRoleFactory(event=event, name="", municipality=MunicipalityFactory())
        EventRoleFactory(event=event, name="", body=CooperationAgreementFactory().bodies.get())
        EventRoleFactory(event=event, name="", company=CompanyAgreementFactory().company)
        SpeakerFactory(event=event)
        FormerScheduleFactory(event=event)
        SourceNoteFactory(record=event)
    event.participants.set(MunicipalityFactory.create_batch(rows))
    event.report_images.set(ImageFactory.create_batch(rows))
    event.report_attachments.set(AttachmentFactory.create_batch(rows))
    event.images.set(ImageFactory.create_batch(rows))
    event.attachments.set(AttachmentFactory.create_batch(rows))
    event.prefectures.set([PrefectureFactory() for _ in range(rows)])

    with django_assert_num_queries(8):
        response = page(client, event)

    assert len(texts(response, "event-row")) == rows
    assert len(texts(response, "former-schedule")) == rows
    assert len(texts(response, "pictures__item")) == len(texts(response, "attachments__item")) == 2 * rows
