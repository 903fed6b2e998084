"""What a file is, told from its content: its name promises nothing."""

from typing import BinaryIO

from portal.core.importing.refusal import FileRefused

MAX_BYTES = 10 * 1024 * 1024
TEXT, WORKBOOK = "CSV", "xlsx"

_ZIP = b"PK\x03\x04"
# How files begin that people send by mistake, and what to do instead.
_OTHERS = (
    (b"%PDF-", "PDF", "表をCSVかxlsxで保存してください。"),
    (
        b"\xd0\xcf\x11\xe0",
        "古い形式のExcelファイル（.xls）か、パスワードのかかったファイル",
        "xlsxで保存し直してください。",
    ),
    (b"\x89PNG", "画像（PNG）", "表をCSVかxlsxで保存してください。"),
    (b"\xff\xd8\xff", "画像（JPEG）", "表をCSVかxlsxで保存してください。"),
    (b"GIF8", "画像（GIF）", "表をCSVかxlsxで保存してください。"),
    (b"\x1f\x8b", "圧縮ファイル（gzip）", "展開してから選んでください。"),
    (b"Rar!", "圧縮ファイル（RAR）", "展開してから選んでください。"),
    (b"7z\xbc\xaf", "圧縮ファイル（7z）", "展開してから選んでください。"),
    (b"{\\rtf", "文書（RTF）", "表をCSVかxlsxで保存してください。"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<table", b"<script")


def size_of(source: BinaryIO) -> int:
    """How many bytes a file has; none of them is read."""
    source.seek(0, 2)
    size = source.tell()
    source.seek(0)
    return size


def file_type(source: BinaryIO) -> str:
    """TEXT or WORKBOOK. Raises FileRefused for anything else, saying what it seems to be."""
    size = size_of(source)
    if size > MAX_BYTES:
        raise FileRefused(
            f"ファイルが大きすぎます（{size / 1024**2:,.0f}MB）。10MBまでです。ファイルを分けてください。"
        )
    beginning = source.read(512)
    source.seek(0)
    if not beginning.strip():
        raise FileRefused("ファイルが空です。")
    if beginning.startswith(_ZIP):
        return WORKBOOK
    _refuse_others(beginning)
    return TEXT


def _refuse_others(beginning: bytes) -> None:
    for signature, name, advice in _OTHERS:
        if beginning.startswith(signature):
            raise FileRefused(f"{name}のようです。{advice}")
    if beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise FileRefused("HTMLかXMLのようです。表をCSVかxlsxで保存してください。")
