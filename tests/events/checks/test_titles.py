"""Titles that are alike, and titles that name a prefecture."""

import pytest

from events.checks.titles import nearly_equal, prefectures_named
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
