"""Numbers, fees, telephone numbers and addresses as town halls write them."""

from decimal import Decimal

import pytest

from portal.core.importing import values


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (" 文 ", "文"),
        ("　文　", "文"),
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("'@here", "@here"),
        ("'文", "'文"),
        ("一行目\r\n二行目\r三行目", "一行目\n二行目\n三行目"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_was_meant_by_a_cell(cell, meant):
    assert values.cell_of(cell) == meant


@pytest.mark.parametrize("cell", ["", "-", "－", "ー", "―", "未定", "調整中", "なし", "無し", "特になし"])
def test_what_says_nothing_is_blank(cell):
    assert values.is_blank(cell)


def test_none_may_be_an_answer():
    assert not values.is_blank("なし", none_is_blank=False)
    assert values.is_blank("－", none_is_blank=False)
    assert not values.is_blank("無料")


@pytest.mark.parametrize(("cell", "number"), [("100", 100), ("１，０００", 1000), ("0", 0)])
def test_whole_numbers(cell, number):
    assert values.read_number(cell) == number


@pytest.mark.parametrize("cell", ["1.5", "-1", "九", "9999999999", "12345678901", ""])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(ValueError, match="整数として読めません"):
        values.read_number(cell)


@pytest.mark.parametrize(
    ("cell", "number", "rest"),
    [
        ("100", 100, ""),
        ("100人", 100, ""),
        ("１００名", 100, ""),
        ("1,200席", 1200, ""),
        ("先着50名", 50, "先着50名"),
        ("50名（申込順）", 50, "50名（申込順）"),
        ("各回20名、全3回", None, "各回20名、全3回"),
        ("30組", None, "30組"),
        ("定員なし", None, "定員なし"),
    ],
)
def test_a_capacity_and_what_else_is_said(cell, number, rest):
    assert values.read_capacity(cell) == values.Capacity(number, rest)


@pytest.mark.parametrize(
    ("fee", "free"),
    [
        ("無料", True),
        ("参加費無料", True),
        ("入場無料", True),
        ("０円", True),
        ("500円", False),
        ("大人1,000円", False),
        ("参加費５００円", False),
        ("入場無料（飲食は有料）", None),
        ("一部有料", None),
        ("500円（小学生は無料）", None),
        ("", None),
    ],
)
def test_whether_it_is_free_only_where_the_words_are_plain(fee, free):
    assert values.is_free(fee) is free


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("03-1234-5678", "03-1234-5678"),
        ("０３－１２３４－５６７８", "03-1234-5678"),
        ("03ー1234ー5678", "03-1234-5678"),
        ("03（1234）5678", "03-1234-5678"),
        ("090 1234 5678", "090-1234-5678"),
        ("+81-3-1234-5678", "+81-3-1234-5678"),
        ("0312345678", "0312345678"),
    ],
)
def test_telephone_numbers(cell, phone):
    assert values.read_phone(cell) == phone


@pytest.mark.parametrize("cell", ["03-1234-5678、03-1234-5679", "代表", "110", "03-1234-5678 内線12"])
def test_what_is_no_telephone_number_is_refused(cell):
    with pytest.raises(ValueError, match="電話番号として読めません"):
        values.read_phone(cell)


def test_mail_addresses():
    assert values.read_email("ｋａｎｋｏ@example.jp") == "kanko@example.jp"
    with pytest.raises(ValueError, match="メールアドレスとして読めません"):
        values.read_email("kanko(at)example.jp")


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("https://www.example.jp/a?b=c", "https://www.example.jp/a?b=c"),
        ("http://example.jp", "http://example.jp"),
        ("www.example.jp/event", "https://www.example.jp/event"),
        ("ｗｗｗ．ｅｘａｍｐｌｅ．ｊｐ", "https://www.example.jp"),
    ],
)
def test_web_addresses(cell, url):
    assert values.read_url(cell) == url


@pytest.mark.parametrize(
    "cell", ["javascript:alert(1)", "ftp://example.jp", "ホームページ参照", "http://a b", "http://["]
)
def test_what_is_no_web_address_is_refused(cell):
    with pytest.raises(ValueError, match="として読めません"):
        values.read_url(cell)


def test_a_web_address_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="200文字まで"):
        values.read_url("https://example.jp/" + "a" * 200)


@pytest.mark.parametrize("cell", ["102-0072", "〒102-0072", "１０２－００７２", "1020072", "〒 102 - 0072"])
def test_postal_codes(cell):
    assert values.read_postal_code(cell) == "102-0072"


def test_what_is_no_postal_code_is_refused():
    with pytest.raises(ValueError, match="郵便番号として読めません"):
        values.read_postal_code("102-007")


def test_degrees_have_six_places():
    assert values.read_degrees("３５．６９８６８３４") == Decimal("35.698683")
    assert values.read_degrees("139") == Decimal("139.000000")


@pytest.mark.parametrize("cell", ["35°41′55″", "35度41分", "35 41 55", "35:41:55"])
def test_degrees_with_minutes_are_refused(cell):
    with pytest.raises(ValueError, match="度・分・秒ではなく、十進法の度で"):
        values.read_degrees(cell)


@pytest.mark.parametrize("cell", ["北緯35", "1e5", "NaN", "35,6", "1234"])
def test_what_is_no_degree_is_refused(cell):
    with pytest.raises(ValueError, match="緯度・経度として読めません"):
        values.read_degrees(cell)


def test_names_in_a_cell():
    assert values.names_in("甲市、乙町，丙村\n甲市; ") == ["甲市", "乙町", "丙村"]
