"""Data from CSV files: what is read, what is refused and where, what is written."""

import codecs
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from municipalities.choices import BodyKind
from municipalities.models import Prefecture
from portal.core import loading
from portal.core.loading import LoadCommand, LoadError, Tally, read_rows, save_row, upsert
from portal.core.models import ContactPoint

COLUMNS = {"code": loading.filled, "name": loading.text, "count": loading.optional(loading.whole_number)}


def file(folder, content, name="towns.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder, content):
    return read_rows(file(folder, content), COLUMNS, key="code")


def test_cells_are_converted_by_column(tmp_path):
    rows = read(tmp_path, "count,code,name\n12,a, 池田町 \n,b,\n")

    assert [row.values for row in rows] == [
        {"code": "a", "name": "池田町", "count": 12},
        {"code": "b", "name": "", "count": None},
    ]
    assert [(row.file, row.line) for row in rows] == [("towns.csv", 2), ("towns.csv", 3)]


def test_a_byte_order_mark_windows_line_ends_and_empty_lines_do_no_harm(tmp_path):
    content = codecs.BOM_UTF8 + "code,name,count\r\n\r\na,池田町,1\r\n".encode()

    assert [(row.line, row["name"]) for row in read(tmp_path, content)] == [(3, "池田町")]


def test_a_row_is_named_by_the_line_on_which_it_begins(tmp_path):
    rows = read(tmp_path, 'code,name,count\na,"二行に\nわたる",1\nb,,\n')

    assert [(row.line, row["name"]) for row in rows] == [(2, "二行に\nわたる"), (4, "")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "towns.csv 1行目「code」列：この列がありません。"),
        ("code,name\na,b\n", "towns.csv 1行目「count」列：この列がありません。"),
        ("code,name,count,size\n", "towns.csv 1行目「size」列：この列は決められていません。列名を確かめてください。"),
        (b"code,name,count,\xff\n", "towns.csv 1行目「?」列：この列は決められていません。列名を確かめてください。"),
        ("code,name,count,name\n", "towns.csv 1行目「name」列：同じ列が二つあります。"),
        ("code,name,count\na,b\n", "towns.csv 2行目「name」列：列の数が3ではなく2です。"),
        ("code,name,count\na,b,1,2\n", "towns.csv 2行目「count」列：列の数が3ではなく4です。"),
        ("code,name,count\na,b,1\n ,b,1\n", "towns.csv 3行目「code」列：空欄にはできません。"),
        (
            "code,name,count\na,b,-1\n",
            "towns.csv 2行目「count」列：半角数字の整数で、15桁以内で書いてください（-1）。",
        ),
        ("code,name,count\na,b,1\nb,b,2\na,c,3\n", "towns.csv 4行目「code」列：2行目と同じ値です（a）。"),
        ("code,name,count\na,b\0,1\n", "towns.csv 2行目「name」列：使えない文字（NUL）があります。"),
        (
            b"code,name,count\na,b,1\nb,\x93\xfa\x96\x7b,1\n",
            "towns.csv 3行目「name」列：UTF-8として読めない文字があります。",
        ),
        (
            'code,name,count\na,b,1\nb,"開いたまま,2\n',
            'towns.csv 3行目：CSVとして読めません。引用符（"）の対応を確かめてください。',
        ),
    ],
)
def test_a_fault_is_named_with_file_line_and_column(tmp_path, content, message):
    with pytest.raises(LoadError) as caught:
        read(tmp_path, content)

    assert str(caught.value) == message


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LoadError) as caught:
        read_rows(tmp_path / "towns.csv", COLUMNS, key="code")

    assert str(caught.value) == f"towns.csv：ファイルを読めません（{tmp_path}）。"


@pytest.mark.parametrize(
    ("convert", "cell", "value"),
    [
        (loading.whole_number, "3740250000", 3_740_250_000),
        (loading.decimal, "43.071088", Decimal("43.071088")),
        (loading.day, "2021-02-10", date(2021, 2, 10)),
        (loading.day, "令和３年２月１０日（水）", date(2021, 2, 10)),
        (loading.yes_or_no, "yes", True),
        (loading.yes_or_no, "no", False),
        (loading.word_of(BodyKind), "市長会", "city_mayors"),
        (loading.word_of(BodyKind), "city_mayors", "city_mayors"),
        (loading.optional(loading.day), " ", None),
    ],
)
def test_what_a_cell_means(convert, cell, value):
    assert convert(cell) == value


