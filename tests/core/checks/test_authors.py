"""What authors are told about how a text is built."""

import pytest

from portal.core.checks.authors import (
    remarks_on_alternative,
    remarks_on_rich_text,
    repaired_rich_text,
)

TABLE = (
    '<table><caption>人数</caption><thead><tr><th scope="col">区</th></tr></thead>'
    "<tbody><tr><td>港区</td></tr></tbody></table>"
)
WITHOUT_HEADERS = TABLE.replace("th", "td").replace('<tdead><tr><td scope="col">区</td></tr></tdead>', "")


def told(html, first=2):
    return [(remark.code, remark.message) for remark in remarks_on_rich_text(html, first)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>港区で開きます。</p>",
        "<h2>大</h2><h3>小</h3><h2>大</h2>",
        '<p><a href="/events/">イベントの一覧</a></p>',
        '<p>詳しくは<a href="/events/1/">講演会のこちらの案内</a>へ。</p>',
        TABLE,
    ],
)
def test_a_sound_text_stays_without_a_word(html):
    assert told(html) == []
    assert repaired_rich_text(html, 2) == html


@pytest.mark.parametrize(
    ("html", "code", "message"),
    [
        (
            "<h3>日程</h3><p>あ</p>",
            "heading_order",
            "見出し「日程」は、上の段の見出しがないまま小さい見出しになっています。",
        ),
        *(
            (
                f'<p><a href="/x">{words}</a></p>',
                "link_text",
                f"リンクの文字「{words}」だけでは、行き先が分かりません。行き先の名前を書きます。",
            )
            for words in ("こちら", "ここ", "ここをクリック", "詳しくはこちら", "詳細", "続きを読む")
        ),
        (
            '<p><a href="https://a.example.jp/">https://a.example.jp/</a></p>',
            "link_address",
            "アドレス「https://a.example.jp/」がリンクの文字になっています。行き先の名前を書きます。",
        ),
        (
            TABLE.replace("<caption>人数</caption>", ""),
            "table_caption",
            "表に題名がありません。何の表かを、表の題名に書きます。",
        ),
        (
            WITHOUT_HEADERS,
            "table_headers",
            "表に見出しのセルがありません。行か列の見出しを、見出しのセルにします。",
        ),
    ],
)
def test_what_is_missing_is_told(html, code, message):
    assert told(html) == [(code, message)]


def test_a_heading_that_skips_a_level_is_raised():
    assert repaired_rich_text("<h3>一</h3><h2>二</h2><h3>三</h3>", 2) == "<h2>一</h2><h2>二</h2><h3>三</h3>"
    assert repaired_rich_text("<h4>一</h4>", 3) == "<h3>一</h3>"


def test_characters_are_put_right_within_the_elements():
    html = '<p>第１回<strong>ｶﾞｲﾄﾞ</strong>①<a href="/１/">日 時</a>。。</p>'

    assert [code for code, _ in told(html)] == [
        "full_width",
        "half_width_kana",
        "machine_dependent",
        "inner_space",
        "repeated_punctuation",
    ]
    assert repaired_rich_text(html, 2) == '<p>第1回<strong>ガイド</strong>（1）<a href="/１/">日時</a>。</p>'


@pytest.mark.parametrize("words", ["写真", "画像1", "IMG_0123.JPG", "ロゴ", " 図２ "])
def test_an_alternative_that_says_nothing_is_told(words):
    assert "alternative" in {remark.code for remark in remarks_on_alternative(words)}


@pytest.mark.parametrize("words", ["", "講演会で話す区長の写真", "23区の位置を示す地図"])
def test_an_alternative_that_says_what_is_seen_stays(words):
    assert remarks_on_alternative(words) == []
