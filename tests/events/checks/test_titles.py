"""Titles that are alike, and titles that name a prefecture."""

import pytest

from events.checks.titles import contradiction, head_and_body, nearly_equal, prefectures_named
from municipalities.models import Prefecture

PREFECTURES = [
    Prefecture(code=code, name=name, name_kana=kana)
    for code, name, kana in (
        ("01", "北海道", "ほっかいどう"),
        ("10", "群馬県", "ぐんまけん"),
        ("13", "東京都", "とうきょうと"),
        ("24", "三重県", "みえけん"),
        ("26", "京都府", "きょうとふ"),
        ("29", "奈良県", "ならけん"),
    )
]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("ふるさと味めぐり", "ふるさと味めぐり"),
        ("ふるさと味めぐり", "ふるさと・味めぐり！"),
        ("第2回フォーラム", "第２回ふぉーらむ"),
        ("全国連携フォーラム2026 in 東京", "全国連携フォーラム ２０２６ ｉｎ 東京"),
        ("グルメフェスティバル", "グルメフェステイバル"),
    ],
)
def test_two_spellings_of_one_title(title, other):
    assert nearly_equal(title, other)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("第1回全国連携講演会", "第2回全国連携講演会"),
        ("分科会A 観光と交流", "分科会B 観光と交流"),
        ("講演会①", "講演会②"),
        ("ふるさと味めぐり", "港のある町の写真展"),
    ],
)
def test_two_titles(title, other):
    assert not nearly_equal(title, other)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("全国連携展示（北海道町村）「ぐんまの魅力」", [("01", "北海道"), ("10", "ぐんま")]),
        ("群馬のこんにゃく", [("10", "群馬")]),
        ("群馬県の日", [("10", "群馬")]),
        ("お茶の京都", [("26", "京都")]),
        ("東京都と東京23区", []),
        ("ここならではの味がみえる", []),
        ("", []),
    ],
)
def test_prefectures_are_found_by_name_or_reading(title, named):
    assert [(found.prefecture.code, found.word) for found in prefectures_named(title, PREFECTURES)] == named


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("第3回魅力発信イベント「ぐんまの山村フェア」", ("第3回魅力発信イベント ", "「ぐんまの山村フェア」")),
        ("「北海道」と「青森」", (" と ", "「北海道」 「青森」")),
        ("講演会", ("講演会", "")),
        ("「閉じない", ("「閉じない", "")),
    ],
)
def test_what_a_title_quotes_is_its_body(title, parts):
    assert head_and_body(title) == parts


@pytest.mark.parametrize(
    ("title", "body", "words"),
    [
        ("全国連携展示（北海道町村）", "ぐんま鉄たび湯たび", ("北海道", "ぐんま")),
        ("全国連携展示（北海道町村）", "群馬のこんにゃく、奈良の柿", ("北海道", "群馬")),
        ("全国連携展示（北海道町村）", "あそぼう！十勝の空の下", None),
        ("全国連携展示（北海道町村）", "北海道とぐんまの出会い", None),
        ("全国連携展示", "ぐんま鉄たび湯たび", None),
        ("東京都の展示", "ぐんま鉄たび湯たび", None),
        ("", "", None),
    ],
)
def test_a_title_and_what_stands_below_it_may_name_two_prefectures(title, body, words):
    assert contradiction(title, body, PREFECTURES) == words
