"""What a file is, told from its content."""

import io

import pytest

from portal.core.importing.file_types import TEXT, WORKBOOK, file_type
from portal.core.importing.refusal import FileRefused
from tests.core.importing.files import csv_file, workbook


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        file_type(io.BytesIO(content))
    return str(refused.value)


def test_text_and_workbooks_are_told_apart_by_their_content():
    assert file_type(csv_file(["NO"], ["1"])) == TEXT
    assert file_type(workbook(["NO"], ["1"])) == WORKBOOK


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ファイルが空です。"),
        (b" \r\n\t ", "ファイルが空です。"),
        (b"%PDF-1.7\n", "PDFのようです。表をCSVかxlsxで保存してください。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "古い形式のExcelファイル（.xls）か、パスワードのかかったファイルのようです。xlsxで保存し直してください。",
        ),
        (b"\x89PNG\r\n\x1a\n", "画像（PNG）のようです。表をCSVかxlsxで保存してください。"),
        (b"\xff\xd8\xff\xe0", "画像（JPEG）のようです。表をCSVかxlsxで保存してください。"),
        (b"GIF89a", "画像（GIF）のようです。表をCSVかxlsxで保存してください。"),
        (b"\x1f\x8b\x08", "圧縮ファイル（gzip）のようです。展開してから選んでください。"),
        (b"Rar!\x1a\x07", "圧縮ファイル（RAR）のようです。展開してから選んでください。"),
        (b"7z\xbc\xaf\x27", "圧縮ファイル（7z）のようです。展開してから選んでください。"),
        (b"{\\rtf1", "文書（RTF）のようです。表をCSVかxlsxで保存してください。"),
        (b"<!DOCTYPE html><table>", "HTMLかXMLのようです。表をCSVかxlsxで保存してください。"),
        (b"\xef\xbb\xbf\n <html>", "HTMLかXMLのようです。表をCSVかxlsxで保存してください。"),
        (b"<?xml version='1.0'?>", "HTMLかXMLのようです。表をCSVかxlsxで保存してください。"),
    ],
)
def test_anything_else_is_refused_with_what_it_seems_to_be(content, message):
    assert refusal(content) == message


class Huge(io.RawIOBase):
    """A file of a gigabyte that nobody may read."""

    def seek(self, offset, whence=0):
        self.position = 1024**3 if whence == 2 else offset
        return self.position

    def tell(self):
        return self.position

    def read(self, size=-1):
        raise AssertionError("読まずに断るはずのファイルを読みました。")


def test_a_gigabyte_is_refused_by_its_size_and_not_read():
    with pytest.raises(FileRefused) as refused:
        file_type(Huge())

    assert str(refused.value) == "ファイルが大きすぎます（1,024MB）。10MBまでです。ファイルを分けてください。"
