"""The pages that explain the files."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType

from municipalities.models import WardTie
from portal.models import NewsItem
from portal.open_data.changes import FORMAT_CHANGES
from portal.open_data.tables import DATASETS
from tests.factories.core import UserFactory
from tests.factories.portal import NewsItemFactory
from tests.portal.open_data.test_answers import fill
from tests.reading import facts, links, main_text, table

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 10, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_page_costs_one_query_whatever_there_is(client, django_assert_num_queries, number):
    fill(number)
    with django_assert_num_queries(1):
        client.get("/open-data/")
    with django_assert_num_queries(1):
        client.get("/open-data/events/")


def test_every_file_is_offered_with_its_rows_and_last_change(client):
    with time_machine.travel(NOON):
        fill(3)

    rows = table(client.get("/open-data/"), "配布しているCSVファイル")

    told = {row[0].split()[0]: (row[1], row[2]) for row in rows[1:]}
    assert told == {
        "イベント一覧": ("3行", "2026年10月1日"),
        "全国連携展示": ("6行", "2026年10月1日"),
        "自治体": ("15行", "公開時のまま"),
        "各区の交流": ("3行", "公開時のまま"),
        "広域連携協定": ("3行", "2026年10月1日"),
        "被災地支援": ("3行", "2026年10月1日"),
        "公表値": ("3行", "公開時のまま"),
        "お知らせ": ("3行", "2026年10月1日"),
    }


def log(model, flag):
    return LogEntry.objects.create(
        user=UserFactory(), content_type=ContentType.objects.get_for_model(model), object_repr="", action_flag=flag
    )


def test_changes_that_records_do_not_keep_are_read_from_the_log(client):
    with time_machine.travel(NOON):
        fill(1)
    with time_machine.travel(NOON.replace(day=5)):
        log(WardTie, CHANGE)
        log(NewsItem, DELETION)
    with time_machine.travel(NOON.replace(day=9)):
        log(NewsItem, CHANGE)

    rows = table(client.get("/open-data/"), "配布しているCSVファイル")

    told = {row[0].split()[0]: row[2] for row in rows[1:]}
    assert (told["各区の交流"], told["お知らせ"]) == ("2026年10月5日", "2026年10月5日")


def test_what_only_the_office_knows_is_no_change(client):
    with time_machine.travel(NOON):
        NewsItemFactory()
    with time_machine.travel(NOON.replace(day=20)):
        NewsItemFactory(publication_state="draft")
        NewsItemFactory(is_demo=True)

    rows = table(client.get("/open-data/"), "配布しているCSVファイル")

    assert next(row[1:3] for row in rows if row[0].startswith("お知らせ")) == ["1行", "2026年10月1日"]


def test_both_encodings_and_formats_are_linked(client):
    page = client.get("/open-data/").content.decode()

    for dataset in DATASETS.values():
        for number, profile in enumerate(dataset.profiles):
            asked = f"profile={profile.id}" if number else ""
            plain = f"/open-data/{dataset.id}.csv{'?' + asked if asked else ''}"
            other = f"/open-data/{dataset.id}.csv?{asked + '&amp;' if asked else ''}enc=sjis"
            assert f'href="{plain}"' in page
            assert f'href="{other}"' in page


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.id)
def test_the_dictionary_explains_every_column_in_order(client, dataset):
    response = client.get(f"/open-data/{dataset.id}/")

    for profile in dataset.profiles:
        rows = table(response, profile.title)
        assert rows[0] == ["項目名", "必須", "意味", "値の形", "例"]
        assert [row[0] for row in rows[1:]] == [column.header for column in profile.columns]
        assert [row[3] for row in rows[1:]] == [column.kind.value for column in profile.columns]
        assert [row[1] == "必須" for row in rows[1:]] == [column.is_required for column in profile.columns]


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.id)
def test_every_column_has_a_header_and_a_meaning_of_its_own(dataset):
    for profile in dataset.profiles:
        assert len(set(profile.headers)) == len(profile.headers)
        assert [column.header for column in profile.columns if not column.meaning.endswith("。")] == []


def test_the_licence_and_the_conventions_are_stated(client):
    text = main_text(client.get("/open-data/"))

    assert "CC BY 4.0" in text
    assert "「〓」に置き換えます" in text
    assert "先頭に「'」を付けます" in text
    assert "デモデータと、公開前や取り下げた記録は入りません" in text


def test_the_log_of_format_changes_is_shown_newest_first(client):
    told = facts(client.get("/open-data/"))

    days = [change.on for change in FORMAT_CHANGES]
    assert days == sorted(days, reverse=True)
    assert (
        "イベント一覧・全国連携展示・自治体・各区の交流・広域連携協定・被災地支援・公表値・お知らせ：公開を始めました。"
        in told["2026年11月25日"]
    )
    assert {dataset for change in FORMAT_CHANGES for dataset in change.datasets} <= DATASETS.keys()


def test_the_page_leads_to_the_api_and_the_foot_to_the_page(client):
    assert links(client.get("/open-data/"))["データを取り出すAPI"] == "/api/v1/"
    assert '<a href="/open-data/">オープンデータ</a>' in client.get("/").content.decode()
