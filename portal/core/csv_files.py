"""Tables as CSV: BOM or Windows-31J, CRLF, nothing that a spreadsheet would run."""

import csv
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from portal.core.cells import WINDOWS_31J, as_text, defused, in_windows_31j


class Encoding(StrEnum):
    """How the characters of a file are written, as it stands in addresses."""

    UTF_8 = "utf-8"
    SHIFT_JIS = "sjis"


# Python's codec, the name in the header of the answer, and what is done to the text before.
_WRITTEN: dict[Encoding, tuple[str, str, Callable[[str], str]]] = {
    Encoding.UTF_8: ("utf-8", "utf-8", str),
    Encoding.SHIFT_JIS: (WINDOWS_31J, "Windows-31J", in_windows_31j),
}
_BOM = b"\xef\xbb\xbf"


def content_type(encoding: Encoding) -> str:
    return f"text/csv; charset={_WRITTEN[encoding][1]}; header=present"


def lines(headers: Iterable[str], rows: Iterable[Iterable[object]], encoding: Encoding) -> Iterator[bytes]:
    """The file, line by line: the headers in row 1, then each row."""
    codec, _, prepared = _WRITTEN[encoding]
    writer = csv.writer(_Line(), lineterminator="\r\n")
    if encoding == Encoding.UTF_8:
        yield _BOM
    yield writer.writerow([prepared(header) for header in headers]).encode(codec)
    for row in rows:
        yield writer.writerow([prepared(defused(as_text(value))) for value in row]).encode(codec)


class _Line:
    """A file that hands each line back to whoever writes it."""

    def write(self, text: str) -> str:
        return text
