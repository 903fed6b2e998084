"""The secretariat learns what was searched in vain, and nothing of who searched."""

from datetime import UTC, date, datetime

import pytest

from portal.models import SearchMiss
from portal.search import misses
from portal.search.misses import forget_old_misses, may_be_kept, note_miss
from tests.factories.portal import NewsItemFactory
from tests.factories.search import SearchMissFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), tick=False)


def noted():
    return list(SearchMiss.objects.values_list("words", "day", "times", "found"))


def test_what_was_not_found_is_counted_by_day(ask, time_machine):
    ask("瑪瑙　ＡＢＣ")
    ask("瑪瑙 ABC")
    time_machine.move_to(datetime(2026, 11, 25, 3, 0, tzinfo=UTC), tick=False)
    ask("瑪瑙 ABC")

    assert noted() == [("瑪瑙 ABC", date(2026, 11, 25), 1, 0), ("瑪瑙 ABC", date(2026, 11, 24), 2, 0)]


def test_what_is_only_mentioned_is_noted_and_what_is_named_is_not(ask):
    NewsItemFactory(title="花の知らせ", body="<p>翡翠も並びます。</p>")
    ask("翡翠")
    ask("花の知らせ")

    assert noted() == [("翡翠", date(2026, 11, 24), 1, 1)]


def test_neither_further_choices_nor_suggestions_are_searches(ask, client):
    ask("瑪瑙", kind="news")
    client.get("/search/suggestions/?q=瑪瑙")
    client.get("/search/")

    assert noted() == []


@pytest.mark.parametrize(
    "words",
    [
        "hanako@example.jp",
        "hanako＠example",
        "https://example.jp/",
        "example.com",
        "03-1234-5678",
        "0312345678",
        "０９０－１２３４－５６７８",
        "100-0001",
        "霞が関1丁目",
        "飯田橋3-5-1",
        "大字東123番地",
        "山田花子さん",
        "山田太郎様",
        "あ" * 41,
        "",
    ],
)
def test_what_may_tell_of_a_person_is_not_kept(words):
    assert not may_be_kept(words)
    note_miss(words=words, found=0)
    assert noted() == []


@pytest.mark.parametrize("words", ["温泉", "平成30年度 講演会", "第2回展示", "お客様の声 窓口", "H30", "131016"])
def test_ordinary_words_are_kept(words):
    assert may_be_kept(words)


def test_who_tries_words_by_machine_fills_no_table(monkeypatch):
    monkeypatch.setattr(misses, "MOST_A_DAY", 2)
    for words in ("一つ", "二つ", "三つ", "一つ"):
        note_miss(words=words, found=0)

    assert {row[0]: row[2] for row in noted()} == {"一つ": 2, "二つ": 1}


def test_after_a_year_it_is_forgotten():
    SearchMissFactory(words="古い", day=date(2025, 11, 22))
    SearchMissFactory(words="まだ", day=date(2025, 11, 23))

    assert forget_old_misses() == 1
    assert [row[0] for row in noted()] == ["まだ"]