@pytest.mark.parametrize(
    ("convert", "cell", "message"),
    [
        (loading.whole_number, "１２", "半角数字の整数で、15桁以内で書いてください（１２）。"),
        (loading.whole_number, "1" * 16, f"半角数字の整数で、15桁以内で書いてください（{'1' * 16}）。"),
        (loading.decimal, "北緯43", "数として読めません（北緯43）。"),
        (loading.decimal, "NaN", "数として読めません（NaN）。"),
        (loading.day, "2021-02-30", "日付として読めません（2021-02-30）。例：2021-02-10、令和3年2月10日"),
        (loading.yes_or_no, "true", "yes か no と書いてください（true）。"),
        (loading.word_of(BodyKind), "議長会", "市長会・町村会のいずれかを書いてください（議長会）。"),
    ],
)
def test_what_a_cell_must_not_be(convert, cell, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        convert(cell)

    assert str(caught.value) == message


def test_the_digest_follows_what_is_said_not_how_the_columns_stand(tmp_path):
    (before,) = read(tmp_path, "code,name,count\na,池田町,\n")
    (reordered,) = read(tmp_path, "name,code,count\n池田町,a,\n")
    (more,) = read(tmp_path, "code,name,count\na,池田町,1\n")
    (fewer,) = read_rows(file(tmp_path, "code,name\na,池田町\n"), {"code": str, "name": str}, key="code")

    assert before.digest == reordered.digest == fewer.digest
    assert before.digest != more.digest


def test_a_tally_reads_as_a_line_of_the_report():
    tally = Tally("自治体", created=1741)
    tally += Tally("自治体", created=1, updated=2, unchanged=3)

    assert str(tally) == "自治体：新規1,742件、更新2件、変更なし3件"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"url": "ftp//"}, "offices.csv 2行目「url」列：URLを正しく入力してください。"),
        (
            {"phone": "1" * 21},
            "offices.csv 2行目「電話番号」列：この値は 20 文字以下でなければなりません( 21 文字になっています)。",
        ),
        ({}, "offices.csv 2行目：この組織・部署の問い合わせ先はすでにあります。"),
    ],
)
def test_a_record_that_breaks_a_rule_is_named_by_its_row(tmp_path, values, message):
    ContactPoint.objects.create(organization="特別区長会")
    columns = {"organization": loading.filled, "url": loading.text}
    (row,) = read_rows(file(tmp_path, "organization,url\n特別区長会,\n", "offices.csv"), columns, key="organization")

    with pytest.raises(LoadError) as caught:
        save_row(row, ContactPoint(organization="特別区長会", **values))

    assert str(caught.value) == message
    assert ContactPoint.objects.count() == 1


PREFECTURE_COLUMNS = {"code": str, "name": str, "column": loading.whole_number}


def load_prefectures(folder, *lines, kept=frozenset()):
    content = "\n".join(["code,name,column", *lines])
    rows = read_rows(file(folder, content, "prefectures.csv"), PREFECTURE_COLUMNS, key="code")
    return upsert(
        Prefecture,
        rows,
        lambda row: {
            "code": row["code"],
            "name": row["name"],
            "name_kana": "けん",
            "name_en": row["name"],
            "region": "関東",
            "tile_column": row["column"],
            "tile_row": 1,
        },
        kept=kept,
    )


@pytest.mark.django_db
def test_new_changed_and_unchanged_records_are_told_apart(tmp_path):
    first = load_prefectures(tmp_path, "10,甲,1", "11,乙,2")
    second = load_prefectures(tmp_path, "10,甲,1", "11,丁,3", "12,丙,2", "14,戊,4", kept=frozenset({"name_en"}))

    assert str(first) == "都道府県：新規2件、更新0件、変更なし0件"
    assert str(second) == "都道府県：新規2件、更新1件、変更なし1件"
    assert list(Prefecture.objects.values_list("code", "name", "name_en", "tile_column")) == [
        ("10", "甲", "甲", 1),
        ("11", "丁", "乙", 3),
        ("12", "丙", "丙", 2),
        ("14", "戊", "戊", 4),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["11,丙,2"], "prefectures.csv 2行目：地図のこの位置には、ほかの都道府県があります。"),
        (["12,乙,3", "11,甲,3"], "prefectures.csv 3行目「name」列：この 名称 を持った 都道府県 が既に存在します。"),
        (["48,丙,3"], "prefectures.csv 2行目：都道府県コードは01から47までです。"),
        (
            ["11,とてもとても長い都道府県,3"],
            "prefectures.csv 2行目「name」列：この値は 10 文字以下でなければなりません( 12 文字になっています)。",
        ),
        (["10,甲,2"], "prefectures.csv 2行目：地図のこの位置には、ほかの都道府県があります。"),
    ],
)
def test_the_row_that_the_database_refuses_is_found_among_many(tmp_path, lines, message):
    load_prefectures(tmp_path, "10,甲,1", "13,丁,2")

    with pytest.raises(LoadError) as caught:
        load_prefectures(tmp_path, *lines)

    assert str(caught.value) == message


class Broken(LoadCommand):
    def load(self, **options):
        ContactPoint.objects.create(organization="途中")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")


class Faulty(LoadCommand):
    def load(self, *, directory, **options):
        ContactPoint.objects.create(organization="途中")
        self.report(Tally("問い合わせ先", created=1))
        raise LoadError("towns.csv", "この列がありません。", 1, "code")


@pytest.mark.django_db
def test_a_command_that_meets_a_fault_says_so_in_a_line_and_leaves_no_trace(tmp_path):
    Faulty.default_directory = tmp_path
    out = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command(Faulty(), stdout=out)

    assert str(caught.value) == "towns.csv 1行目「code」列：この列がありません。\n何も変更していません。"
    assert out.getvalue() == "問い合わせ先：新規1件、更新0件、変更なし0件\n"
    assert not ContactPoint.objects.exists()


@pytest.mark.django_db
def test_a_command_that_the_database_fails_says_so_and_leaves_no_trace(tmp_path):
    Broken.default_directory = tmp_path

    with pytest.raises(CommandError, match="データベースに書き込めません。何も変更していません。"):
        call_command(Broken())

    assert not ContactPoint.objects.exists()
