"""What authors are told about a text they have just written, and the text as it might be written instead.

Nothing here is a finding: quoted titles keep their printed form, and a name its letters. Authors decide.
Pure functions.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from portal.core.checks.characters import CHARACTER_RULES, rewritten
from portal.core.rich_text import cleaned, html_of, tree_of

_MOST_QUOTED = 3
_HEADING = re.compile(r"h[1-6]")
_SAYS_NOTHING = re.compile(
    r"(?:詳し?くは|詳細は|詳細?を?)?(?:こちら|コチラ|ここ|此方)(?:から|へ|を)?(?:クリック|ご?覧ください|見る)?|クリック|詳細|"
    r"もっと見る|続き(?:を(?:読む|見る))?|リンク|here|more|click",
    re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SAYS_NO_PICTURE = re.compile(
    r"(?:画像|写真|図|イラスト|ロゴ|アイコン)[0-9０-９]*|.+\.(?:jpe?g|png|gif|webp|avif)", re.IGNORECASE
)


class Remark(NamedTuple):
    """``code`` names the rule, ``message`` tells the author in Japanese, quoting the place."""

    code: str
    message: str


def remarks_on(*texts: str) -> list[Remark]:
    """What is to be said about a plain text, or about the pieces of one."""
    found = ((rule, [match[0] for text in texts for match in rule.found.finditer(text)]) for rule in CHARACTER_RULES)
    return [Remark(rule.code, rule.said.format(_quoted(places))) for rule, places in found if places]


def remarks_on_rich_text(html: str, first_heading: int) -> list[Remark]:
    """What is to be said about a rich text: its characters and how it is built."""
    root = tree_of(html)
    return [*remarks_on(*root.itertext()), *_on_headings(root, first_heading), *_on_links(root), *_on_tables(root)]


def remarks_on_alternative(text: str) -> list[Remark]:
    """What is to be said about the words that stand for a picture."""
    if _SAYS_NO_PICTURE.fullmatch(text.strip()):
        said = f"代替テキスト「{text.strip()}」では、何が写っているか伝わりません。画像が伝える内容を書きます。"
        return [Remark("alternative", said), *remarks_on(text)]
    return remarks_on(text)


def repaired(text: str) -> str:
    """A plain text with all that can be put right without knowing what is meant."""
    return rewritten(text)


def repaired_rich_text(html: str, first_heading: int) -> str:
    """A rich text with its characters put right, and without headings that skip a level."""
    root = tree_of(html)
    for element in root.iter():
        element.text = rewritten(element.text) if element.text else element.text
        element.tail = rewritten(element.tail) if element.tail else element.tail
    for heading, level in _skipping(root, first_heading):
        heading.tag = f"h{level}"
    return cleaned(html_of(root), first_heading)


def _on_headings(root: Element, first: int) -> Iterator[Remark]:
    skipping = [_text_of(heading) for heading, _ in _skipping(root, first)]
    if skipping:
        yield Remark(
            "heading_order", f"見出し{_quoted(skipping)}は、上の段の見出しがないまま小さい見出しになっています。"
        )


def _skipping(root: Element, first: int) -> list[tuple[Element, int]]:
    """The headings that skip a level, each with the level it should have."""
    found, allowed = [], first
    for heading in root.iter():
        if _HEADING.fullmatch(heading.tag):
            level = int(heading.tag[1])
            if level > allowed:
                found.append((heading, allowed))
            allowed = min(level, allowed) + 1
    return found


def _on_links(root: Element) -> Iterator[Remark]:
    words = [_text_of(link) for link in root.iter("a")]
    if vague := [text for text in words if _SAYS_NOTHING.fullmatch(text)]:
        yield Remark(
            "link_text", f"リンクの文字{_quoted(vague)}だけでは、行き先が分かりません。行き先の名前を書きます。"
        )
    if bare := [text for text in words if _BARE_ADDRESS.fullmatch(text)]:
        yield Remark("link_address", f"アドレス{_quoted(bare)}がリンクの文字になっています。行き先の名前を書きます。")


def _on_tables(root: Element) -> Iterator[Remark]:
    tables = list(root.iter("table"))
    if any(table.find("caption") is None for table in tables):
        yield Remark("table_caption", "表に題名がありません。何の表かを、表の題名に書きます。")
    if any(next(table.iter("th"), None) is None for table in tables):
        yield Remark("table_headers", "表に見出しのセルがありません。行か列の見出しを、見出しのセルにします。")


def _text_of(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _quoted(texts: Iterable[str]) -> str:
    """「A」「B」「C」, each once; 「ほか」 where there are more."""
    once = list(dict.fromkeys(texts))
    quoted = "".join(f"「{text}」" for text in once[:_MOST_QUOTED])
    return f"{quoted}ほか" if len(once) > _MOST_QUOTED else quoted
