"""One spelling for text that is compared, no control characters in what is written."""

import pytest

from portal.core.text import fold, plain


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("チヨダ", "ちよだ"),
        ("ﾁﾖﾀﾞ", "ちよだ"),
        (" ちよだ　", "ちよだ"),
        ("ＡＢＣ", "abc"),
        ("Sapporo", "sapporo"),
        ("１３１０１６", "131016"),
        ("札幌市", "札幌市"),
    ],
)
def test_what_people_type_meets_what_is_stored(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("一行目\r\n二行目\r三行目\n四行目", "一行目\n二行目\n三行目\n四行目"),
        ("一\x0b二\x0c三\x1c四\x85五\u2028六\u2029七", "一\n二\n三\n四\n五\n六\n七"),
        ("\x00\x01\x08\x1b[31m\x7f\x80\x9f\ufffe\uffff", "[31m"),
        ("\tタブ　全角の空白 🍵", "\tタブ　全角の空白 🍵"),
        ("一行目\n\n", "一行目\n"),
        ("", ""),
    ],
)
def test_nothing_is_written_that_machines_cannot_read(typed, written):
    assert plain(typed) == written
