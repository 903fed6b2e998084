"""What authors are told after saving: warnings that name the field, never a refusal, never a change."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from events.models import Event
from tests.admin.filling_in import errors_of, send
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.municipalities import PrefectureFactory

pytestmark = pytest.mark.django_db


def warnings(response):
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request) if message.level_tag == "warning"]


def change(record):
    return reverse(f"admin:events_{record._meta.model_name}_change", args=[record.pk])


@pytest.fixture
def event():
    """A draft: one in public would only get a proposal."""
    return EventFactory(
        publication_state="draft", title="講演会", title_kana="こうえんかい", first_day=date(2199, 10, 10)
    )


def test_a_sound_event_is_saved_without_a_word(office, event):
    assert warnings(send(office, change(event))) == []


def test_everything_doubtful_is_named_and_saved_as_typed(office, event):
    PrefectureFactory(code="10", name="群馬県", name_kana="ぐんまけん")
    response = send(office, change(event), title="ぐんまの日", title_kana="", date_note="10月10日（金）", fee="無料")

    assert warnings(response) == [
        "名称：「ぐんま」とありますが、群馬県は関係する都道府県に入っていません。",
        "読み：読みがありません。五十音順の一覧や読み上げに使います。",
        "参加無料：料金は書かれていますが、「参加無料」が「不明」のままです。",
        "日程の補足：「10月10日（金）」とありますが、令和181年10月10日は木曜日です。",
    ]
    event.refresh_from_db()
    assert (event.title, event.title_kana, event.date_note) == ("ぐんまの日", "", "10月10日（金）")


def test_a_prefecture_chosen_in_the_same_form_counts(office, event):
    gunma = PrefectureFactory(code="10", name="群馬県", name_kana="ぐんまけん")

    assert warnings(send(office, change(event), title="ぐんまの日", prefectures=[gunma.pk])) == []


def test_a_new_event_that_may_be_a_duplicate_is_made_and_told(office, event):
    response = send(
        office,
        reverse("admin:events_event_add"),
        kind="lecture",
        title="講演会。",
        title_kana="こうえんかい",
        fiscal_year="2199",
        first_day="2199-10-10",
        last_day="2199-10-10",
        venue=event.venue_id,
    )

    assert warnings(response) == [
        f"名称：同じ日の「講演会」（番号{event.pk}）とよく似ています。二重の登録ではありませんか。"
    ]
    assert Event.objects.count() == 2


def test_a_weekday_typed_into_a_date_that_does_not_fit_is_refused(office, event):
    refused = send(office, change(event), first_day="平成29年12月26日（金）")

    assert errors_of(refused) == ["平成29年12月26日は火曜日です。"]


def test_what_the_database_refuses_stays_refused(office, event):
    refused = send(office, change(event), last_day="2199-10-09")

    assert errors_of(refused) == ["最終日は初日より前にできません。"]


def test_a_report_is_looked_through_too(office):
    event = EventFactory(title_kana="よみ", first_day=date(2017, 9, 9), status="held")
    address = reverse("admin:events_eventreport_change", args=[event.pk])

    assert warnings(send(office, address, results="9月9日（日）に開きました。")) == [
        "開催報告：「9月9日（日）」とありますが、平成29年9月9日は土曜日です。"
    ]


def test_an_exhibition_is_looked_through_too(office):
    exhibition = ExhibitionFactory(first_day=date(2017, 9, 9))

    assert warnings(send(office, change(exhibition), summary="9月9日（日）から")) == [
        "実施状況：日程は終わっていますが、「予定」のままです。「開催」などに改めてください。",
        "概要：「9月9日（日）」とありますが、平成29年9月9日は土曜日です。",
    ]
