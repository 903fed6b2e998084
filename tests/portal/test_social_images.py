"""The picture beside a link to a page: drawn for what is public only, kept for good under its version."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils.html import escape
from PIL import Image, ImageChops

from portal.core import social_images as drawing
from portal.core.management.commands.draw_icons import FOLDER, ICONS
from portal.core.navigation import every_page
from portal.core.social_images import Card, draw, wrapped
from portal.social_images import KINDS, page_card
from tests.factories.disaster_support import DisasterFactory
from tests.factories.events import EventFactory, ExhibitionFactory, WardProjectFactory
from tests.factories.municipalities import (
    CompanyAgreementFactory,
    CooperationAgreementFactory,
    MemberPostFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
)
from tests.factories.portal import NewsItemFactory

RECORDS = {
    "agreement": CooperationAgreementFactory,
    "company_agreement": CompanyAgreementFactory,
    "disaster": DisasterFactory,
    "event": EventFactory,
    "exhibition": ExhibitionFactory,
    "member_post": MemberPostFactory,
    "municipality": MunicipalityFactory,
    "news": NewsItemFactory,
    "prefecture": PrefectureFactory,
    "project": WardProjectFactory,
    "ward": WardFactory,
}
PLACES = {"municipality", "prefecture", "ward"}
NEVER_PUBLIC = [{"publication_state": "draft"}, {"publish_at": datetime(2199, 1, 1, tzinfo=UTC)}]
NO_LONGER_PUBLIC = [{"publication_state": "withdrawn"}, {"unpublish_at": datetime(2021, 1, 1, tzinfo=UTC)}]


def meta(response) -> dict[str, str]:
    """What a page says of itself to those who link to it."""
    return dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', response.content.decode())
    )


def picture(response) -> Image.Image:
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(BytesIO(response.content))


def test_every_kind_of_record_is_tried_here():
    assert RECORDS.keys() == KINDS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_has_its_own_picture(client, kind):
    record = RECORDS[kind]()
    page = client.get(record.get_absolute_url())
    said = meta(page)

    assert said["og:type"] == "article"
    assert said["og:title"] == escape(page.context["page_title"])
    assert said["og:url"] == f"http://testserver{record.get_absolute_url()}"
    assert said["og:image"].startswith(f"http://testserver/og/{kind}/{record.pk}.png?v=")
    assert (said["og:site_name"], said["og:locale"]) == ("特別区全国連携プロジェクト", "ja_JP")
    assert said["twitter:card"] == "summary_large_image"
    response = client.get(said["og:image"].removeprefix("http://testserver"))
    assert picture(response).size == (1200, 630)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.django_db
def test_under_another_version_it_is_kept_for_minutes_only(client):
    item = NewsItemFactory()
    for address in (f"/og/news/{item.pk}.png", f"/og/news/{item.pk}.png?v=x"):
        assert client.get(address).headers["Cache-Control"].startswith("public, max-age=300, s-maxage=1,")


@pytest.mark.django_db
def test_the_version_changes_with_what_the_picture_says(client):
    event = EventFactory(title="講演会", first_day=date(2026, 10, 10))
    before = meta(client.get(event.get_absolute_url()))["og:image"]
    event.status = "cancelled"
    event.save()

    assert meta(client.get(event.get_absolute_url()))["og:image"] != before


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(RECORDS.keys() - PLACES))
def test_what_is_not_public_has_no_picture(client, kind):
    never = [RECORDS[kind](**extra) for extra in NEVER_PUBLIC]
    no_longer = [RECORDS[kind](**extra) for extra in NO_LONGER_PUBLIC]

    assert [client.get(f"/og/{kind}/{row.pk}.png").status_code for row in never] == [404, 404]
    assert [client.get(f"/og/{kind}/{row.pk}.png").status_code for row in no_longer] == [410, 410]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/og/event/0.png",
        "/og/event/-1.png",
        "/og/event/x.png",
        "/og/event/99999999999999999999999.png",
        "/og/event/%EF%BC%91.png",
        "/og/municipality/1.png",
        "/og/user/1.png",
        "/og/page/event_detail.png",
        "/og/page/account_login.png",
        "/og/page/.png",
        "/og/../1.png",
    ],
)
def test_there_is_no_such_picture(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("page", list(every_page()), ids=lambda page: page.view_name)
def test_every_page_of_the_tree_has_a_picture(client, page):
    said = meta(client.get(page.url))

    assert said["og:type"] == "website"
    assert said["og:image"].startswith(f"http://testserver/og/page/{page.view_name}.png?v=")
    assert client.get(said["og:image"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/accounts/login/", "home"),
        ("/no/such/page/", "home"),
        ("/events/999999/", "event_list"),
        ("/events/archive/2017/", "event_list"),
    ],
)
def test_any_other_page_takes_that_of_its_part_of_the_site(client, address, name):
    EventFactory(first_day=None, fiscal_year=2017)

    assert f"/og/page/{name}.png" in meta(client.get(address))["og:image"]


@pytest.mark.django_db
def test_a_filtered_list_is_shared_as_it_is_without_what_it_does_not_know(client):
    said = meta(client.get("/municipalities/?kind=town&utm_source=mail&q=%E7%94%BA"))

    assert said["og:url"] == "http://testserver/municipalities/?q=%E7%94%BA&amp;kind=town"


def test_a_host_that_is_not_ours_is_not_repeated(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert meta(response) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "line"),
    [
        ({"first_day": date(2017, 9, 9), "last_day": date(2017, 9, 10)}, "平成29年9月9日（土曜日）～10日（日曜日）"),
        ({"first_day": date(2017, 9, 9), "status": "postponed"}, "【延期】平成29年9月9日（土曜日）"),
        ({"first_day": None, "fiscal_year": 2017, "date_note": "<調整中>"}, "平成29年度（日程は<調整中>）"),
    ],
)
def test_the_picture_of_an_event_says_when_and_whether(days, line):
    assert KINDS["event"].card(EventFactory(title="講演会", **days)) == Card("イベント", "講演会", line)


@pytest.mark.django_db
def test_a_fictional_record_says_so():
    assert KINDS["event"].card(EventFactory(is_demo=True)).kind == "イベント（デモ）"


def test_a_page_stands_under_its_part_of_the_site():
    assert page_card("exhibition_list") == Card("イベント・展示", "全国連携展示")
    assert page_card("privacy") == Card("ポータルサイト", "個人情報の取扱い")


def test_two_pictures_that_differ_have_two_versions():
    assert len({Card("a", "b").version, Card("a", "b", "c").version, Card("ab", "").version}) == 3
    assert Card("a", "b").version == Card("a", "b").version


def needs_font():
    if drawing.font_file() is None:
        pytest.skip("日本語のフォントがありません。")


def test_words_are_not_torn_apart():
    needs_font()
    lines = wrapped("まちを元気に。「つながり」フォーラム in Tokyo", drawing._font(60), 420)

    assert "".join(lines).replace(" ", "") == "まちを元気に。「つながり」フォーラムinTokyo"
    assert len(lines) > 2
    assert not any(line[0] in "。」ーォ" for line in lines)
    assert not any(line[-1] in "「" for line in lines)
    assert any("Tokyo" in line for line in lines)


@pytest.mark.parametrize("title", ["", "短い題", "長い題" * 12, "とても長い題" * 40, "A" * 300])
def test_any_title_has_room(title):
    size, lines = (52, []) if drawing.font_file() is None else drawing._fitted(title)

    assert Image.open(BytesIO(draw(Card("種別", title, "日付" * 60)))).size == (1200, 630)
    assert len(lines) * size <= 3 * 68


def test_without_a_font_the_picture_has_no_words(monkeypatch):
    monkeypatch.setattr(drawing, "FONTS", ("no-such-font.ttf",))
    drawing.font_file.cache_clear()
    drawing.draw.cache_clear()
    try:
        assert draw(Card("イベント", "甲")) == draw(Card("お知らせ", "乙", "丙"))
    finally:
        drawing.font_file.cache_clear()
        drawing.draw.cache_clear()


def test_the_icons_are_those_our_code_draws(tmp_path):
    call_command("draw_icons", folder=tmp_path, verbosity=0)

    for name in [*ICONS, "favicon.ico"]:
        kept, drawn = (Image.open(folder / name).convert("RGBA") for folder in (FOLDER, tmp_path))
        assert ImageChops.difference(kept, drawn).getbbox() is None, name
