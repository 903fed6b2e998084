"""What each component is shown with in the gallery, by its name and state. Nothing of it is in a database."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.templatetags.static import static

from events.calendar import Month, month_page
from events.choices import DatePrecision
from events.entries import Entry
from events.models import Event, Exhibition, TourStop, Venue
from events.rules import ON, UPCOMING
from events.shown import ShownEvent, ShownExhibition, Station
from municipalities.models import MemberPost, Municipality, Prefecture, Ward
from portal.core.charts import Year, bar_chart, line_chart, stack_chart, step_chart
from portal.core.crops import Served
from portal.core.models import Attachment, ContactPoint, SourceNote
from portal.core.navigation import Crumb
from portal.gallery.forms import EveryControlForm
from portal.home import KeyFigure, Part
from portal.models import NewsItem
from portal.statistics.matrix import matrix_of
from portal.tile_map import Tile, legend

# What a component gets in each of its states.
States = dict[str, dict[str, Any]]

FIRST, LAST, AHEAD = date(2017, 9, 9), date(2017, 9, 10), date(2199, 9, 9)
PUBLISHED = datetime(2020, 10, 1, tzinfo=UTC)


def samples() -> dict[str, States]:
    """Every component, in the order of their names."""
    groups = (
        _frame(),
        _words(),
        _days(),
        _records(),
        _events(),
        _exhibitions(),
        _places(),
        _figures(),
        _charts(),
        _files(),
    )
    return dict(sorted((name, states) for group in groups for name, states in group.items()))


def _frame() -> dict[str, States]:
    pages = Paginator(range(150), 50)
    return {
        "breadcrumb": {
            "三つの段": {"crumbs": [Crumb("ホーム", "/"), Crumb("協定", "/agreements/"), Crumb("京都府町村会")]}
        },
        "logo": {"線のある印": {}},
        "structured_data": {
            "機械のための説明（画面には出ません）": {"things": [{"@type": "Event", "name": "</script>"}]}
        },
        "pagination": {
            "最初": {"page": pages.page(1), "query": ""},
            "途中": {"page": pages.page(2), "query": "kind=lecture"},
            "最後": {"page": pages.page(3), "query": ""},
        },
        "choices": {
            "三つのうち一つ": {
                "label": "時期を選ぶ",
                "choices": [("これから", None, "?", False), ("今日", 3, "?when=today", True), ("明日", 0, "?", False)],
            }
        },
        "site_search": {
            "本文の中": {},
            "ページの頭": {"id": "small-search", "label": "サイト内検索", "place": "header"},
            "さがした後": {"id": "searched", "label": "さがす言葉", "words": "温泉"},
        },
        "share_links": {"いつも": {"url": "https://portal.example/events/1/", "title": "全国連携講演会"}},
        "post_form": {
            "確認だけ": {"submit": "サインアウトする"},
            "入力あり": {"form": EveryControlForm(auto_id="post_%s"), "submit": "送信する"},
        },
    }


def _words() -> dict[str, States]:
    statuses = {
        "予定": "planned",
        "開催中": "on",
        "開催": "held",
        "延期": "postponed",
        "中止": "cancelled",
        "終了": "ended",
    }
    return {
        "chip": {
            "種別": {"label": "魅力発信イベント", "variant": "kind"},
            **{
                f"状態：{label}": {"label": label, "variant": "status", "status": status}
                for label, status in statuses.items()
            },
        },
        "demo_chip": {"架空の記録": {"is_demo": True}},
        "here": {"いま見られる": {"is_here": True}, "次に見られる": {"is_next": True}},
        "status_banner": {
            "延期": {"item": Event(status="postponed", status_reason="会場の都合のため。", status_changed_on=FIRST)},
            "中止": {"item": Event(status="cancelled")},
        },
    }


def _days() -> dict[str, States]:
    known, month, unknown = _event(), _event(date_precision="month"), _event(date_precision="unknown")
    return {
        "date_block": {"二日間": {"item": known}, "月まで": {"item": month}, "不明": {"item": unknown}},
        "date_range": {
            "一覧の中": {"item": known, "length": "short"},
            "文の中": {"item": known, "length": "long"},
            "月まで": {"item": month, "length": "long"},
            "不明": {"item": unknown, "length": "long"},
        },
        "days": {
            "一日": {"first": FIRST, "last": FIRST, "length": "long"},
            "月をまたぐ": {"first": FIRST, "last": date(2017, 10, 1), "length": "short"},
        },
        "period": {
            "続いている": {"starts": FIRST, "ends": None},
            "終わった": {"starts": FIRST, "ends": date(2019, 4, 1)},
            "始まりが不明": {"starts": None, "ends": date(2019, 4, 1)},
        },
        "page_dates": {"変更あり": {"row": _news(1, change_note="会場を改めました。")}, "変更なし": {"row": _news(1)}},
    }


def _records() -> dict[str, States]:
    note = SourceNote(source="特別区全国連携プロジェクト概要資料", line=120)
    error = SourceNote(
        source=note.source,
        line=240,
        as_printed="平成29年12月26日（金）",
        reason="この日は火曜日です。",
        corrected="（火）",
    )
    office = ContactPoint(
        organization="○○区",
        department="企画課",
        phone="00-0000-0000",
        extension="1234",
        email="office@city.example",
        url="https://city.example/",
    )
    return {
        "news_items": {"二件": {"items": [_news(1), _news(2, is_demo=True)]}},
        "member_posts": {
            "自治体の名前つき": {"posts": [_member_post(1), _member_post(2, is_demo=True)], "with_owner": True},
            "一つの自治体のもの": {"posts": [_member_post(3, summary="")], "with_owner": False},
        },
        "source_notes": {"注記のある行と、ない行": {"notes": [note, error]}},
        "contact_point": {"すべて": {"contact": office}, "名称だけ": {"contact": ContactPoint(organization="○○区")}},
    }


def _events() -> dict[str, States]:
    part = ShownEvent(_event(pk=2, title="分科会「産業」", parent_id=1), UPCOMING, [])
    whole = ShownEvent(_event(venue=_venue()), UPCOMING, [part])
    demo = ShownEvent(_event(is_demo=True, date_precision="month"), ON, [])
    return {
        "calendar": {
            "催しのある月": {"month": _month(), "caption": "平成29年9月のイベントカレンダー", "query": ""},
            "催しのない月": {"month": month_page(FIRST.replace(day=1), FIRST, [], [], {}), "caption": "平成29年9月"},
        },
        "event_row": {
            "部分のある催し": {"row": whole.row, "length": "long"},
            "架空の記録": {"row": demo.row, "length": "short"},
        },
        "add_to_calendar": {
            "これからの催し": {"item": _event(first_day=AHEAD, last_day=AHEAD, fiscal_year=2199)},
            "中止": {"item": _event(first_day=AHEAD, last_day=AHEAD, fiscal_year=2199, status="cancelled")},
        },
        "card": {
            "写真あり": {
                "url": "/",
                "title": "全国連携展示",
                "image": _picture(),
                "first": FIRST,
                "last": LAST,
                "place": "港区",
            },
            "写真なし": {"url": "/", "title": "全国連携展示", "is_demo": True},
        },
    }


def _exhibitions() -> dict[str, States]:
    exhibition = Exhibition(
        pk=1,
        title="全国連携展示",
        subtitle="お茶の京都",
        fiscal_year=2017,
        first_day=FIRST,
        last_day=LAST,
        venue=_venue(),
    )
    ward = Ward(code="131091", name="品川区", kind="special_ward")
    stations = [
        Station(TourStop(ward=ward, first_day=FIRST, last_day=LAST, state="held"), True, False),
        Station(TourStop(ward=ward, state="planned", note="1階ロビー"), False, True, is_next=True, other_year=2018),
        Station(TourStop(state="arranging"), False, False),
        Station(TourStop(ward=ward, state="cancelled"), False, False),
    ]
    shown = ShownExhibition(exhibition, ON, True, stations)
    return {
        "exhibition_row": {"開催中": {"shown": shown}},
        "route": {"巡回中": {"exhibition": exhibition, "is_here": True, "stations": stations}},
        "route_summary": {
            "巡回中": {"venue": exhibition.venue, "is_here": False, "stations": stations},
            "巡回なし": {"venue": exhibition.venue, "is_here": True, "stations": []},
        },
    }


def _places() -> dict[str, States]:
    prefecture = Prefecture(code="26", name="京都府", tile_column=7, tile_row=6)
    town = Municipality(code="263443", name="宇治田原町", kind="town", prefecture=prefecture)
    relations = ("exchange", "member", "agreement")
    for relation in relations:
        setattr(town, f"has_{relation}", True)
        setattr(town, f"official_{relation}", relation != "member")
    others = [Prefecture(code=f"{n + 10}", name=f"{n}県", tile_column=n, tile_row=0) for n in range(5)]
    tiles = [Tile(row, row.name[:-1], "県", step * 15, step) for step, row in enumerate(others)]
    wards = tuple(Ward(code=f"13101{n}", name=name) for n, name in enumerate(("千代田区", "中央区", "港区"), start=6))
    numbers = {(ward.code, row.code): 4 * n for n, row in enumerate(others) for ward in wards[1:] if n}
    matrix = matrix_of(wards, others, numbers, {row.code: 5 * n for n, row in enumerate(others)})
    return {
        "partner_matrix": {"五つの県": {"matrix": matrix, "day": FIRST, "id": "matrix-sample"}},
        "municipality_link": {"町村": {"municipality": town}},
        "relation_chips": {"三つの関係（会員は架空）": {"municipality": town}},
        "tile_map": {"五つの濃さ": {"tiles": tiles, "label": "連携自治体の数", "unit": "自治体"}},
        "tile_map_legend": {"五つの濃さ": {"steps": legend(), "unit": "連携自治体"}},
        "tile_map_mark": {"京都府": {"prefecture": prefecture}},
    }


def _figures() -> dict[str, States]:
    partners = KeyFigure("連携自治体", "/", "公表値", (Part("1,035", "自治体"),), fiscal_year=2020)
    agreements = KeyFigure("広域連携協定", "/", "記録から算出", (Part("13", "団体"), Part("372", "自治体")), FIRST)
    return {
        "key_figures": {
            "数あり": {"figures": [partners, agreements]},
            "数なし": {"figures": [KeyFigure("連携事業", "/", "公表値")]},
        },
        "money": {"文の中": {"yen": 3_740_250_000}, "大きく": {"yen": 3_740_250_000, "size": "large"}},
    }


def _charts() -> dict[str, States]:
    parts = [("交流", 574), ("会員", 149)]
    overlapping = stack_chart([Year(2015, parts, 660), Year(2020, [("交流", 732), ("会員", 269), ("協定", 372)], 1035)])
    adding_up = stack_chart([Year(2020, [("各区", 739), ("共同", 8)], 747)])
    steps = step_chart([(date(2016, 4, 26), 170), (date(2018, 5, 1), 321), (date(2019, 10, 26), 372)], date(2021, 1, 1))
    ends = [date(year, 3, 31) for year in range(2016, 2022)]
    lines = line_chart(
        ends, [("交流", [3, 5, 8, 8, 9, 9]), ("会員", [1, 1, 2, 4, 6, 7]), ("協定", [None, 2, 2, 6, 9, 12])]
    )
    bars = bar_chart([("○○地震", 3_740_250_000), ("○○豪雨", 120_000_000)])
    return {
        "trend_chart": {
            "重なりのある合計": {"chart": overlapping, "id": "partners", "title": "連携自治体数", "unit": "自治体"},
            "足し算の合計": {"chart": adding_up, "id": "projects", "title": "連携事業数", "unit": "事業"},
        },
        "step_chart": {
            "日付の印あり": {"chart": steps, "id": "steps", "title": "協定", "day": date(2021, 1, 1), "unit": "自治体"}
        },
        "line_chart": {"六年": {"chart": lines, "id": "lines", "title": "推移", "unit": "自治体"}},
        "bar_chart": {"二件": {"chart": bars, "id": "bars", "title": "災害ごとの支援"}},
    }


def _files() -> dict[str, States]:
    paper = Attachment(title="ちらし", file="attachments/sample.pdf", size=204_800)
    return {
        "attachments": {
            "一つ": {"attachments": [paper]},
            "開催後": {"attachments": [paper], "key": "report-attachments", "heading": "開催後の資料"},
        },
        "image": {
            "二つの大きさ": {"served": _served(), "alt": "会場の写真", "class": "pictures__image", "sizes": "12rem"},
            "飾り": {"served": _served(), "alt": "", "class": "pictures__image", "sizes": "12rem"},
        },
        "pictures": {
            "二枚": {"images": [_picture(), _picture(credit="○○区広報課")]},
            "開催後": {"images": [_picture()], "key": "report-pictures", "heading": "開催後の写真"},
        },
    }


def _event(**facts: Any) -> Event:
    days = {} if facts.get("date_precision") == "unknown" else {"first_day": FIRST, "last_day": LAST}
    defaults = {"pk": 1, "title": "第2回全国連携講演会", "kind": "lecture", "fiscal_year": 2017}
    return Event(**(defaults | days | facts))


def _month() -> Month:
    first = FIRST.replace(day=1)
    day, month = DatePrecision.DAY, DatePrecision.MONTH
    entries = [
        Entry(1, "全国連携講演会", day, FIRST, FIRST, time(14), "planned", False),
        Entry(2, "物産展", day, FIRST, LAST, None, "cancelled", True),
        Entry(3, "全国連携展示", day, LAST, LAST, None, "planned", False, is_exhibition=True, place="品川区"),
        Entry(4, "スタンプラリー", day, first, date(2017, 11, 5), None, "held", False),
        Entry(5, "交流会", month, first, date(2017, 9, 30), None, "planned", False),
        *(Entry(pk, f"第{pk}回セミナー", day, LAST, LAST, time(10), "planned", False) for pk in range(6, 11)),
    ]
    return month_page(first, FIRST, entries, [], {date(2017, 9, 18): "敬老の日", date(2017, 9, 23): "秋分の日"})


def _venue() -> Venue:
    return Venue(name="東京区政会館")


def _news(pk: int, **facts: Any) -> NewsItem:
    return NewsItem(pk=pk, title="ポータルサイトを公開しました", publish_at=PUBLISHED, updated_at=PUBLISHED, **facts)


def _member_post(pk: int, **facts: Any) -> MemberPost:
    owner = Municipality(code="014567", name="○○町", prefecture=Prefecture(code="01", name="北海道"))
    told = {"kind": "product", "title": "春の山菜をお届けします", "summary": "4月から、直売所と通信販売で。"} | facts
    return MemberPost(pk=pk, owner=owner, publish_at=PUBLISHED, updated_at=PUBLISHED, **told)


def _picture(credit: str = "") -> SimpleNamespace:
    served = _served()
    return SimpleNamespace(shown=served, card=served, alt_text="会場の写真", credit=credit, is_demo=False)


def _served() -> Served:
    small, large = static("img/icon-192.png"), static("img/icon-512.png")
    return Served(large, f"{small} 192w, {large} 512w", 512, 512)
