"""Workbooks that are no workbooks, or made to do harm, are refused before anything in them is parsed."""

import io
import tracemalloc
import zipfile

import pytest

from portal.core.importing.archives import BOMB, BROKEN, check_workbook
from portal.core.importing.refusal import FileRefused
from tests.core.importing.files import telling_a_smaller_size, with_parts, workbook

SHEET = "xl/worksheets/sheet1.xml"


def refusal(source) -> str:
    with pytest.raises(FileRefused) as refused:
        check_workbook(source)
    return str(refused.value)


def zipped(**parts) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target


def test_a_workbook_is_fine():
    assert check_workbook(workbook(["NO"], ["1"])) is False


def test_it_is_told_whether_there_are_formulas():
    assert check_workbook(workbook(["NO"], ["=1+1"])) is True


def test_formulas_are_found_across_the_pieces_that_are_read():
    rows = [["x" * 50, f"{number}"] for number in range(3000)]

    assert check_workbook(workbook(["NO", "文"], *rows, ["=A1", ""])) is True


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"word__document_xml": "<w/>", "[Content_Types]_xml": ""}, "Wordの文書"),
        ({"ppt__presentation_xml": "<p/>", "[Content_Types]_xml": ""}, "PowerPointの文書"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument"),
        ({"photo.jpg": "x"}, "ほかの圧縮ファイル（ZIP）"),
    ],
)
def test_other_zip_files_are_named(parts, kind):
    assert refusal(zipped(**parts)) == f"{kind}のようです。表をCSVかxlsxで保存してください。"


def test_half_a_file_is_broken():
    whole = workbook(["NO"], ["1"]).getvalue()

    assert refusal(io.BytesIO(whole[: len(whole) // 2])) == BROKEN


def test_macros_are_refused():
    with_macros = with_parts(workbook(["NO"]), **{"xl__vbaProject.bin": b"x"})

    assert refusal(with_macros) == "マクロを含むファイルは読みません。xlsxで保存し直してください。"


def test_a_part_named_twice_is_broken():
    source = workbook(["NO"])
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(source, "a") as archive:
        archive.writestr(SHEET, "<x/>")

    assert refusal(source) == BROKEN


def test_a_password_is_told():
    raw = bytearray(workbook(["NO"]).getvalue())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(io.BytesIO(bytes(raw))) == "パスワードのかかったファイルは読めません。"


def test_a_part_in_an_unusual_compression_is_broken():
    source = workbook(["NO"])
    with zipfile.ZipFile(source, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/more.xml", "x" * 100)

    assert refusal(source) == BROKEN


def test_a_bomb_that_tells_its_size_is_refused_unread():
    bomb = with_parts(workbook(["NO"]), xl__worksheets__sheet1_xml=b"0" * (101 * 1024 * 1024))
    tracemalloc.start()

    assert refusal(bomb) == BOMB
    assert tracemalloc.get_traced_memory()[1] < 2 * 1024 * 1024
    tracemalloc.stop()


def test_a_part_that_swells_a_hundredfold_is_refused():
    bomb = with_parts(workbook(["NO"]), xl__worksheets__sheet1_xml=b"0" * (2 * 1024 * 1024))

    assert refusal(bomb) == BOMB


def test_a_bomb_that_hides_its_size_is_refused_without_inflating_it():
    bomb = with_parts(workbook(["NO"]), xl__worksheets__sheet1_xml=b"0" * (50 * 1024 * 1024))
    hidden = telling_a_smaller_size(bomb, SHEET)
    tracemalloc.start()

    assert refusal(hidden) == BOMB
    assert tracemalloc.get_traced_memory()[1] < 2 * 1024 * 1024
    tracemalloc.stop()


def test_parts_that_overlap_are_refused():
    """A directory that names the same bytes again and again makes a small file large."""
    raw = bytearray(workbook(["NO"], *([f"{number}"] for number in range(2000))).getvalue())
    for name in ("xl/styles.xml", "xl/theme/theme1.xml"):
        place = raw.rindex(name.encode()) - 46
        raw[place + 20 : place + 24] = len(raw).to_bytes(4, "little")

    assert refusal(io.BytesIO(bytes(raw))) == BOMB


def test_too_many_parts_are_broken():
    source = workbook(["NO"])
    with zipfile.ZipFile(source, "a") as archive:
        for number in range(1000):
            archive.writestr(f"xl/{number}", "")

    assert refusal(source) == BROKEN
