"""Every record says where it stands in the paper; what is wrong there stays as printed and is explained."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from disaster_support.models import Disaster
from events.choices import DatePrecision
from events.models import Event, Exhibition
from municipalities.models import CooperationAgreement
from portal.core.models import SourceNote
from portal.core.publishing import PublicationState
from portal.core.wareki import WEEKDAYS, parse_date
from portal.official.tables import TABLES
from tests.portal.official.records import note_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_data")]


ERA_DATE = re.compile(r"(?:(平成|令和)(元|[０-９]+)年)?(?:([０-９]+)月)? ?([０-９]+)日（(.)）")


def test_every_record_says_where_it_stands_and_is_public_from_one_moment():
    moment = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
    for table in TABLES:
        notes = SourceNote.objects.filter(content_type__model=table.model._meta.model_name)
        assert set(notes.values_list("object_id", flat=True)) == set(table.model.objects.values_list("pk", flat=True))
    for model in (Event, Exhibition, Disaster, CooperationAgreement):
        assert set(model.objects.values_list("publication_state", "publish_at", "is_demo")) == {
            (PublicationState.PUBLISHED, moment, False)
        }
    assert set(SourceNote.objects.values_list("source", flat=True)) == {"特別区全国連携プロジェクト概要資料"}
    assert not SourceNote.objects.filter(line=None).exists()
    assert not SourceNote.objects.filter(as_printed="").exists()


def test_printed_errors_stay_as_printed_and_are_explained():
    explained = SourceNote.objects.exclude(reason="").values_list("key", "line", "corrected")

    assert list(explained) == [
        ("figure-agreements-total-2020", 123, ""),
        ("exhibition-2017-2", 338, "平成２９年１１月１５日（水）～１２月２６日（火）"),
        ("exhibition-2019-1", 350, ""),
        ("support-fukushima-offshore-earthquake-1", 418, "・復興支援金１００万円を拠出"),
        ("plan-symposiums", 510, "〇２３区一体事業の展開"),
    ]
    assert "１２月２６日（金）" in note_of("exhibition-2017-2").as_printed
    assert note_of("support-fukushima-offshore-earthquake-1").as_printed == "・復興支援金１００万円円を拠出"
    assert note_of("plan-symposiums").as_printed.startswith("〇２３一体事業の展開")
    assert "（北海道町村）「ぐんま" in note_of("exhibition-2019-1").as_printed


def printed_days(text):
    """The days of a text with the weekdays printed beside them; year and month carry over from the day before."""
    year = month = None
    for era, number, month_text, day, weekday in ERA_DATE.findall(text):
        year, month = f"{era}{number}" if era else year, month_text or month
        yield parse_date(f"{year}年{month}月{day}日"), weekday


def test_only_the_known_weekday_is_wrong():
    wrong = {
        (note.key, day)
        for note in SourceNote.objects.all()
        for day, weekday in printed_days(note.as_printed)
        if WEEKDAYS[day.weekday()] != weekday
    }

    assert wrong == {("exhibition-2017-2", date(2017, 12, 26))}


def test_the_days_of_every_record_are_those_printed():
    scheduled = [*Event.objects.filter(date_precision=DatePrecision.DAY), *Exhibition.objects.all()]
    for item in scheduled:
        days = [day for day, _ in printed_days(item.source_notes.get().as_printed)]
        assert (item.first_day, item.last_day) == (min(days), max(days))
    assert len(scheduled) == 30
