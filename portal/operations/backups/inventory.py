"""All that a database holds, in a form in which two databases can be held against each other."""

import re
from collections.abc import Iterator, Mapping

# For each kind of thing (rows, columns, indexes …) its names and what defines each.
Inventory = dict[str, dict[str, str]]

LABELS = {
    "columns": "列",
    "constraints": "制約",
    "extensions": "拡張",
    "functions": "関数",
    "indexes": "索引",
    "rows": "行",
    "schema": "定義",
    "sequences": "番号",
    "triggers": "トリガー",
    "views": "ビュー",
}


def differences(expected: Mapping[str, Mapping[str, str]], found: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """In words, one for each thing that is missing, that is too much, or that is not the same."""
    for kind in sorted(expected.keys() | found.keys()):
        wanted, there = expected.get(kind, {}), found.get(kind, {})
        for name in sorted(wanted.keys() | there.keys()):
            if name not in there:
                yield f"{LABELS[kind]}：{name} がありません。"
            elif name not in wanted:
                yield f"{LABELS[kind]}：{name} が余分にあります。"
            elif plain(wanted[name]) != plain(there[name]):
                yield f"{LABELS[kind]}：{name} が違います（{wanted[name]} → {there[name]}）。"


# PostgreSQL writes a condition on a varchar column with its casts, and casts each value instead once it has read that
# back: (ARRAY['a'::character varying])::text[] becomes ARRAY[('a'::character varying)::text]. It also reads
# ((a AND b) AND c) and then writes (a AND b AND c).
_WRITTEN_ANEW = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")


def plain(definition: str) -> str:
    """A definition without the casts to text and the parentheses, which change as PostgreSQL reads its own words."""
    return _WRITTEN_ANEW.sub("", definition)
