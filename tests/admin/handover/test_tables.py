"""The table of posts for 1 April: shown first, written once, and unchanged where nothing in it is new."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from municipalities.models import WardStaff
from portal.core.importing.remarks import Outcome
from portal.core.models import AuditEntry, User
from portal.handover.tables import read_posts
from tests.factories.core import ProposalFactory, UserFactory
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory

pytestmark = pytest.mark.django_db

HEADER = "区,氏名,メールアドレス,役割,開始日,終了日,前任者のメールアドレス"


@pytest.fixture
def ward(db):
    return WardFactory(name="品川区")


def table(*rows):
    return BytesIO("\r\n".join([HEADER, *rows]).encode())


def read(*rows, apply=True, **options):
    return read_posts(table(*rows), apply=apply, by=None, **options)


def outcomes(report):
    return [result.outcome for result in report.results]


def posts():
    return list(
        WardStaff.objects.order_by("pk").values_list("user__email", "role", "is_substitute", "starts_on", "ends_on")
    )


@pytest.mark.parametrize("file_type", ["csv", "xlsx"])
def test_the_table_of_today_read_in_again_changes_nothing(office, ward, file_type):
    first = WardStaffFactory(ward=ward, ends_on=date(2099, 4, 1))
    WardStaffFactory(ward=ward, role="approver", is_substitute=True, predecessor=first.user)
    before = list(WardStaff.objects.order_by("pk").values())

    content = office.get(reverse("admin:handover_template", args=[file_type])).content
    report = read_posts(BytesIO(content), apply=True, by=None)

    assert outcomes(report) == [Outcome.SAME, Outcome.SAME]
    assert list(WardStaff.objects.order_by("pk").values()) == before


def test_a_successor_begins_and_the_predecessor_ends_with_what_is_under_way(ward):
    old = WardStaffFactory(ward=ward, user__email="taro@city.example.jp")
    UserFactory(email="hanako@city.example.jp", name="花子", is_staff=True)
    proposal = ProposalFactory(record=WardProjectFactory(ward=ward), written_by=old.user)

    report = read("品川区,花子,hanako@city.example.jp,担当者,2026-04-01,,taro@city.example.jp")

    assert outcomes(report) == [Outcome.NEW]
    assert posts() == [
        ("taro@city.example.jp", "editor", False, date(2020, 4, 1), date(2026, 4, 1)),
        ("hanako@city.example.jp", "editor", False, date(2026, 4, 1), None),
    ]
    proposal.refresh_from_db()
    assert proposal.holder.name == "花子"


def test_an_end_is_set_and_the_order_of_rows_does_not_matter(ward):
    user = UserFactory(email="taro@city.example.jp", is_staff=True)
    WardStaffFactory(ward=ward, user=user)
    report = read(
        "品川区,,taro@city.example.jp,担当者,令和9年4月1日,,",
        "品川区,,taro@city.example.jp,担当者,2020-04-01,2027-03-31,",
    )
    assert outcomes(report) == [Outcome.NEW, Outcome.CHANGED]
    assert [str(change) for change in report.results[1].changes] == ["「終了日」：（空欄） → 2027-03-31"]


def test_looking_writes_nothing(ward):
    report = read("品川区,新人,new@city.example.jp,代理承認者,2027-04-01,,", apply=False)
    assert outcomes(report) == [Outcome.NEW]
    assert (WardStaff.objects.count(), User.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_unknown_people_are_made_without_a_password_only_where_that_is_wanted(ward):
    row = "品川区,新人,New@city.example.jp,代理承認者,2027-04-01,,"
    assert outcomes(read(row, makes_people=False)) == [Outcome.REFUSED]
    assert User.objects.count() == 0

    read(row, row.replace("2027", "2026").replace("代理承認者", "担当者"))
    user = User.objects.get()
    assert (user.email, user.name, user.is_staff, user.has_usable_password()) == (
        "new@city.example.jp",
        "新人",
        True,
        False,
    )
    assert WardStaff.objects.filter(user=user).count() == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("品川,A,a@city.example.jp,担当者,2027-04-01,,", "特別区の名称ではありません（品川）。"),
        ("品川区,A,a@city.example.jp,課長,2027-04-01,,", "担当者・承認者・代理承認者のいずれかを書いてください。"),
        ("品川区,A,アドレス,担当者,2027-04-01,,", "メールアドレスとして読めません"),
        ("品川区,A,a@city.example.jp,担当者,2027-02-30,,", "日付として読めません。"),
        ("品川区,A,a@city.example.jp,担当者,,,", "このフィールドは必須です。"),
        ("品川区,A,a@city.example.jp,担当者,2027-04-01,2027-03-01,", "終了日は開始日より前にできません。"),
        ("品川区,,a@city.example.jp,担当者,2027-04-01,,", "新しい職員には氏名が必要です。"),
        ("品川区,A,a@city.example.jp,担当者,2027-04-01,,b@city.example.jp", "このメールアドレスの利用者はいません。"),
        ("品川区,,gone@city.example.jp,担当者,2027-04-01,,", "この利用者は無効になっています。"),
        ("品川区,,citizen@city.example.jp,担当者,2027-04-01,,", "職員として登録されていません。"),
        ("品川区,,taro@city.example.jp,担当者,2026-04-01,,", "同じ期間にすでにこの区の同じ役割に就いています。"),
        ("品川区,A,a@city.example.jp,承認者,2027-04-01,,taro@city.example.jp", "この役割に就いていません。"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_a_reason_and_the_others_are_written(ward, row, message):
    WardStaffFactory(ward=ward, user__email="taro@city.example.jp")
    UserFactory(email="gone@city.example.jp", is_staff=True, is_active=False)
    UserFactory(email="citizen@city.example.jp")
    before = set(User.objects.values_list("email", flat=True))

    report = read(row, "品川区,良子,good@city.example.jp,担当者,2027-04-01,,")

    assert outcomes(report) == [Outcome.REFUSED, Outcome.NEW]
    assert [message in str(problem) for problem in report.results[0].problems] == [True]
    assert set(User.objects.values_list("email", flat=True)) - before == {"good@city.example.jp"}


def test_the_page_shows_the_rows_and_writes_them_once_confirmed(office, ward):
    page = reverse("admin:handover_table")
    file = SimpleUploadedFile("posts.csv", table("品川区,新人,new@city.example.jp,担当者,2027-04-01,,").getvalue())

    shown = office.post(page, {"file": file})
    assert "アカウントがないため、パスワードなしで作ります。" in shown.content.decode()
    assert WardStaff.objects.count() == 0

    office.post(page, {"ticket": shown.context["ticket"], "makes_people": "on"})
    assert WardStaff.objects.get().user.email == "new@city.example.jp"


def test_the_page_refuses_what_is_no_table_and_a_ticket_of_nobody(office):
    file = SimpleUploadedFile("posts.csv", b"%PDF-1.7")
    assert "PDFのようです" in office.post(reverse("admin:handover_table"), {"file": file}).content.decode()
    assert office.post(reverse("admin:handover_table"), {"ticket": "x"}).status_code == 302
