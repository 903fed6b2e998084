"""Addresses in four parts: every municipality of Japan is found, and nothing is lost."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.profiles.address import AddressParts, full_address, join_address, split_address
from tests.test_architecture import ROOT

MUNICIPALITIES = list(
    csv.DictReader((ROOT / "municipalities/data/municipalities.csv").read_text(encoding="utf-8").splitlines())
)


def test_every_municipality_is_told_from_the_town_after_it():
    wrong = []
    for row in MUNICIPALITIES:
        parts = split_address(f"{row['prefecture']}{row['name']}中央1丁目2番3号")
        if parts != AddressParts(row["prefecture"], row["name"], "中央", "1丁目2番3号"):
            wrong.append((row["name"], parts))

    assert wrong == []


@pytest.mark.parametrize("county", ["余市郡余市町", "高市郡明日香村", "佐波郡玉村町", "東村山郡山辺町", "田村郡三春町"])
def test_a_county_belongs_to_its_town(county):
    parts = split_address(f"奈良県{county}岡1", county.split("郡")[1])

    assert (parts.city, parts.town, parts.rest) == (county, "岡", "1")


def test_the_ward_of_a_city_belongs_to_the_city():
    assert split_address("北海道札幌市中央区北1条西2丁目", "札幌市") == AddressParts(
        "北海道", "札幌市中央区", "北", "1条西2丁目"
    )


def test_full_width_digits_end_the_town_too():
    assert split_address("東京都千代田区飯田橋３－５－１")[2:] == ("飯田橋", "３－５－１")


def test_an_address_without_a_prefecture_is_a_town():
    assert split_address("飯田橋3-5-1") == AddressParts("", "", "飯田橋", "3-5-1")


@given(st.text(max_size=40) | st.builds("東京都".__add__, st.text("千代田区市町村郡0１-", max_size=20)))
def test_what_is_split_joins_to_the_same_text(address):
    assert join_address(split_address(address)) == address
    assert join_address(split_address(address, "千代田区")) == address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("飯田橋3-5-1", "東京都千代田区飯田橋3-5-1"),
        ("千代田区飯田橋3-5-1", "東京都千代田区飯田橋3-5-1"),
        ("東京都千代田区飯田橋3-5-1", "東京都千代田区飯田橋3-5-1"),
        ("", "東京都千代田区"),
    ],
)
def test_prefecture_and_city_are_put_before_an_address_once(address, expected):
    assert full_address(address, "東京都", "千代田区") == expected


def test_a_county_is_not_told_twice():
    assert full_address("高市郡明日香村岡55", "奈良県", "明日香村") == "奈良県高市郡明日香村岡55"


def test_an_address_stays_where_no_municipality_is_known():
    assert full_address("どこかの町1") == "どこかの町1"
