"""Files for download: they are what their names say, and not too large."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.uploads import check_attachment


def archive(*names):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("A.PDF", b"%PDF-1.4\n"),
        ("a.csv", "名称,数\n東京,1\n".encode()),
        ("a.csv", "名称,数\n東京,1\n".encode("utf-8-sig")),
        ("a.csv", "名称,数\n東京,1\n".encode("cp932")),
        ("a.zip", archive("a.txt")),
        ("a.docx", WORD),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml")),
    ],
)
def test_what_is_what_it_says_is_taken(name, raw):
    upload = SimpleUploadedFile(name, raw)
    check_attachment(upload)
    assert upload.read() == raw


@pytest.mark.parametrize(
    ("name", "raw", "extension"),
    [
        ("a.pdf", b"<html>", "pdf"),
        ("a.pdf", b" %PDF-1.7", "pdf"),
        ("a.csv", b"a,b\x00c\n", "csv"),
        ("a.csv", b"\xff\xfe\x81", "csv"),
        ("a.zip", b"no archive", "zip"),
        ("a.docx", b"no archive", "docx"),
        ("a.docx", archive("[Content_Types].xml", "xl/workbook.xml"), "docx"),
        ("a.xlsx", archive("a.txt"), "xlsx"),
        ("a.exe", b"MZ", "exe"),
        ("a", b"text", "なし"),
    ],
)
def test_what_is_something_else_is_refused(name, raw, extension):
    with pytest.raises(ValidationError) as refused:
        check_attachment(SimpleUploadedFile(name, raw))
    assert refused.value.messages == [f"ファイルの中身が、拡張子（{extension}）と合いません。"]


def test_macros_are_refused():
    raw = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    with pytest.raises(ValidationError) as refused:
        check_attachment(SimpleUploadedFile("a.docx", raw))
    assert refused.value.messages == ["マクロを含むファイルは登録できません。"]


def test_a_file_over_20_megabytes_is_refused():
    upload = SimpleUploadedFile("a.pdf", b"%PDF-")
    upload.size = 20 * 1024 * 1024 + 1
    with pytest.raises(ValidationError) as refused:
        check_attachment(upload)
    assert refused.value.messages == ["ファイルは20MBまでです。"]
