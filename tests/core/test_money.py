"""Amounts as officials print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.money import NOT_READ, both_ways, format_yen, parse_yen, yen_parts


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


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (3_740_250_000, "37億4,025万円（3,740,250,000円）"),
        (12_345, "1万2,345円（12,345円）"),
        (500, "500円"),
        (0, "0円"),
    ],
)
def test_an_amount_in_units_and_in_full(amount, text):
    assert both_ways(amount) == text


@pytest.mark.parametrize(
    "text",
    [
        *("37億4,025万円", "37億4025万円", "３７４，０２５万円", "374,025万円", "3,740,250,000", "3740250000円"),
        *("¥3740250000", "￥3,740,250,000", "金3,740,250,000円也", " 37億 4,025万 円 ", "37億4,025万", "3,740,250千円"),
        "37.4025億円",
    ],
)
def test_every_usual_spelling_of_an_amount_is_read(text):
    assert parse_yen(text) == 3_740_250_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *(("1千万円", 10_000_000), ("5百万円", 5_000_000), ("1,234百万円", 1_234_000_000), ("3億5千万円", 350_000_000)),
        *(("1億2千3百万円", 123_000_000), ("1.5億円", 150_000_000), ("1億1円", 100_000_001), ("3千5百円", 3_500)),
        *(("0", 0), ("2兆円", 2_000_000_000_000)),
    ],
)
def test_thousands_and_hundreds_are_units_too(text, amount):
    assert parse_yen(text) == amount


@pytest.mark.parametrize(
    ("text", "message"),
    [
        *((text, NOT_READ) for text in ("", "円", "億円", "いくらか", "約5万円", "5万円以上", "3〜5万円", "100万円円")),
        *((text, NOT_READ) for text in ("1億20000万円", "5万3億円", "2百3千円", "1.5億2万円", "1億億円", "1" * 60)),
        *((text, "金額の数字は、漢数字ではなく算用数字で") for text in ("三億円", "十億円", "千円", "二千五百万円")),
        *((text, "金額は0以上です。") for text in ("-5", "－5万円", "▲5万円", "△1,000")),
        *((text, "3桁ごとではない") for text in ("1,00円", "3,74,025万円")),
        *((text, "1円に満たない端数") for text in ("0.5円", "1.00005万円")),
        ("3億5000", "最後の数の単位が分かりません。"),
    ],
)
def test_what_is_no_amount_or_more_than_one_is_refused(text, message):
    with pytest.raises(ValueError, match=r".+") as refused:
        parse_yen(text)
    assert str(refused.value).startswith(message)


@given(st.integers(0, 10**18))
def test_an_amount_that_was_written_is_read_back(amount):
    assert parse_yen(format_yen(amount)) == parse_yen(f"{amount:,}円") == parse_yen(str(amount)) == amount


@given(st.text("0123456789,.千百万億円¥約 ", max_size=30))
def test_whatever_is_typed_is_an_amount_or_refused(text):
    try:
        amount = parse_yen(text)
    except ValueError:
        return
    assert parse_yen(format_yen(amount)) == amount
