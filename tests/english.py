"""English left over on a page for people who read Japanese."""

import re
from html.parser import HTMLParser

# Latin letters that are no English: addresses and types of files, names, units, and what the factories write.
NOT_ENGLISH = re.compile(
    r"CSV|xlsx|UTF-8|BOM|シフトJIS|Ctrl|Enter|"
    r"[\w.]+@[\w.]+|https?://\S+|東京23区全国連携NEWS|JPEG|PNG|WebP|AVIF|GIF|MB|PDF|URL|row-\d+|prospectus|Town \d+"
    r"|/[a-z0-9/-]+/|lg\.jp|[2-9A-HJ-NP-Z]{3}(?:-[2-9A-HJ-NP-Z]{3}){2}"
    r"|Geolonia|CC BY|Prefecture \d+|Ward \d+|2021-02-10|R3\.2\.10|[a-z0-9_/]+\.(?:png|webp|pdf)"
)


class VisibleText(HTMLParser):
    """The words of a page that people read or hear."""

    silent = frozenset({"script", "style", "svg"})

    def __init__(self):
        super().__init__()
        self.words, self.depth = [], 0

    def handle_starttag(self, tag, attrs):
        self.depth += tag in self.silent
        self.words += [
            value for name, value in attrs if name in ("alt", "title", "aria-label", "placeholder") and value
        ]

    def handle_endtag(self, tag):
        self.depth -= tag in self.silent

    def handle_data(self, data):
        if not self.depth and data.strip():
            self.words.append(data.strip())


def english_on(response):
    """The texts of a page with a word of two Latin letters or more that has no business there."""
    text = VisibleText()
    text.feed(response.content.decode())
    return [words for words in text.words if re.search(r"[A-Za-z]{2,}", NOT_ENGLISH.sub("", words))]
