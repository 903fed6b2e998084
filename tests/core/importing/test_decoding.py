"""The encoding, delimiter and line ends of a text file are told from its content."""

import io

import pytest

from portal.core.importing.decoding import UTF8, UTF8_BOM, UTF16, WINDOWS_31J, encoding_of, text_rows
from portal.core.importing.refusal import FileRefused

TEXT = "NO,名称\r\n1,髙島屋①〜\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode("utf-8"), UTF8),
        (TEXT.encode("utf-8-sig"), UTF8_BOM),
        (TEXT.replace("〜", "～").encode("cp932"), WINDOWS_31J),
        (TEXT.encode("utf-16"), UTF16),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), UTF16),
        (b"NO,name\n1,x\n", UTF8),
    ],
)
def test_the_encoding_is_found_and_read(content, encoding):
    source = io.BytesIO(content)

    assert encoding_of(source) == encoding
    first, second = text_rows(source, encoding)
    assert first[0] == "NO"
    assert second[1] in ("髙島屋①〜", "髙島屋①～", "x")


def test_a_character_that_is_cut_by_the_pieces_that_are_read_is_whole():
    for shift in range(3):
        content = b"x" * (64 * 1024 - shift) + "漢字".encode() * 10

        assert encoding_of(io.BytesIO(content)) == UTF8


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_lines_end_in_any_way(line_end):
    content = line_end.join(["NO,名称", '1,"一行目', '二行目"', "2,文", ""]).encode()

    rows = list(text_rows(io.BytesIO(content), UTF8))

    assert rows == [["NO", "名称"], ["1", f"一行目{line_end}二行目"], ["2", "文"]]


def test_tabs_separate_where_there_are_more_of_them():
    assert list(text_rows(io.BytesIO(b"NO\tname, place\n1\ta,b\n"), UTF8)) == [["NO", "name, place"], ["1", "a,b"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "NO,名称\n1,文\n".encode() + b"2,\xff\xff\n",
            "文字として読めない部分があります（3行目、先頭から19バイト目、UTF-8として）。",
        ),
        (
            "NO,名称\n1,催し物の名称\n".encode("cp932") + b"2,\xff\n",
            "文字として読めない部分があります（3行目、先頭から26バイト目、Windows-31J（シフトJIS）として）。",
        ),
        (
            b"\xef\xbb\xbfNO\n\x83\x65\n",
            "文字として読めない部分があります（2行目、先頭から7バイト目、UTF-8（BOM付き）として）。",
        ),
    ],
)
def test_broken_bytes_are_refused_with_their_line_and_place(content, message):
    with pytest.raises(FileRefused) as refused:
        encoding_of(io.BytesIO(content))

    assert str(refused.value) == message + "UTF-8かシフトJISで保存し直してください。"


def test_what_is_no_text_is_refused():
    with pytest.raises(FileRefused, match="文字ではないデータ"):
        list(text_rows(io.BytesIO(b"NO,name\n1,\x00\x01\n"), UTF8))


def test_an_endless_cell_is_refused():
    content = b'NO,name\n1,"' + b"x" * 200_000

    with pytest.raises(FileRefused, match="CSVとして読めません"):
        list(text_rows(io.BytesIO(content), UTF8))


def test_the_file_stays_open_for_the_next_reader():
    source = io.BytesIO(b"NO\n1\n")
    list(text_rows(source, UTF8))

    assert not source.closed
