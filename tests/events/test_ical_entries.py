"""What a calendar tells of events, exhibitions and their tours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from events.actions import touch
from events.choices import Status, StopState
from events.ical.entries import (
    CANCELLED,
    CONFIRMED,
    TENTATIVE,
    entries_of_event,
    entries_of_exhibition,
    entry_of_event,
    entry_of_stop,
    times_in_words,
)
from events.models import Event, Exhibition
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import WardFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, tzinfo=UTC)
DAY = date(2026, 10, 10)
# As the page knows them: no day that a calendar could hold.
WITHOUT_DAYS = [
    {"first_day": None, "fiscal_year": 2026},
    {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31), "date_precision": "month"},
]


def told(event: Event):
    """The only entry of an event."""
    (entry,) = entries_of_event(event, AT)
    return entry


def test_an_event_is_told_with_all_that_one_needs_to_go_there():
    event = EventFactory(
        title="歩く会",
        start_time=time(10),
        end_time=time(12),
        summary="公園を歩きます。",
        meeting_place="正門前",
        audience="どなたでも",
        fee="500円",
        application="電話で申し込みます。",
        application_deadline=date(2026, 9, 30),
        application_deadline_time=time(17),
        is_also_online=True,
        online_url="https://video.example/1",
        contact=ContactPointFactory(
            organization="港区役所", phone="03-0000-0000", extension="12", email="office@city.example"
        ),
        venue=VenueFactory(
            name="芝公園",
            address="東京都港区芝公園4丁目",
            address_detail="広場",
            latitude="35.655",
            longitude="139.748",
        ),
    )
    entry = told(Event.objects.get(pk=event.pk))

    assert (entry.key, entry.path, entry.title) == (f"event-{event.pk}", event.get_absolute_url(), "歩く会")
    assert (entry.first_day, entry.last_day, entry.start_time, entry.end_time) == (DAY, DAY, time(10), time(12))
    assert entry.place == "芝公園 東京都港区芝公園4丁目 広場（オンラインでも参加できます）"
    assert entry.point == (35.655, 139.748)
    assert entry.contact == "港区役所 企画課 電話 03-0000-0000（内線12） office@city.example"
    assert entry.category == "講演会・シンポジウム・セミナー"
    assert entry.description.split("\n") == [
        "公園を歩きます。",
        "集合場所：正門前",
        "オンライン：https://video.example/1",
        "対象：どなたでも",
        "料金：500円",
        "申込：電話で申し込みます。",
        "申込期限：令和8年9月30日（水曜日）17:00",
    ]


def test_what_is_not_known_is_left_out():
    entry = told(EventFactory(venue=None))

    assert (entry.place, entry.point, entry.contact, entry.description, entry.whole) == ("", None, "", "", "")
    assert (entry.start_time, entry.end_time) == (None, None)


@pytest.mark.parametrize(
    ("venue", "is_also_online", "place"),
    [
        (None, True, "オンライン"),
        ({"name": "オンライン", "is_online": True}, True, "オンライン"),
        ({"name": "オンライン", "is_online": True}, False, "オンライン"),
        ({"name": "区政会館"}, False, "区政会館"),
    ],
)
def test_the_place_may_be_anywhere(venue, is_also_online, place):
    venue = VenueFactory(**venue) if venue else None

    assert told(EventFactory(venue=venue, is_also_online=is_also_online)).place == place


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"is_free": True}, "料金：無料"),
        ({"is_free": True, "fee": "無料（要入館料）"}, "料金：無料（要入館料）"),
        ({"is_free": False}, ""),
        ({"is_free": None}, ""),
    ],
)
def test_what_is_free_says_so(facts, line):
    assert told(EventFactory(**facts)).description == line


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"start_time": time(10), "end_time": time(17)}, ""),
        ({"start_time": time(10)}, ""),
        ({}, ""),
        ({"end_time": time(17)}, "～17:00"),
        ({"last_day": date(2026, 10, 12), "start_time": time(10), "end_time": time(17)}, "10:00～17:00"),
        ({"last_day": date(2026, 10, 12), "start_time": time(9, 5)}, "09:05～"),
        ({"last_day": date(2026, 10, 12)}, ""),
        (
            {"last_day": date(2026, 10, 11), "start_time": time(18), "end_time": time(9)},
            "初日18:00から最終日09:00まで",
        ),
    ],
)
def test_hours_that_the_entry_cannot_hold_are_told_in_words(facts, words):
    event = EventFactory(**facts)

    assert times_in_words(event) == words
    assert (f"時間：{words}" in told(event).description) is bool(words)


@pytest.mark.parametrize("facts", WITHOUT_DAYS)
def test_without_a_day_there_is_no_entry(facts):
    assert entries_of_event(EventFactory(**facts), AT) == []
    assert entries_of_exhibition(ExhibitionFactory(**facts)) == []


@pytest.mark.parametrize(
    ("status", "title", "standing"),
    [
        (Status.PLANNED, "講演会", CONFIRMED),
        (Status.HELD, "講演会", CONFIRMED),
        (Status.CHANGED, "【内容変更】講演会", CONFIRMED),
        (Status.CANCELLED, "【中止】講演会", CANCELLED),
        (Status.POSTPONED, "【延期】講演会", TENTATIVE),
        (Status.WITHHELD, "【見合わせ】講演会", TENTATIVE),
    ],
)
def test_the_title_says_what_became_of_the_plan(status, title, standing):
    event = told(EventFactory(title="講演会", status=status))
    (exhibition,) = entries_of_exhibition(ExhibitionFactory(title="講演会", status=status))

    assert (event.title, event.standing) == (exhibition.title, exhibition.standing) == (title, standing)


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"status_reason": "大雨のため。"}, "中止：大雨のため。"),
        ({"status_changed_on": date(2020, 3, 1)}, "中止（令和2年3月1日決定）"),
        (
            {"status_reason": "大雨のため。", "status_changed_on": date(2019, 5, 1)},
            "中止：大雨のため。（令和元年5月1日決定）",
        ),
        ({}, "中止"),
    ],
)
def test_the_reason_stands_first(facts, line):
    entry = told(EventFactory(status=Status.CANCELLED, summary="概要です。", **facts))

    assert entry.description.split("\n") == [line, "概要です。"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [("味の市", "【中止】【デモ】味の市"), ("【デモ】味の市", "【中止】【デモ】味の市")],
)
def test_what_is_fictional_says_so_once(title, shown):
    assert told(EventFactory(title=title, is_demo=True, status=Status.CANCELLED)).title == shown


def test_parts_with_days_stand_for_their_whole():
    whole = EventFactory(title="第2回の催し", first_day=date(2026, 7, 1), last_day=date(2026, 9, 30), revision=5)
    second = EventFactory(title="②催し", first_day=date(2026, 9, 30), parent=whole, listing_order=2)
    first = EventFactory(title="①催し", first_day=date(2026, 7, 1), parent=whole, listing_order=1)
    EventFactory(title="秘密の催し", first_day=date(2026, 8, 1), parent=whole, publication_state="draft")
    EventFactory(title="日程調整中", parent=whole, **WITHOUT_DAYS[0])

    entries = entries_of_event(Event.objects.for_calendar().with_calendar_parts(AT).get(pk=whole.pk), AT)

    assert [(entry.key, entry.title) for entry in entries] == [
        (f"event-{first.pk}", "①催し"),
        (f"event-{second.pk}", "②催し"),
    ]
    assert {entry.whole for entry in entries} == {f"event-{whole.pk}"}
    assert {entry.description for entry in entries} == {"「第2回の催し」の一部です。"}


def test_a_whole_whose_parts_have_no_days_stands_for_itself():
    whole = EventFactory(title="全体")
    EventFactory(parent=whole, **WITHOUT_DAYS[1])

    assert told(Event.objects.with_calendar_parts(AT).get(pk=whole.pk)).title == "全体"


@pytest.mark.parametrize("hidden", [{"publication_state": "draft"}, {"publication_state": "withdrawn"}])
def test_a_whole_that_is_not_public_is_not_told_of(hidden):
    part = EventFactory(parent=EventFactory(title="秘密の全体", status=Status.CANCELLED, **hidden))

    entry = told(part)

    assert (entry.whole, entry.description, entry.standing) == ("", "", CONFIRMED)


@pytest.mark.parametrize(
    ("whole", "part", "title"),
    [
        (Status.CANCELLED, Status.PLANNED, "【中止】分科会"),
        (Status.POSTPONED, Status.PLANNED, "【延期】分科会"),
        (Status.CANCELLED, Status.POSTPONED, "【延期】分科会"),
        (Status.PLANNED, Status.CANCELLED, "【中止】分科会"),
        (Status.CHANGED, Status.PLANNED, "分科会"),
    ],
)
def test_what_calls_off_the_whole_calls_off_its_parts(whole, part, title):
    event = EventFactory(title="分科会", status=part, parent=EventFactory(status=whole, status_reason="大雨のため。"))

    (entry,) = entry_of_event(event, AT)

    assert entry.title == title


def test_the_number_of_changes_rises_with_each_of_them():
    event = EventFactory()
    states = [told(event)]
    event.save()
    states.append(told(event))
    touch(Event.objects.filter(pk=event.pk))
    states.append(told(Event.objects.get(pk=event.pk)))

    assert [state.revision for state in states] == [0, 1, 2]
    assert states[0].changed < states[1].changed < states[2].changed


def test_a_part_changes_with_its_whole():
    whole = EventFactory()
    part = EventFactory(parent=whole)
    before = told(Event.objects.get(pk=part.pk))
    whole.status = Status.CANCELLED
    whole.save()
    after = told(Event.objects.get(pk=part.pk))

    assert after.revision == before.revision + 1
    assert after.changed > before.changed


def test_a_name_for_good_does_not_change_with_what_is_told():
    event = EventFactory(title="前の名前")
    before = told(event)
    event.title, event.first_day, event.last_day = "後の名前", DAY + timedelta(days=9), DAY + timedelta(days=9)
    event.save()

    assert (before.key, before.path, before.created) == (told(event).key, told(event).path, told(event).created)


@pytest.fixture
def touring():
    """An exhibition with a stop with days, one without, and one that was cancelled."""
    exhibition = ExhibitionFactory(
        title="全国連携展示",
        subtitle="お茶の京都",
        exhibitor="京都府町村会",
        summary="茶の道です。",
        first_day=DAY,
        last_day=DAY + timedelta(days=4),
        venue=VenueFactory(name="区政会館"),
    )
    ward = WardFactory(number=9, name="品川区")
    facts = {"exhibition": exhibition, "ward": ward}
    TourStopFactory(
        **facts,
        listing_order=1,
        first_day=date(2027, 4, 1),
        last_day=date(2027, 4, 3),
        venue=VenueFactory(name="区役所", latitude="35.609", longitude="139.73"),
        note="1階ロビー",
        state=StopState.PLANNED,
    )
    TourStopFactory(**facts, listing_order=2, state=StopState.PLANNED)
    TourStopFactory(
        **facts, listing_order=3, state=StopState.CANCELLED, first_day=date(2027, 5, 1), last_day=date(2027, 5, 1)
    )
    return exhibition


def all_of(exhibition: Exhibition):
    return entries_of_exhibition(Exhibition.objects.for_list().for_calendar().get(pk=exhibition.pk))


def test_an_exhibition_is_told_in_its_first_place_and_at_each_stop_with_days(touring):
    first, stop, cancelled = all_of(touring)
    title = "全国連携展示「お茶の京都」"

    assert [entry.title for entry in (first, stop, cancelled)] == [
        title,
        f"{title}（品川区）",
        f"【中止】{title}（品川区）",
    ]
    assert [entry.standing for entry in (first, stop, cancelled)] == [CONFIRMED, CONFIRMED, CANCELLED]
    assert [entry.place for entry in (first, stop, cancelled)] == ["区政会館", "品川区 区役所", "品川区"]
    assert [entry.point for entry in (first, stop, cancelled)] == [None, (35.609, 139.73), None]
    assert (stop.first_day, stop.last_day) == (date(2027, 4, 1), date(2027, 4, 3))
    assert first.description == "茶の道です。\n出展者：京都府町村会"
    assert stop.description == "1階ロビー\n茶の道です。\n出展者：京都府町村会"
    assert first.whole == ""
    assert stop.whole == cancelled.whole == first.key == f"exhibition-{touring.pk}"
    assert {entry.category for entry in (first, stop)} == {"全国連携展示"}


def test_stops_with_days_are_told_although_the_days_of_the_first_place_are_not_known():
    exhibition = ExhibitionFactory(**WITHOUT_DAYS[1])
    stop = TourStopFactory(exhibition=exhibition, first_day=DAY, last_day=DAY)

    assert [entry.key for entry in all_of(exhibition)] == [f"stop-{stop.pk}"]


@pytest.mark.parametrize(
    ("status", "state", "mark", "standing"),
    [
        (Status.PLANNED, StopState.PLANNED, "", CONFIRMED),
        (Status.HELD, StopState.HELD, "", CONFIRMED),
        (Status.PLANNED, StopState.HELD, "", CONFIRMED),
        (Status.PLANNED, StopState.ARRANGING, "【調整中】", TENTATIVE),
        (Status.PLANNED, StopState.UNKNOWN, "【不明】", TENTATIVE),
        (Status.CHANGED, StopState.PLANNED, "", CONFIRMED),
        (Status.CANCELLED, StopState.PLANNED, "【中止】", CANCELLED),
        (Status.POSTPONED, StopState.HELD, "【延期】", TENTATIVE),
        (Status.PLANNED, StopState.CANCELLED, "【中止】", CANCELLED),
        (Status.CANCELLED, StopState.CANCELLED, "【中止】", CANCELLED),
    ],
)
def test_a_stop_stands_as_it_is_itself_and_as_its_exhibition_is(status, state, mark, standing):
    exhibition = ExhibitionFactory(title="展示", status=status)
    (entry,) = entry_of_stop(TourStopFactory(exhibition=exhibition, state=state, first_day=DAY, last_day=DAY))

    assert (entry.title.split("展示")[0], entry.standing) == (mark, standing)


def test_no_field_can_hold_what_the_format_forbids():
    evil = "一行目\r\nBEGIN:VALARM\rX:1\x0b\x00\x1b\x7f\x85\u2028終わり".replace("\x00", "")
    event = EventFactory(
        title=evil,
        summary=evil,
        application=evil,
        status=Status.CANCELLED,
        status_reason=evil,
        contact=ContactPointFactory(organization=evil),
        venue=VenueFactory(name=evil, address=evil),
    )
    TourStopFactory(
        exhibition=ExhibitionFactory(title=evil, summary=evil),
        note=evil,
        first_day=DAY,
        last_day=DAY,
        venue=event.venue,
    )
    entries = [*entries_of_event(event, AT), *all_of(Exhibition.objects.get())]

    for entry in entries:
        for text in (entry.title, entry.place, entry.description, entry.contact):
            assert [character for character in text if not character.isprintable() and character != "\n"] == []
