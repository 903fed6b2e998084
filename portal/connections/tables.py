"""What ties the wards to struck places as the rows of a table."""

from collections.abc import Iterable, Iterator

from portal.connections.reading import Connection
from portal.core.periods import last_day

HEADERS = (
    "団体コード",
    "都道府県",
    "自治体",
    "関係",
    "相手・名称",
    "種別・所属",
    "開始日",
    "最終日",
    "電話番号",
    "メールアドレス",
    "デモデータ",
)


def rows_of(found: Iterable[Connection]) -> Iterator[list[object]]:
    """A row for each tie, agreement, membership, person and disaster; one that says 「なし」 where there is nothing."""
    for connection in found:
        town = connection.municipality
        place: list[object] = [town.pk, town.prefecture.name, town.name]
        rows = list(_rows_of_one(connection)) or [_row("なし")]
        yield from ([*place, *row] for row in rows)


def _rows_of_one(connection: Connection) -> Iterator[list[object]]:
    for tie in connection.ties:
        kind = tie.get_kind_display()
        ends = last_day(tie.ends_on)
        yield _row("各区の交流", tie.ward.name, kind, tie.starts_on, ends, is_demo=tie.is_demo)
    for member in connection.agreements:
        agreement, ends = member.agreement, last_day(member.left_on)
        yield _row("広域連携協定", agreement.title, "", member.joined_on, ends, is_demo=agreement.is_demo)
    if connection.membership:
        membership = connection.membership
        ends = last_day(membership.withdrawn_on)
        yield _row("会員登録", "", "", membership.registered_on, ends, is_demo=membership.is_demo)
    for person in connection.people:
        user = person.user
        yield _row("会員の担当者", user.name, person.department, phone=person.phone, email=user.email)
    for disaster in connection.disasters:
        yield _row("これまでの災害", disaster.name, "", disaster.first_day, is_demo=disaster.is_demo)


def _row(
    relation: str,
    name: str = "",
    kind: str = "",
    starts: object = None,
    ends: object = None,
    *,
    phone: str = "",
    email: str = "",
    is_demo: bool = False,
) -> list[object]:
    return [relation, name, kind, starts, ends, phone, email, "デモ" if is_demo else ""]
