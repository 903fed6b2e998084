"""Text files: their encoding and delimiter, told from their content."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO, NamedTuple

from portal.core.importing.refusal import FileRefused

_CHUNK = 64 * 1024
# What Python makes of bytes that Windows-31J does not use.
_UNUSED = re.compile("[\x80\xa0\uf8f0-\uf8f3]")


class Encoding(NamedTuple):
    """How people call an encoding, and how Python does."""

    label: str
    codec: str


UTF8, UTF8_BOM = Encoding("UTF-8", "utf-8"), Encoding("UTF-8（BOM付き）", "utf-8-sig")
UTF16, WINDOWS_31J = Encoding("UTF-16", "utf-16"), Encoding("Windows-31J（シフトJIS）", "cp932")


def encoding_of(source: BinaryIO) -> Encoding:
    """The encoding in which a whole file can be read, its mark first; then UTF-8, then Windows-31J.

    Raises FileRefused where none fits: it names the line and the byte at which UTF-8 breaks off or, where more of the
    file is Windows-31J, at which that does.
    """
    encodings = _candidates(source)
    broken = {}
    for encoding in encodings:
        at = _broken_at(source, encoding)
        if at is None:
            return encoding
        broken[encoding] = at
    encoding = max(broken, key=lambda candidate: broken[candidate])
    raise FileRefused(_message(source, encoding, broken[encoding]))


def _candidates(source: BinaryIO) -> list[Encoding]:
    source.seek(0)
    mark = source.read(3)
    source.seek(0)
    if mark == codecs.BOM_UTF8:
        return [UTF8_BOM]
    if mark[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return [UTF16]
    return [UTF8, WINDOWS_31J]


def _broken_at(source: BinaryIO, encoding: Encoding) -> int | None:
    """The position of the first byte that is not text in an encoding; None where all are."""
    # The mark at the beginning is a character like any other here.
    decoder = codecs.getincrementaldecoder(encoding.codec.removesuffix("-sig"))()
    source.seek(0)
    begun, waiting = 0, 0
    while True:
        chunk = source.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return begun - waiting + error.start
        if encoding == WINDOWS_31J and (unused := _UNUSED.search(text)):
            return begun - waiting + len(text[: unused.start()].encode(encoding.codec))
        if not chunk:
            return None
        begun += len(chunk)
        waiting = len(decoder.getstate()[0])


def _message(source: BinaryIO, encoding: Encoding, position: int) -> str:
    source.seek(0)
    line = source.read(position).count(b"\n") + 1
    return (
        f"文字として読めない部分があります（{line}行目、先頭から{position + 1:,}バイト目、{encoding.label}として）。"
        "UTF-8かシフトJISで保存し直してください。"
    )


def text_rows(source: BinaryIO, encoding: Encoding) -> Iterator[list[str]]:
    """The rows of a comma or tab separated file, empty ones too.

    Line ends are CRLF, LF or CR. Raises FileRefused for what is no such text.
    """
    source.seek(0)
    text = TextIOWrapper(source, encoding.codec, newline="")
    try:
        for row in csv.reader(text, delimiter=_delimiter(text)):
            if any("\x00" in cell for cell in row):
                raise FileRefused("文字ではないデータを含みます。CSVで保存し直してください。")
            yield row
    except csv.Error as error:
        raise FileRefused('CSVとして読めません。引用符（"）の対応を確かめてください。') from error
    finally:
        if not source.closed:
            text.detach()


def _delimiter(text: TextIOWrapper) -> str:
    beginning = text.read(_CHUNK)
    text.seek(0)
    tabs = beginning.count("\t")
    return "\t" if tabs and tabs >= beginning.count(",") else ","
