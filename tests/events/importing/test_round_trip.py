"""What we publish reads back as what we have, and a file that was read says nothing new the second time."""

import csv
import io
from datetime import date, time

import pytest
from django.utils import timezone

from events.choices import DatePrecision, EventKind, EventRoleKind, Status
from events.importing.events import import_events
from events.models import Event
from events.profiles import BASE_REGISTRY, PROFILES, RECOMMENDED
from events.profiles.writing import event_record, row_of
from portal.core.cells import defused, in_windows_31j
from portal.core.importing.remarks import Outcome
from portal.core.models import ContactPoint
from tests.core.importing.files import csv_file, workbook
from tests.factories.core import ContactPointFactory, ImageFactory
from tests.factories.events import EventFactory, EventRoleFactory, VenueFactory
from tests.factories.municipalities import (
    CompanyFactory,
    MunicipalityFactory,
    PartnerBodyFactory,
    PrefectureFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)


def exported(profile, encoding="utf-8-sig"):
    """All events as we publish them in a profile."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    now = timezone.now()
    rows = [row_of(event_record(event, now), profile) for event in Event.objects.for_open_data(now)]
    as_written = in_windows_31j if encoding == "cp932" else str
    writer.writerows([[as_written(defused(cell)) for cell in row] for row in [profile.headers, *rows]])
    return io.BytesIO(target.getvalue().encode(encoding))


def moments():
    return list(Event.objects.order_by("pk").values_list("pk", "updated_at", "revision"))


@pytest.fixture
def many(db):
    """Events of every sort, with everything that may make reading back hard."""
    town = MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))
    ward = WardFactory(code="131041", name="新宿区")
    venue = VenueFactory(
        name="架空公園〜北口",
        municipality=town,
        address="角田字架空1-1",
        address_detail="東口",
        latitude="37.977",
        longitude="140.782",
        access="徒歩10分\n駅前から",
        parking="なし",
        postal_code="981-1505",
    )
    contact = ContactPointFactory(organization="角田市", department="観光課", phone="0224-00-0000", extension="12")
    full = EventFactory(
        owner=town,
        number="7",
        kind=EventKind.MEMBER,
        title="=架空まつり𠮷",
        title_kana="かくう",
        theme="−テーマ−",
        summary="一行目\n二行目",
        programme="'=次第",
        venue=venue,
        contact=contact,
        start_time=time(10),
        end_time=time(23, 59),
        is_free=True,
        capacity=0,
        remarks="備考",
        application_deadline=date(2026, 9, 1),
        application_deadline_time=time(17),
        url="http://a.example.jp/",
        status=Status.CANCELLED,
        status_reason="大雨のため\n中止",
        audience="どなたでも",
        fee_detail="なし",
    )
    full.images.set([ImageFactory()])
    EventFactory(owner=town, number="7-1", parent=full, title="部分")
    for role, holder in [
        (EventRoleKind.ORGANIZER, {"municipality": town}),
        (EventRoleKind.ORGANIZER, {"name": "実行委員会"}),
        (EventRoleKind.CO_ORGANIZER, {"body": PartnerBodyFactory()}),
        (EventRoleKind.SPONSOR, {"company": CompanyFactory()}),
        (EventRoleKind.PATRON, {"name": "甲協会"}),
        (EventRoleKind.PATRON, {"name": "乙協会"}),
    ]:
        EventRoleFactory(event=full, role=role, **{"name": "", **holder})
    EventFactory(owner=ward, number="", venue=None, status=Status.HELD, fee="500円")
    EventFactory(owner=None, first_day=None, fiscal_year=2020, date_note="調整中", status=Status.POSTPONED)
    EventFactory(
        owner=None,
        first_day=date(2017, 12, 1),
        last_day=date(2017, 12, 31),
        venue=None,
        date_precision=DatePrecision.MONTH,
    )
    EventFactory(owner=None, contact=ContactPointFactory(phone="03-0000-0000（代表）"), publication_state="draft")
    return Event.objects.all()


@BOTH
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp932"])
def test_our_own_file_changes_nothing(many, profile, encoding):
    before = moments()
    at = timezone.now()
    records = [event_record(event, at) for event in many.for_open_data(at)]

    report = import_events(exported(profile, encoding), apply=True)

    told = [(result.name, *result.problems, *result.changes, *result.notes) for result in report.results]
    assert {result.outcome for result in report.results} == {Outcome.SAME}, told
    assert [result.notes for result in report.results] == [()] * len(before)
    assert moments() == before
    assert [event_record(event, at) for event in Event.objects.for_open_data(at)] == records


@BOTH
def test_our_own_rows_in_a_workbook_change_nothing(many, profile):
    before = moments()
    now = timezone.now()
    rows = [row_of(event_record(event, now), profile) for event in Event.objects.for_open_data(now)]

    report = import_events(workbook(profile.headers, *([defused(cell) for cell in row] for row in rows)), apply=True)

    assert {result.outcome for result in report.results} == {Outcome.SAME}
    assert moments() == before


@BOTH
def test_what_was_exported_makes_the_same_events_elsewhere(many, profile):
    """All but what the format does not tell: the keys, the kind, the time of day it was written."""
    at = timezone.now()
    fields = [column.field for column in profile.columns if column.field not in ("number", "sub_events", "image_url")]
    many.update(fee_detail="")
    ContactPoint.objects.filter(phone__contains="代表").update(phone="03-0000-0000")
    source = exported(profile)
    told = [[getattr(event_record(event, at), name) for name in fields] for event in many.for_open_data(at)]
    Event.objects.update(parent=None)
    Event.objects.all().delete()

    report = import_events(source, apply=True)

    assert {result.outcome for result in report.results} == {Outcome.NEW}
    again = [[getattr(event_record(event, at), name) for name in fields] for event in Event.objects.for_open_data(at)]
    assert [[_plain(value) for value in row] for row in again] == [[_plain(value) for value in row] for row in told]


def _plain(value):
    """A reason of several lines comes back in one."""
    return " ".join(value.split()) if isinstance(value, str) else value


TOWN_HALL = {
    RECOMMENDED.id: {
        "都道府県コード又は市区町村コード": "042081",
        "NO": "１",
        "都道府県名": "宮城県",
        "イベント名": "架空の梅まつり〜春〜",
        "開始日": "令和9年3月6日（土）～7日",
        "開始時間": "午前10時～24:00",
        "料金(基本)": "入場無料（飲食は有料）",
        "定員": "先着50名",
        "場所名称": "架空公園",
        "住所": "角田字架空１－１",
        "連絡先名称": "観光課",
        "連絡先電話番号": "０２２４－００－００００",
        "主催者": "角田市，実行委員会",
        "URL": "www.example.jp",
        "駐車場情報": "なし",
        "備考": "【延期】都合により\n－",
    },
    BASE_REGISTRY.id: {
        "都道府県コード又は市区町村コード": "042081",
        "NO": "１",
        "名称": "架空の梅まつり",
        "開始日": "未定",
        "日時備考": "令和8年度中",
        "状態": "開催予定",
        "イベント種類": "お祭り",
        "名称(カナ)": "うめまつり",
        "住所都道府県": "宮城県",
        "住所市区町村": "角田市",
        "場所名称": "市民会館",
        "その他関係団体": "甲社",
        "定員": "30組",
        "郵便番号": "〒9811505",
        "申込期限日": "R9.2.28",
        "申込期限時刻": "正午",
    },
}


@BOTH
@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_same_file_a_second_time_changes_nothing(profile, encoding):
    MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))
    VenueFactory(name="市民会館", address="東京都新宿区1-1")
    cells = {name: in_windows_31j(cell) for name, cell in TOWN_HALL[profile.id].items()}
    file = csv_file(profile.headers, cells, encoding=encoding).getvalue()
    first = import_events(io.BytesIO(file), apply=True)
    before = moments()

    second = import_events(io.BytesIO(file), apply=True)

    assert [result.outcome for result in first.results] == [Outcome.NEW]
    assert [(result.outcome, result.changes) for result in second.results] == [(Outcome.SAME, ())]
    assert moments() == before
