"""What each official number counts, in which unit and how: the words of the method page, and the names of figures."""

from dataclasses import dataclass

from municipalities.choices import Relation
from portal.choices import FigureTable
from portal.statistics.partners import OVERLAPS, SETS, Overlap

SOURCE = "特別区全国連携プロジェクト概要資料"


@dataclass(frozen=True)
class Definition:
    """A number by its name for good, which data sets use too.

    ``table`` and ``row`` name the cell of the printed tables in which it stands; there is none (None, "") for what was
    never printed. ``changes`` are what became different in how it is counted, with when.
    """

    id: str
    label: str
    unit: str
    table: FigureTable | None
    row: str
    counts: str
    method: str
    rounding: str = "四捨五入や切り捨てはしません。"
    source: str = SOURCE
    relation: Relation | None = None
    changes: tuple[tuple[str, str], ...] = ()


def _of(overlap: Overlap) -> Definition:
    of_all = "すべて" if len(overlap.sets) == len(SETS) else "両方"
    return Definition(
        f"partners.{overlap.name}",
        f"{overlap.label}の重なり",
        "自治体",
        None,
        "",
        f"{'と'.join(f'「{relation.label}」' for relation in overlap.sets)}の{of_all}に入る自治体です。",
        f"その日に{of_all}の区分に入っている自治体を、一度だけ数えます。ほかの区分に入っているかどうかは問いません。",
        source="このポータルの記録",
    )


_PERIODS = "期間の初日から最終日までを含みます。終了日が空欄のものは続いているものと数えます。"

# What is counted of a day beside the printed cells.
OF_OVERLAPS = {overlap: _of(overlap) for overlap in OVERLAPS}
DEFINITIONS = (
    Definition(
        "partners.exchange",
        "各区の交流自治体",
        "自治体",
        FigureTable.PARTNERS,
        "exchange",
        "23区のどれかと、姉妹都市・友好都市、災害時応援協定、相互連携協定、その他の交流のある自治体です。",
        f"その日に続いている交流の相手を、自治体ごとに一度だけ数えます。開始日が分からない交流は、始まっているものと数えます。{_PERIODS}",
        relation=Relation.EXCHANGE,
    ),
    Definition(
        "partners.member",
        "全国連携ホームページ会員登録自治体",
        "自治体",
        FigureTable.PARTNERS,
        "member",
        "このプロジェクトのホームページに会員として登録された自治体です。",
        f"その日に登録されている自治体を、一度だけ数えます。{_PERIODS}",
        relation=Relation.MEMBER,
    ),
    Definition(
        "partners.agreement",
        "広域連携協定締結自治体",
        "自治体",
        FigureTable.PARTNERS,
        "agreement",
        "特別区長会が市長会・町村会と結んだ広域連携協定の、構成自治体です。",
        f"その日に効力のある協定に、その日に参加している自治体を、一度だけ数えます。{_PERIODS}",
        relation=Relation.AGREEMENT,
        changes=(
            ("平成28年4月26日", "最初の協定が結ばれました。それより前は「–」（まだなかった）で、0ではありません。"),
        ),
    ),
    Definition(
        "partners.union",
        "連携自治体の合計",
        "自治体",
        FigureTable.PARTNERS,
        "total",
        "各区の交流、会員登録、広域連携協定の、どれか一つ以上に入る自治体です。",
        "三つの区分の和集合です。二つ以上の区分に入る自治体も、一度だけ数えます。区分の数の足し算ではありません。",
        rounding="「約N倍」は、小数第2位以下を切り捨てます（1,035÷660＝1.568…は約1.5倍）。",
        relation=Relation.UNION,
    ),
    *OF_OVERLAPS.values(),
    Definition(
        "projects.ward",
        "各区事業",
        "事業",
        FigureTable.PROJECTS,
        "ward",
        "各区が全国の自治体と連携して、その年度に行う事業です。",
        "その日の属する年度の事業を数えます。中止・延期・見合わせは数えません。",
    ),
    Definition(
        "projects.joint",
        "23区一体事業（主要事業）",
        "事業",
        FigureTable.PROJECTS,
        "joint",
        "23区が一体となって、その年度に行う主な事業です。",
        "その日の属する年度の、講演会など・魅力発信イベント・協賛や特別協力と、全国連携展示を数えます。"
        "一つのイベントの部分は、別には数えません。中止・延期・見合わせは数えません。",
    ),
    Definition(
        "projects.total",
        "連携事業の合計",
        "事業",
        FigureTable.PROJECTS,
        "total",
        "各区事業と23区一体事業です。",
        "二つの数の足し算です。",
        rounding="「約N倍」は、小数第2位以下を切り捨てます（747÷553＝1.350…は約1.3倍）。",
    ),
    Definition(
        "agreements.members",
        "協定の構成自治体",
        "自治体",
        FigureTable.AGREEMENTS,
        "total",
        "広域連携協定の団体ごとの、構成自治体です。",
        "京都府と青森県では、市長会と町村会が一つの協定を結んでいるため、二つの団体を一つの組として数えます。",
    ),
)
BY_CELL = {(definition.table, definition.row): definition for definition in DEFINITIONS if definition.table}
BY_ID = {definition.id: definition for definition in DEFINITIONS}
