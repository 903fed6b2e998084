"""The disaster mode: one switch, a top page of a few kilobytes, a drill that ends by itself."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from disaster_support.actions import switch_off, switch_on
from disaster_support.choices import ModeKind
from disaster_support.models import DisasterMode
from disaster_support.situation import situation
from portal.core.models import AuditEntry
from tests.factories.core import ImageFactory, UserFactory
from tests.factories.disaster_support import DisasterFactory, EmergencyNoticeFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
LINE = "現在、災害時用（軽量版）のトップページを表示しています。"


def top(client, **query):
    situation.forget()
    return client.get(reverse("home"), query).content.decode()


def test_the_top_page_is_light_while_the_mode_is_on(client):
    assert LINE not in top(client)
    switch_on(kind=ModeKind.ON, by=None, reason="訓練ではない")
    assert LINE in top(client)
    assert LINE not in top(client, view="normal")
    assert switch_off(by=None) == 1
    assert LINE not in top(client)


def test_the_light_page_has_no_image_font_or_script_and_ten_kilobytes_at_most(client):
    for number in range(20):
        NewsItemFactory(title=f"{number}つ目の長いお知らせの題名です。被害の状況と支援の受付について")
        DisasterFactory()
    EmergencyNoticeFactory.create_batch(3)
    NewsItemFactory(title="未公開のお知らせ", publication_state="draft", publish_at=None)
    switch_on(kind=ModeKind.ON, by=None)
    html = top(client)
    assert re.findall(r"<(?:img|picture|svg|script|video|iframe)|@font-face|srcset|rel=\"preload\"", html) == []
    assert len(gzip.compress(html.encode())) < 10_000
    assert "19つ目の長いお知らせ" in html
    assert "未公開" not in html
    assert "地震についてのお知らせ" in html
    assert 'href="?view=normal"' in html


def test_the_other_pages_shed_their_scripts(client):
    assert "js/filters.js" in client.get(reverse("event_list")).content.decode()
    switch_on(kind=ModeKind.ON, by=None)
    html = client.get(reverse("event_list")).content.decode()
    assert "js/filters.js" not in html
    assert "application/ld+json" not in html


HEAVY = {
    "/statistics/": "trend-chart",
    "/statistics/years/": "line-chart",
    "/statistics/prefectures/": "tile-map",
    "/disaster-support/": "bar-chart",
}


@pytest.mark.parametrize("address", HEAVY)
def test_pages_shed_what_is_drawn_but_no_number(client, address):
    call_command("load_reference", verbosity=0)
    call_command("load_official", verbosity=0)
    drawn = client.get(address)
    assert f'class="{HEAVY[address]}' in drawn.content.decode()

    switch_on(kind=ModeKind.ON, by=None)
    light = client.get(address)

    assert f'class="{HEAVY[address]}' not in light.content.decode()
    assert len(light.content) < len(drawn.content)
    tables = [re.findall(r"<table.*?</table>", page.content.decode(), re.DOTALL) for page in (drawn, light)]
    assert tables[0] == tables[1] != []


def test_pages_shed_their_pictures(client):
    item = NewsItemFactory()
    item.images.add(ImageFactory())
    assert "<figure" in client.get(item.get_absolute_url()).content.decode()

    switch_on(kind=ModeKind.ON, by=None)

    assert "<figure" not in client.get(item.get_absolute_url()).content.decode()


def test_a_drill_says_so_and_ends_by_itself_after_half_an_hour(client):
    with time_machine.travel(NOON, tick=False) as clock:
        switch_on(kind=ModeKind.DRILL, by=None)
        assert "【訓練】" in top(client)
        clock.shift(timedelta(minutes=30, seconds=-1))
        assert LINE in top(client)
        clock.shift(timedelta(seconds=1))
        assert LINE not in top(client)
        assert DisasterMode.objects.in_force().count() == 0


def test_a_real_one_takes_the_place_of_a_drill(client):
    switch_on(kind=ModeKind.DRILL, by=None)
    switch_on(kind=ModeKind.ON, by=None)
    assert "【訓練】" not in top(client)
    assert switch_off(by=None) == 2
    assert switch_off(by=None) == 0


def test_it_is_switched_on_once():
    switch_on(kind=ModeKind.ON, by=None)
    with pytest.raises(ValidationError, match="すでに始まっています"):
        switch_on(kind=ModeKind.ON, by=None)
    assert DisasterMode.objects.count() == 1


def test_who_switched_it_and_why_is_recorded():
    person = UserFactory(is_staff=True)
    switch_on(kind=ModeKind.ON, by=person, reason="震度7", at=NOON)
    switch_off(by=person, at=NOON + timedelta(hours=1))
    assert list(AuditEntry.objects.order_by("at").values_list("by", "action", "detail")) == [
        (person.pk, "setting", "「災害時」の表示を始めました。震度7"),
        (person.pk, "setting", "「災害時」の表示を終えました。"),
    ]


def test_the_command_switches_and_tells(capsys):
    call_command("disaster_mode", "drill")
    call_command("disaster_mode", "on", "--reason", "地震")
    assert "災害時" in capsys.readouterr().out
    with pytest.raises(CommandError, match="すでに始まっています"):
        call_command("disaster_mode", "on")
    call_command("disaster_mode", "off")
    assert "いまの表示：通常" in capsys.readouterr().out
    assert DisasterMode.objects.get(kind="on").reason == "地震"
