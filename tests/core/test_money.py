"""Amounts as officials print them."""

import pytest

from portal.core.money import format_yen, yen_parts


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (3_740_250_000, "37億4,025万円"),
        (306_880_000, "3億688万円"),
        (1_000_000_000, "10億円"),
        (283_000_000, "2億8,300万円"),
        (1_000_000, "100万円"),
        (10_000, "1万円"),
        (9_999, "9,999円"),
        (12_345, "1万2,345円"),
        (100_000_001, "1億1円"),
        (0, "0円"),
        (1_234_500_000_000, "12,345億円"),
    ],
)
def test_yen_in_units_of_ten_thousand(amount, text):
    assert format_yen(amount) == text


def test_figures_stand_apart_from_their_units():
    assert yen_parts(3_740_250_000) == [("37", "億"), ("4,025", "万円")]
    assert yen_parts(1_000_000_000) == [("10", "億円")]
    assert yen_parts(0) == [("0", "円")]


def test_there_is_no_negative_amount():
    with pytest.raises(ValueError, match="0以上"):
        format_yen(-1)
