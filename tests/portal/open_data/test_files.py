"""Every public file can be read back to the records it was made from, and holds nothing that is not public."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from disaster_support.choices import SupportKind
from events.choices import EventRoleKind, StopState
from events.models import Event
from events.profiles import PROFILES
from events.profiles.writing import event_record
from municipalities.choices import TieKind
from portal.choices import FigureState
from portal.core.cells import in_windows_31j
from portal.open_data.dataset import Moment
from portal.open_data.tables import DATASETS
from tests.factories.core import ContactPointFactory, ImageFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.events import EventFactory, EventRoleFactory, ExhibitionFactory, TourStopFactory, VenueFactory
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.factories.portal import NewsItemFactory, PublishedFigureFactory
from tests.portal.open_data.reading import download, values, without_times

pytestmark = pytest.mark.django_db

ENCODINGS = ["utf-8", "sjis"]
AWKWARD = '=1+1, "引用", 改行\nと10〜16時、𠮷野'


def rich_event():
    """An event of which everything is told, with text that files find hard."""
    ward = WardFactory()
    venue = VenueFactory(
        name="区民会館",
        municipality=ward,
        postal_code="102-0072",
        address="中央3-5-1",
        address_detail="1階",
        access="駅から徒歩5分",
        latitude=Decimal("35.701000"),
        longitude=Decimal("139.748"),
    )
    event = EventFactory(
        title=AWKWARD,
        title_kana="くみんまつり",
        owner=ward,
        number="A-1",
        venue=venue,
        contact=ContactPointFactory(
            organization="区役所", phone="+81-3-0000-0000", extension="12", email="renkei@example.jp"
        ),
        first_day=date(2026, 12, 31),
        last_day=date(2027, 1, 3),
        start_time=time(10, 0),
        end_time=time(16, 30),
        date_note="-雨天中止",
        capacity=100,
        is_free=True,
        application_deadline=date(2026, 12, 20),
        application_deadline_time=time(17, 0),
        remarks="@手話通訳",
        url="https://www.example.jp/forum",
    )
    EventRoleFactory(event=event, name="甲社", role=EventRoleKind.SPONSOR)
    EventRoleFactory(event=event, name="乙社", role=EventRoleKind.SPONSOR)
    EventRoleFactory(event=event, name="", municipality=ward)
    event.images.add(ImageFactory())
    EventFactory(title="部分①", parent=event)
    return event


def everything_else():
    """At least one row of each other file."""
    town = MunicipalityFactory(official_site="https://www.example.jp/", latitude="35.5", longitude="139.5")
    WardTieFactory(municipality=town, title=AWKWARD, kind=TieKind.DISASTER, ends_on=date(2020, 4, 1))
    CooperationAgreementFactory(members=[town], ends_on=date(2026, 4, 1), renews_annually=True)
    CooperationAgreementFactory()
    stop = TourStopFactory(
        state=StopState.PLANNED, note="+調整中", first_day=date(2026, 11, 1), last_day=date(2026, 11, 9)
    )
    TourStopFactory(exhibition=stop.exhibition, ward=None, state=StopState.ARRANGING, fiscal_year=2027)
    SupportRecordFactory(amount_yen=3_740_250_000, as_of=date(2021, 3, 31), is_cumulative=True)
    SupportRecordFactory(amount_yen=None, kind=SupportKind.GOODS, description=AWKWARD)
    PublishedFigureFactory(value=None, state=FigureState.DID_NOT_EXIST, as_of=date(2015, 10, 1))
    PublishedFigureFactory(value=732, is_total=True)
    NewsItemFactory(title=AWKWARD, body="1行目\r\n2行目")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_events_come_back_as_the_same_records(client, profile, encoding):
    rich_event()
    EventFactory(first_day=None, fiscal_year=2020, status="cancelled", status_reason="大雨のため")
    at = timezone.now()

    header, *rows = download(client, f"/open-data/events.csv?profile={profile.id}", encoding)

    records = [event_record(event, at, "http://testserver") for event in Event.objects.for_open_data(at)]
    expected = [tuple(getattr(record, column.field) for column in profile.columns) for record in records]
    assert tuple(header) == profile.headers
    assert len(rows) == 3
    assert [values(row, profile) for row in rows] == [held(row, encoding) for row in expected]


def held(row, encoding):
    """Values as an encoding can hold them."""
    if encoding == "utf-8":
        return row
    return tuple(in_windows_31j(value) if isinstance(value, str) else value for value in row)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", [name for name in DATASETS if name != "events"])
def test_every_other_file_comes_back_as_the_same_rows(client, name, encoding):
    everything_else()
    dataset = DATASETS[name]
    profile = dataset.profiles[0]
    moment = Moment(timezone.now(), "http://testserver")

    header, *rows = download(client, f"/open-data/{name}.csv", encoding)

    expected = without_times(held(row, encoding) for row in dataset.rows(moment, profile))
    assert tuple(header) == profile.headers
    assert rows
    assert without_times(values(row, profile) for row in rows) == expected


def test_a_line_of_the_recommended_format(client):
    rich_event()

    _, row, part = download(client, "/open-data/events.csv")

    assert row == [
        *("131016", "A-1", "東京都", "第1区", f"'{AWKWARD}", "クミンマツリ", "", "2026-12-31", "2027-01-03"),
        *("10:00", "16:30", "'-雨天中止", "", "無料", "", "区役所 企画課", "+81-3-0000-0000", "12", "第1区"),
        *("区民会館", "東京都第1区中央3-5-1", "1階", "35.701", "139.748", "駅から徒歩5分", "", "100"),
        *("2026-12-20", "17:00", "", "https://www.example.jp/forum", "'@手話通訳"),
    ]
    assert part[4] == "部分①"


def test_a_line_of_the_base_registry(client):
    rich_event()

    header, row, _ = download(client, "/open-data/events.csv?profile=base-registry")

    told = dict(zip(header, row, strict=True))
    assert told["サブイベント"] == "部分①"
    assert told["その他関係団体"] == "協賛：甲社、乙社"
    assert [told[name] for name in ("住所都道府県", "住所市区町村", "住所町名", "住所丁目以下")] == [
        *("東京都", "第1区", "中央", "3-5-1")
    ]
    assert told["画像URL"].startswith("http://testserver/media/images/")


def test_what_was_cancelled_is_told_in_formats_without_a_column_for_it(client):
    EventFactory(first_day=None, fiscal_year=2020, status="cancelled", status_reason="大雨のため", remarks="要申込み")

    header, row = download(client, "/open-data/events.csv")

    told = dict(zip(header, row, strict=True))
    assert told["備考"] == "【中止】大雨のため\n要申込み"
    assert (told["開始日"], told["開始日時特記事項"]) == ("", "2020年度（日は未定または不明）")
    assert (told["都道府県コード又は市区町村コード"], told["NO"]) == ("130001", str(Event.objects.get().pk))


def test_what_did_not_exist_yet_is_an_empty_cell_and_not_zero(client):
    PublishedFigureFactory(value=None, state=FigureState.DID_NOT_EXIST)

    header, row = download(client, "/open-data/statistics.csv")

    told = dict(zip(header, row, strict=True))
    assert (told["数"], told["区分"]) == ("", "まだなかった")


def test_periods_are_told_by_their_last_day(client):
    agreement = CooperationAgreementFactory(ends_on=date(2026, 4, 1))
    AgreementMemberFactory(agreement=agreement, joined_on=date(2016, 4, 26), left_on=date(2024, 4, 1))

    header, row = download(client, "/open-data/agreements.csv")

    told = dict(zip(header, row, strict=True))
    assert (told["終了日"], told["離脱日"]) == ("2026-03-31", "2024-03-31")


def hidden(factory, **fields):
    """Rows of a kind that nobody outside may see, and one that is fictional."""
    later = timezone.now() + timedelta(days=9)
    factory(publication_state="draft", **fields)
    factory(publication_state="withdrawn", **fields)
    factory(publish_at=later, **fields)
    factory(unpublish_at=timezone.now() - timedelta(days=1), **fields)
    return factory(is_demo=True, **fields)


def test_no_file_holds_what_is_not_public_or_fictional(client):
    PrefectureFactory(code="14", name="神奈川県")
    town = MunicipalityFactory()
    whole = EventFactory(title="公開の催し")
    hidden(EventFactory, title="秘密", parent=whole)
    TourStopFactory(exhibition=hidden(ExhibitionFactory, title="秘密"), note="秘密")
    hidden(NewsItemFactory, title="秘密")
    AgreementMemberFactory(agreement=hidden(CooperationAgreementFactory), municipality=town)
    SupportRecordFactory(disaster=DisasterFactory(name="秘密の災害", is_demo=True))
    SupportRecordFactory(disaster=DisasterFactory(name="秘密の下書き", publication_state="draft"))
    SupportRecordFactory(disaster=DisasterFactory(name="公開の災害"), is_demo=True)
    WardTieFactory(title="秘密", municipality=town, is_demo=True)
    PublishedFigureFactory(label="秘密", is_demo=True)

    files = {name: download(client, f"/open-data/{name}.csv") for name in DATASETS}

    assert {name: len(rows) - 1 for name, rows in files.items() if name != "municipalities"} == {
        "events": 1,
        **dict.fromkeys(("exhibitions", "ties", "agreements", "disaster-support", "statistics", "news"), 0),
    }
    assert "秘密" not in str(files)
    assert "秘密" not in str(download(client, "/open-data/events.csv?profile=base-registry"))
    assert [row[-3:] for row in files["municipalities"] if row[0] == town.code] == [["無", "無", "無"]]


@pytest.mark.parametrize("name", DATASETS)
def test_the_page_counts_the_lines_of_the_file(client, name):
    rich_event()
    everything_else()

    lines = download(client, f"/open-data/{name}.csv")

    page = client.get(f"/open-data/{name}/")
    assert page.context["summary"].row_count == len(lines) - 1 > 0
