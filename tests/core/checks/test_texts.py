"""What is read of a record: the columns in which people write, and the paper that its notes quote."""

from datetime import date

from events.models import Event, Venue
from portal.core.checks import Doubt, doubts_in, doubts_in_texts
from portal.core.checks.texts import text_fields
from portal.core.models import SourceNote
from portal.models import NewsItem, PlanItem

WRONG_DAY = "「12月26日（金）」とありますが、平成29年12月26日は火曜日です。"


def test_a_text_is_read_for_weekdays_and_for_slips():
    assert list(doubts_in("summary", "平成29年12月26日（金）に100円円", None)) == [
        Doubt("weekday", "summary", "「平成29年12月26日（金）」とありますが、平成29年12月26日は火曜日です。"),
        Doubt("misprint", "summary", "「100円円」とありますが、「円」が重なっています。"),
    ]
    assert list(doubts_in("summary", "")) == []


def test_a_date_without_its_year_is_read_near_the_day_of_the_record():
    text = "１２月２６日（金）"

    assert [doubt.message for doubt in doubts_in("title", text, date(2017, 11, 15))] == [WRONG_DAY]
    assert list(doubts_in("title", text, date(2014, 11, 15))) == []
    assert list(doubts_in("title", text)) == []


def test_columns_and_notes_are_read():
    item = NewsItem(title="23一体事業", body="300円円")
    notes = [SourceNote(as_printed="５人人"), SourceNote(as_printed="", reason="「６人人」は誤りです。")]

    found = [(doubt.field, doubt.message[:7]) for doubt in doubts_in_texts(item, notes)]

    assert found == [("title", "「23一体事業"), ("body", "「300円円」"), ("source_notes", "「５人人」とあ")]


def test_a_column_can_be_left_out():
    item = PlanItem(heading="23一体事業", title="２３共同")

    assert [doubt.field for doubt in doubts_in_texts(item, [], leave_out=("heading",))] == ["title"]


def test_keys_addresses_and_words_of_a_vocabulary_are_no_texts():
    assert set(text_fields(NewsItem)) == {"title", "body", "change_note", "withdrawal_note", "internal_note"}
    assert {"url", "kind", "status", "id"} & set(text_fields(Event)) == set()
    assert {"programme", "results", "remarks", "fee_detail"} <= set(text_fields(Event))
    assert "address" in text_fields(Venue)
