"""Loads the 47 prefectures and every municipality of Japan from the tables in the program."""

from functools import partial
from pathlib import Path
from typing import Any

from municipalities.choices import MunicipalityKind
from municipalities.models import Municipality, Prefecture
from municipalities.rules import is_municipality_code
from portal.core.loading import LoadCommand, Row, decimal, filled, optional, read_rows, upsert, whole_number, word_of

# Entered by staff once a row exists: a municipality may spell itself otherwise.
KEPT = frozenset({"name_en"})


def code6(cell: str) -> str:
    """A six-digit local-government code. Raises ValueError where its check digit is wrong."""
    if not is_municipality_code(cell):
        raise ValueError(f"6桁の団体コードではないか、検査数字（6桁目）が合いません（{cell}）。")
    return cell


PREFECTURE_COLUMNS = {
    "code": filled,
    "name": filled,
    "name_kana": filled,
    "name_en": filled,
    "region": filled,
    "tile_col": whole_number,
    "tile_row": whole_number,
}
MUNICIPALITY_COLUMNS = {
    "code6": code6,
    "code5": filled,
    "prefecture_code": filled,
    "prefecture": filled,
    "name": filled,
    "name_kana": filled,
    "name_en": filled,
    "kind": word_of(MunicipalityKind),
    "latitude": optional(decimal),
    "longitude": optional(decimal),
}


class Command(LoadCommand):
    help = "都道府県と市区町村を読み込みます。何度実行しても同じ結果になります。"
    default_directory = Path(__file__).resolve().parents[2] / "data"

    def load(self, *, directory: Path, **options: Any) -> None:
        prefectures = read_rows(directory / "prefectures.csv", PREFECTURE_COLUMNS, key="code")
        self.report(upsert(Prefecture, prefectures, prefecture_values, kept=KEPT))
        municipalities = read_rows(directory / "municipalities.csv", MUNICIPALITY_COLUMNS, key="code6")
        names = dict(Prefecture.objects.values_list("code", "name"))
        self.report(upsert(Municipality, municipalities, partial(municipality_values, names), kept=KEPT))


def prefecture_values(row: Row) -> dict[str, Any]:
    same = {name: row[name] for name in ("code", "name", "name_kana", "name_en", "region", "tile_row")}
    return {**same, "tile_column": row["tile_col"]}


def municipality_values(prefectures: dict[str, str], row: Row) -> dict[str, Any]:
    """What a row says of a municipality. Raises LoadError where its cells contradict one another or the prefectures."""
    if row["code5"] != row["code6"][:5]:
        raise row.fault("団体コードの先頭5桁と合いません。", "code5")
    if row["prefecture_code"] != row["code6"][:2]:
        raise row.fault("団体コードの先頭2桁と合いません。", "prefecture_code")
    if row["prefecture"] != prefectures.get(row["prefecture_code"]):
        raise row.fault("都道府県コードの都道府県と名称が合いません。", "prefecture")
    same = {name: row[name] for name in ("name", "name_kana", "name_en", "kind", "latitude", "longitude")}
    return {**same, "code": row["code6"], "prefecture_id": row["prefecture_code"]}
