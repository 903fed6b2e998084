"""The posts at all wards as one table: written out, and read in again on 1 April."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from municipalities.choices import WardRole
from municipalities.models import Ward, WardStaff
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.cells import as_text
from portal.core.fields import JapaneseDateField, LastDayField
from portal.core.importing.columns import Column, Kind, Profile
from portal.core.importing.remarks import Change, Outcome, Remark, Report, RowResult
from portal.core.importing.tables import TableRow, read_table
from portal.core.importing.values import read_email
from portal.core.models import User
from portal.core.periods import last_day
from portal.handover.actions import end_post, hand_over_due, keep_post

# What stands in the table for each role.
ROLES: dict[str, tuple[WardRole, bool]] = {
    "担当者": (WardRole.EDITOR, False),
    "承認者": (WardRole.APPROVER, False),
    "代理承認者": (WardRole.APPROVER, True),
}
_WORDS = {meaning: word for word, meaning in ROLES.items()}
POSTS = Profile(
    "ward-posts",
    "区の担当者",
    "1",
    "",
    (
        Column("区", "ward", Kind.TEXT, "特別区の名称です。", "品川区", True),
        Column(
            "氏名", "name", Kind.TEXT, "新しい職員を登録するときに使います。登録済みの氏名は変えません。", "品川 花子"
        ),
        Column("メールアドレス", "email", Kind.TEXT, "サインインに使うアドレスです。", "hanako@city.example.jp", True),
        Column("役割", "role", Kind.CHOICE, "「担当者」「承認者」「代理承認者」のいずれかです。", "担当者", True),
        Column("開始日", "starts_on", Kind.DAY, "担当する最初の日です。", "2027-04-01", True),
        Column("終了日", "ends_on", Kind.DAY, "担当する最後の日です。決まっていなければ空欄です。", "2029-03-31"),
        Column(
            "前任者のメールアドレス",
            "predecessor",
            Kind.TEXT,
            "前任者の担当は開始日の前日に終わり、手続き中の起案が引き継がれます。",
            "taro@city.example.jp",
        ),
    ),
)
_HEADERS = {column.field: column.header for column in POSTS.columns}
NO_ACCOUNT = "このメールアドレスの利用者はいません。"
MADE = "アカウントがないため、パスワードなしで作ります。"


class _Refused(Exception):
    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.remark = Remark(_HEADERS.get(field, ""), message)


class _Wanted(NamedTuple):
    """What a row says, read."""

    ward: Ward
    user: User
    role: WardRole
    is_substitute: bool
    starts_on: date
    ends_on: date | None
    predecessor: User | None


def rows_of_posts(on: date | None = None) -> Iterator[tuple[str, ...]]:
    """The posts that are held on a day or will be, as rows of the table."""
    for post in WardStaff.objects.lasting(on):
        word = _WORDS[WardRole(post.role), post.is_substitute]
        days = (as_text(post.starts_on), as_text(last_day(post.ends_on)))
        before = post.predecessor.email if post.predecessor else ""
        yield (post.ward.name, post.user.name, post.user.email, word, *days, before)


def read_posts(
    source: BinaryIO, *, apply: bool, by: Any, makes_people: bool = True, at: datetime | None = None
) -> Report:
    """What becomes of the rows of a file, written in one transaction and unwritten if only looked at.

    ``makes_people``: people without an account get one, without a password. Posts that the file does not name stay.
    Raises FileRefused.
    """
    table = read_table(source, [POSTS])
    reading = _Reading(by=by, makes_people=makes_people, at=at)
    with transaction.atomic():
        results = reading.results(list(table.rows))
        if apply:
            hand_over_due(by=by, at=at)
        else:
            transaction.set_rollback(True)
    return Report(POSTS.title, table.label, table.unknown, table.absent, tuple(results), apply)


class _Reading:
    """One file on its way in."""

    def __init__(self, *, by: Any, makes_people: bool, at: datetime | None):
        self.by, self.makes_people, self.at = by, makes_people, at
        self.wards = {ward.name: ward for ward in Ward.objects.all()}
        self.people = {user.email: user for user in User.objects.filter(is_staff=True)}

    def results(self, rows: list[TableRow]) -> list[RowResult]:
        """Posts that are there come first: some end so that others, further up in the file, can begin."""
        found: dict[int, RowResult] = {}
        for is_about_known in (True, False):
            for row in rows:
                if row.number not in found and (result := self._result(row, is_about_known=is_about_known)):
                    found[row.number] = result
        return [found[row.number] for row in rows]

    def _result(self, row: TableRow, *, is_about_known: bool) -> RowResult | None:
        name = f"{row.cells.get('ward', '')} {row.cells.get('email', '')}".strip()
        try:
            with transaction.atomic():
                wanted, notes = self._read(row.cells)
                post = self._known(wanted)
                if is_about_known and post is None:
                    # Whoever is made for a row that is not written yet is made again with it.
                    raise _Later
                if post is not None:
                    return self._changed(row.number, name, post, wanted, notes)
                return self._new(row.number, name, wanted, notes)
        except _Later:
            self.people = {email: user for email, user in self.people.items() if user.pk in self._kept()}
            return None
        except _Refused as refusal:
            return RowResult(row.number, Outcome.REFUSED, name, (refusal.remark,))
        except ValidationError as error:
            return RowResult(
                row.number, Outcome.REFUSED, name, tuple(Remark("", message) for message in error.messages)
            )

    @staticmethod
    def _kept() -> set[Any]:
        return set(User.objects.filter(is_staff=True).values_list("pk", flat=True))

    def _read(self, cells: dict[str, str]) -> tuple[_Wanted, list[Remark]]:
        ward = self.wards.get(cells.get("ward", ""))
        if ward is None:
            raise _Refused("ward", f"特別区の名称ではありません（{cells.get('ward', '')}）。")
        if cells.get("role", "") not in ROLES:
            raise _Refused("role", f"{'・'.join(ROLES)}のいずれかを書いてください。")
        starts_on = self._day("starts_on", cells, JapaneseDateField())
        if starts_on is None:
            raise _Refused("starts_on", "開始日を書いてください。")
        ends_on = self._day("ends_on", cells, LastDayField(required=False))
        user, notes = self._person(cells)
        role, is_substitute = ROLES[cells["role"]]
        return _Wanted(ward, user, role, is_substitute, starts_on, ends_on, self._predecessor(cells)), notes

    @staticmethod
    def _day(field: str, cells: dict[str, str], reader: JapaneseDateField) -> date | None:
        try:
            return reader.clean(cells.get(field, ""))
        except ValidationError as error:
            raise _Refused(field, " ".join(error.messages)) from error

    @staticmethod
    def _email(field: str, cells: dict[str, str]) -> str:
        try:
            return read_email(cells.get(field, "")).lower()
        except ValueError as error:
            raise _Refused(field, str(error)) from error

    def _person(self, cells: dict[str, str]) -> tuple[User, list[Remark]]:
        email, name = self._email("email", cells), cells.get("name", "")
        user = self.people.get(email)
        if user is not None:
            if not user.is_active:
                raise _Refused("email", "この利用者は無効になっています。")
            told = f"登録されている氏名は「{user.name}」です。氏名は変えません。"
            return user, [Remark(_HEADERS["name"], told)] if name and name != user.name else []
        if User.objects.filter(email=email).exists():
            raise _Refused("email", "この利用者は職員として登録されていません。管理者に依頼してください。")
        if not self.makes_people:
            raise _Refused("email", NO_ACCOUNT)
        if not name:
            raise _Refused("name", "新しい職員には氏名が必要です。")
        user = User(email=email, name=name, is_staff=True)
        user.set_unusable_password()
        user.full_clean()
        user.save()
        note(AuditAction.ROLE, by=self.by, record=user, detail="担当者の表から登録しました。", at=self.at)
        self.people[email] = user
        return user, [Remark(_HEADERS["email"], MADE)]

    def _predecessor(self, cells: dict[str, str]) -> User | None:
        if not cells.get("predecessor"):
            return None
        user = User.objects.filter(email=self._email("predecessor", cells)).first()
        if user is None:
            raise _Refused("predecessor", NO_ACCOUNT)
        return user

    @staticmethod
    def _known(wanted: _Wanted) -> WardStaff | None:
        """The post that a row is about: of the same person, in the same role, from the same day."""
        posts = WardStaff.objects.select_related("user", "ward", "predecessor")
        return posts.filter(
            user=wanted.user,
            ward=wanted.ward,
            role=wanted.role,
            is_substitute=wanted.is_substitute,
            starts_on=wanted.starts_on,
        ).first()

    def _changed(self, number: int, name: str, post: WardStaff, wanted: _Wanted, notes: list[Remark]) -> RowResult:
        predecessor = wanted.predecessor or post.predecessor
        former = (as_text(last_day(post.ends_on)), _email_of(post.predecessor))
        now = (as_text(last_day(wanted.ends_on)), _email_of(predecessor))
        if former == now:
            return RowResult(number, Outcome.SAME, name, notes=tuple(notes), key=post.pk)
        headers = (_HEADERS["ends_on"], _HEADERS["predecessor"])
        changes = [
            Change(header, old, new) for header, old, new in zip(headers, former, now, strict=True) if old != new
        ]
        keep_post(post=post, by=self.by, at=self.at, ends_on=wanted.ends_on, predecessor=predecessor)
        return RowResult(number, Outcome.CHANGED, name, changes=tuple(changes), notes=tuple(notes), key=post.pk)

    def _new(self, number: int, name: str, wanted: _Wanted, notes: list[Remark]) -> RowResult:
        notes = [*notes, *self._end_predecessor(wanted)]
        keep_post(post=WardStaff(**wanted._asdict()), by=self.by, at=self.at)
        return RowResult(number, Outcome.NEW, name, notes=tuple(notes))

    def _end_predecessor(self, wanted: _Wanted) -> list[Remark]:
        if wanted.predecessor is None:
            return []
        posts = WardStaff.objects.filter(
            user=wanted.predecessor, ward=wanted.ward, role=wanted.role, starts_on__lt=wanted.starts_on
        )
        if not posts.exists():
            raise _Refused("predecessor", "前任者は、この区のこの役割に就いていません。")
        running = posts.in_force(wanted.starts_on).select_related("user", "ward").first()
        if running is None:
            return []
        end_post(post=running, day=wanted.starts_on, by=self.by, at=self.at)
        until: Any = last_day(wanted.starts_on)
        return [Remark(_HEADERS["predecessor"], f"{wanted.predecessor}の担当は{until:%Y-%m-%d}までになります。")]


class _Later(Exception):
    """A row that waits until those about posts that are there are done."""


def _email_of(user: User | None) -> str:
    return user.email if user else ""
