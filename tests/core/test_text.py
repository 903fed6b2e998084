"""One spelling for text that is compared."""

import pytest

from portal.core.text import fold


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
