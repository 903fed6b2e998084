"""The prefectures and municipalities of Japan, as they come with the program."""

import shutil
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from municipalities.choices import MunicipalityKind
from municipalities.management.commands.load_reference import Command
from municipalities.models import Municipality, Prefecture, Ward
from municipalities.rules import is_municipality_code
from portal.core.models import ContactPoint

pytestmark = pytest.mark.django_db

DATA = Command.default_directory
NOTHING_DONE = "\n何も変更していません。"


def load(**options):
    out = StringIO()
    call_command("load_reference", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path):
    """A copy of the data to spoil."""
    return shutil.copytree(DATA, tmp_path / "data")


def replace(path, old, new):
    content = path.read_bytes()
    old, new = (text if isinstance(text, bytes) else text.encode() for text in (old, new))
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))


def test_every_prefecture_and_municipality_is_there():
    assert load() == ["都道府県：新規47件、更新0件、変更なし0件", "自治体：新規1,741件、更新0件、変更なし0件"]

    kinds = dict(Municipality.objects.order_by().values_list("kind").annotate(Count("pk")))
    assert kinds == {
        MunicipalityKind.CITY: 792,
        MunicipalityKind.TOWN: 743,
        MunicipalityKind.VILLAGE: 183,
        MunicipalityKind.SPECIAL_WARD: 23,
    }
    assert Prefecture.objects.count() == 47
    assert [ward.name for ward in Ward.objects.all()][::22] == ["千代田区", "江戸川区"]
    assert all(is_municipality_code(code) for code in Municipality.objects.values_list("code", flat=True))


def test_a_municipality_has_what_the_table_says():
    load()

    sapporo = Municipality.objects.get(code="011002")
    assert (sapporo.name, sapporo.name_kana, sapporo.name_en) == ("札幌市", "さっぽろし", "Sapporo City")
    assert (sapporo.kind, sapporo.prefecture.name) == (MunicipalityKind.CITY, "北海道")
    assert (sapporo.latitude, sapporo.longitude) == (Decimal("43.071088"), Decimal("141.351854"))
    assert Municipality.objects.filter(name="池田町").count() == 4


def test_loading_again_changes_nothing():
    load()

    assert load() == ["都道府県：新規0件、更新0件、変更なし47件", "自治体：新規0件、更新0件、変更なし1,741件"]


def test_what_staff_entered_stays_and_the_rest_follows_the_file():
    load()
    office = ContactPoint.objects.create(organization="品川区")
    Municipality.objects.filter(code="131091").update(
        name_en="Shinagawa City", official_site="https://shinagawa.example/", contact=office, name="しながわく"
    )
    Prefecture.objects.filter(code="01").update(name_en="HOKKAIDO", name_kana="えぞ")

    assert load() == ["都道府県：新規0件、更新1件、変更なし46件", "自治体：新規0件、更新1件、変更なし1,740件"]

    shinagawa = Municipality.objects.get(code="131091")
    assert shinagawa.name == "品川区"
    assert shinagawa.name_en == "Shinagawa City"
    assert (shinagawa.official_site, shinagawa.contact) == ("https://shinagawa.example/", office)
    hokkaido = Prefecture.objects.get(code="01")
    assert (hokkaido.name_en, hokkaido.name_kana) == ("HOKKAIDO", "ほっかいどう")


SAPPORO = "011002,01100,01,北海道,札幌市,さっぽろし,Sapporo City,市,43.071088,141.351854"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            SAPPORO.replace("011002", "011003"),
            "2行目「code6」列：6桁の団体コードではないか、検査数字（6桁目）が合いません（011003）。",
        ),
        (SAPPORO.replace(",01100,", ",01101,"), "2行目「code5」列：団体コードの先頭5桁と合いません。"),
        (SAPPORO.replace(",01,", ",02,"), "2行目「prefecture_code」列：団体コードの先頭2桁と合いません。"),
        (SAPPORO.replace("北海道", "青森県"), "2行目「prefecture」列：都道府県コードの都道府県と名称が合いません。"),
        (SAPPORO.replace(",市,", ",郡,"), "2行目「kind」列：市・町・村・特別区のいずれかを書いてください（郡）。"),
        (SAPPORO.replace(",市,", ",特別区,"), "2行目：特別区の団体コードは131016から131237までです。"),
        (SAPPORO.replace("43.071088", "北緯43"), "2行目「latitude」列：数として読めません（北緯43）。"),
        (
            SAPPORO.replace("43.071088", "51.5"),
            "2行目「latitude」列：この値は 46 以下でなければなりません。",
        ),
        (SAPPORO.replace("43.071088", ""), "2行目：緯度と経度は日本の範囲で、両方を入れてください。"),
        (
            SAPPORO.replace("札幌市", "札" * 31),
            "2行目「name」列：この値は 30 文字以下でなければなりません( 31 文字になっています)。",
        ),
        (SAPPORO + ",0", "2行目「longitude」列：列の数が10ではなく11です。"),
        (SAPPORO.replace("札幌市", "札\0市"), "2行目「name」列：使えない文字（NUL）があります。"),
        (
            SAPPORO.encode().replace("札幌市".encode(), b"\x8e\x44\x96\x79"),
            "2行目「name」列：UTF-8として読めない文字があります。",
        ),
        (f"{SAPPORO}\n{SAPPORO}", "3行目「code6」列：2行目と同じ値です（011002）。"),
    ],
)
def test_a_broken_line_stops_everything(folder, line, message):
    replace(folder / "municipalities.csv", SAPPORO, line)

    with pytest.raises(CommandError) as caught:
        load(directory=folder)

    assert str(caught.value) == f"municipalities.csv {message}{NOTHING_DONE}"
    assert not Prefecture.objects.exists()
    assert not Municipality.objects.exists()


def test_a_broken_line_leaves_the_database_as_it_was(folder):
    load()
    replace(folder / "prefectures.csv", "北海道,ほっかいどう", "北海道,えぞ")
    replace(folder / "municipalities.csv", SAPPORO, SAPPORO.replace("さっぽろし", ""))

    with pytest.raises(CommandError, match=r"municipalities\.csv 2行目「name_kana」列：空欄にはできません。"):
        load(directory=folder)

    assert Prefecture.objects.get(code="01").name_kana == "ほっかいどう"
    assert Municipality.objects.get(code="011002").name_kana == "さっぽろし"


def test_two_prefectures_cannot_have_one_tile(folder):
    replace(folder / "prefectures.csv", "北海道,13,0", "北海道,12,1")

    with pytest.raises(CommandError) as caught:
        load(directory=folder)

    place = "地図のこの位置には、ほかの都道府県があります。"
    assert str(caught.value) == f"prefectures.csv 3行目：{place}{NOTHING_DONE}"
