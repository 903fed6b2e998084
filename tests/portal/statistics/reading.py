"""Pages of 概要資料 taken apart."""

import re

import html5lib


def document_of(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def plain(element):
    return re.sub(r"\s+", "", "".join(element.itertext()))


def tables_of(response):
    """Each table by its caption, as rows of cell texts."""
    return {
        plain(table.find("caption")): [
            [plain(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")
        ]
        for table in document_of(response).iter("table")
    }
