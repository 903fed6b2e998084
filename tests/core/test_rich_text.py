"""Rich text: what may stand in it, and what it says as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.rich_text import cleaned, from_plain, plain_text, sanitized

TABLE = (
    "<table><caption>参加した区</caption>"
    '<thead><tr><th scope="col">区</th><th scope="col">人数</th></tr></thead>'
    '<tbody><tr><th scope="row">港区</th><td>5</td></tr></tbody></table>'
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一行目\r\n二行目\r\n\r\n段落", "<p>一行目<br>二行目</p><p>段落</p>"),
        ("3 < 5 & 7", "<p>3 &lt; 5 &amp; 7</p>"),
        ("https://a.example.jp/ へ", '<p><a href="https://a.example.jp/">https://a.example.jp/</a> へ</p>'),
        ("", ""),
        (" \n ", ""),
        ("<p></p>", ""),
        ("<p>&nbsp;</p>", ""),
    ],
)
def test_plain_text_becomes_paragraphs_and_nothing_stays_nothing(typed, kept):
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>あ</p><script>alert(1)</script>", "<p>あ</p>"),
        ('<p onclick="x" style="color:red" class="y">あ</p>', "<p>あ</p>"),
        ('<p><a href="javascript:alert(1)">あ</a></p>', "<p><a>あ</a></p>"),
        ('<p><a href="/news/1/" target="_blank" rel="x">あ</a></p>', '<p><a href="/news/1/">あ</a></p>'),
        ('<p title="x" lang="en">あ<a href="/x" title="">い</a></p>', '<p>あ<a href="/x">い</a></p>'),
        ('<p>あ<img src="x" onerror="y"></p>', "<p>あ</p>"),
        ("<p>あ<iframe></iframe><svg><a>い</a></svg></p>", "<p>あ</p>"),
    ],
)
def test_what_could_do_harm_is_taken_out(typed, kept):
    assert cleaned(typed) == kept
    assert sanitized(kept) == kept


@pytest.mark.parametrize(
    ("first", "kept"), [(2, "<h2>一</h2><h3>二</h3><h3>三</h3>"), (3, "<h3>一</h3><h3>二</h3><h4>三</h4>")]
)
def test_headings_keep_to_the_levels_of_the_page(first, kept):
    assert cleaned("<h1>一</h1><h3>二</h3><h6>三</h6>", first) == kept


def test_a_table_of_the_editor_gets_its_caption_head_and_scopes():
    typed = (
        '<table data-caption="参加した区"><tbody>'
        '<tr><th colspan="1" rowspan="1"><p>区</p></th><th colspan="1"><p>人数</p></th></tr>'
        "<tr><th><p>港区</p></th><td><p>5</p></td></tr></tbody></table>"
    )

    assert cleaned(typed) == TABLE
    assert cleaned(TABLE) == TABLE


def test_spans_that_say_something_stay():
    assert '<td colspan="2">' in cleaned('<table><tr><td colspan="2">あ</td></tr></table>')


def test_loose_text_and_items_find_a_place():
    assert cleaned("前<em>強</em><ul>\n <li>一</li>\n</ul>後<li>二</li>") == (
        "<p>前<em>強</em></p><ul><li>一</li></ul><p>後</p><ul><li>二</li></ul>"
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>あ<br>い</p><p>う</p>", "あ\nい\n\nう"),
        ("<h2>題</h2><ul><li>一</li><li>二<ul><li>三</li></ul></li></ul>", "題\n\n・一\n・二\n・三"),
        ("<ol><li>一</li><li>二</li></ol>", "1. 一\n2. 二"),
        ("<blockquote><p>あ</p><p>い</p></blockquote>", "あ\nい"),
        (TABLE, "参加した区\n区　人数\n港区　5"),
        ("<p>3 &lt; 5</p>", "3 < 5"),
        ("タグのない文 < 3", "タグのない文 < 3"),
        ("", ""),
    ],
)
def test_it_is_said_in_plain_text(html, words):
    assert plain_text(html) == words


@given(st.text().map(lambda text: text.replace("\r", "")))
def test_plain_text_is_given_back_to_the_letter(text):
    assert plain_text(from_plain(text)) == text


TAGS = ("p", "h1", "table", "tr", "td", "th", "ul", "li", "em", "caption", "blockquote", "tbody", "a", "script")
PIECES = [*(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), "a", "行", "<br>", "<a href=/x>", "<img>"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_kept_is_kept_as_it_is_the_next_time(text):
    kept = cleaned(text)

    assert cleaned(kept) == kept
    assert sanitized(kept) == kept
