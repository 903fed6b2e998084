"""statistics.csv: the figures as they were officially printed, one line for each cell of their tables."""

from collections.abc import Iterator
from typing import Any

from events.profiles import Column, Kind, Profile
from portal.choices import FigureState, FigureTable
from portal.models import PublishedFigure
from portal.open_data.dataset import Dataset, Moment, summary_of_all

STATES = {FigureState.STATED: "数", FigureState.DID_NOT_EXIST: "まだなかった"}

PROFILE = Profile(
    "statistics",
    "公表値",
    "1.0",
    "特別区全国連携プロジェクト",
    (
        Column(
            "表",
            "table",
            Kind.CHOICE,
            "、".join(map(str, FigureTable.labels)) + "のいずれか。",
            "連携自治体数の推移",
            True,
        ),
        Column("行", "row", Kind.TEXT, "表の中で行を特定する名前（英字）。変わりません。", "exchange", True),
        Column("行の見出し", "label", Kind.TEXT, "資料の見出し。", "各区の交流自治体", True),
        Column("合計", "is_total", Kind.CHOICE, "合計の行は「合計」、ほかは空欄です。", "合計"),
        Column("年度", "fiscal_year", Kind.WHOLE_NUMBER, "4月から翌年3月まで。", "2020", True),
        Column("現在日", "as_of", Kind.DAY, "いつ現在の数か。資料に記載がなければ空欄です。", "2020-10-01"),
        Column("単位", "unit", Kind.TEXT, "数の単位。", "自治体", True),
        Column(
            "数", "value", Kind.WHOLE_NUMBER, "公表された数。まだなかったもの（–）は空欄で、0ではありません。", "732"
        ),
        Column("区分", "state", Kind.CHOICE, "数・まだなかったのいずれか。", "数", True),
    ),
)


def _rows(moment: Moment, profile: Profile) -> Iterator[tuple[Any, ...]]:
    for figure in PublishedFigure.objects.official().printed().in_printed_order():
        yield (
            str(figure.get_table_display()),
            figure.row,
            figure.label,
            "合計" if figure.is_total else "",
            figure.fiscal_year,
            figure.as_of,
            figure.unit,
            figure.value,
            STATES[FigureState(figure.state)],
        )


STATISTICS = Dataset(
    "statistics",
    "公表値",
    "資料で公表された連携自治体数、連携事業数など。印刷された表の一つのますを1行にしています。",
    (PROFILE,),
    _rows,
    lambda dataset, at: summary_of_all(PublishedFigure.objects.official().printed(), dataset),
    PublishedFigure,
    is_logged=True,
)
