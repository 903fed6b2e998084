"""Is a zip file safe to open as a workbook? Asked before anything in it is parsed.

What its directory says of sizes is not believed: each part is inflated once, in pieces, and counted. A part that says
it is small and is not would otherwise be inflated whole by whoever reads it next.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from portal.core.importing.file_types import size_of
from portal.core.importing.refusal import FileRefused

MAX_INFLATED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_PARTS = 1_000
# Small parts may well repeat themselves.
RATIO_COUNTS_FROM = 1024 * 1024

_CHUNK = 64 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")

BOMB = "展開すると大きくなりすぎるファイルのため、読みません。"
BROKEN = "ファイルが壊れています。もう一度保存してください。"


def check_workbook(source: BinaryIO) -> bool:
    """Whether a workbook has formulas. Raises FileRefused unless it is one, whole, and of a bearable size."""
    size = size_of(source)
    try:
        with zipfile.ZipFile(source) as archive:
            parts = archive.infolist()
            _check_directory(parts, size)
            with_formulas = [part.filename for part in parts if _check_part(source, part)]
            return bool(with_formulas)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused(BROKEN) from error


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    names = [part.filename for part in parts]
    if len(names) > MAX_PARTS or len(set(names)) < len(names):
        raise FileRefused(BROKEN)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FileRefused("パスワードのかかったファイルは読めません。")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileRefused(f"{_kind_of(names)}のようです。表をCSVかxlsxで保存してください。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused("マクロを含むファイルは読みません。xlsxで保存し直してください。")
    _check_sizes(parts, size)


def _check_sizes(parts: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(part.file_size for part in parts)
    overlapping = sum(part.compress_size for part in parts) > size
    swollen = any(
        part.file_size > RATIO_COUNTS_FROM and part.file_size > part.compress_size * MAX_RATIO for part in parts
    )
    if total > MAX_INFLATED or overlapping or swollen:
        raise FileRefused(BOMB)


def _kind_of(names: list[str]) -> str:
    kinds = {"word/document.xml": "Wordの文書", "ppt/presentation.xml": "PowerPointの文書", "mimetype": "OpenDocument"}
    return next((kind for part, kind in kinds.items() if part in names), "ほかの圧縮ファイル（ZIP）")


def _check_part(source: BinaryIO, part: zipfile.ZipInfo) -> bool:
    """Whether a part of a workbook is a sheet with formulas. Raises FileRefused where its size is not as it says."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(BROKEN)
    is_sheet = part.filename.startswith("xl/worksheets/")
    inflated, has_formulas, end = 0, False, b""
    for piece in _pieces(source, part):
        inflated += len(piece)
        if inflated > part.file_size:
            raise FileRefused(BOMB)
        has_formulas = has_formulas or (is_sheet and bool(_FORMULA.search(end + piece)))
        end = piece[-16:]
    if inflated != part.file_size:
        raise FileRefused(BROKEN)
    return has_formulas


def _pieces(source: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part holds, inflated, in pieces of at most 64 KB."""
    source.seek(part.header_offset)
    header = _LOCAL_HEADER.unpack(source.read(_LOCAL_HEADER.size))
    source.seek(header[-2] + header[-1], 1)
    left = part.compress_size
    inflater = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left and (raw := source.read(min(_CHUNK, left))):
        left -= len(raw)
        if inflater is None:
            yield raw
            continue
        while raw:
            yield inflater.decompress(raw, _CHUNK)
            raw = inflater.unconsumed_tail
