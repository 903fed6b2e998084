"""「つながり」: who is tied to struck places, found in the minute."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.models import AuditEntry
from tests.accounts.signing_in import sign_in
from tests.factories.core import UserFactory
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory
from tests.factories.municipalities import (
    AgreementMemberFactory,
    MembershipFactory,
    MemberStaffFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardStaffFactory,
    WardTieFactory,
)

pytestmark = pytest.mark.django_db

PAGE, FILE = reverse("admin:connections"), reverse("admin:connections_file")


@pytest.fixture
def miyagi():
    return PrefectureFactory(code="04", name="宮城県")


@pytest.fixture
def struck(miyagi):
    return MunicipalityFactory(
        prefecture=miyagi, number=202, name="石巻市", name_kana="いしのまきし", latitude=38.43, longitude=141.3
    )


def asked(office, places):
    return office.post(PAGE, {"places": places})


def text_of(response):
    return " ".join(response.content.decode().split())


def test_everything_that_ties_the_wards_to_a_place_is_told(office, miyagi, struck):
    ward, other = WardFactory(name="港区"), WardFactory(name="新宿区")
    WardTieFactory(ward=ward, municipality=struck, kind="disaster", title="災害時の応援協定")
    WardTieFactory(ward=other, municipality=struck, kind="sister", ends_on=date(2020, 4, 1))
    member = AgreementMemberFactory(municipality=struck)
    MembershipFactory(municipality=struck)
    MemberStaffFactory(municipality=struck, user=UserFactory(name="石巻花子"), phone="0225-00-0000")
    MemberStaffFactory(municipality=struck, user=UserFactory(name="前の人"), ends_on=date(2024, 4, 1))
    disaster = DisasterFactory(name="東日本大震災")
    disaster.struck_municipalities.add(struck)
    SupportRecordFactory(disaster=disaster)
    DisasterFactory(name="未公開の災害", publication_state="draft").struck_municipalities.add(struck)
    near = MunicipalityFactory(prefecture=miyagi, number=203, name="塩竈市", latitude=38.31, longitude=141.02)
    MembershipFactory(municipality=near)
    page = asked(office, "石巻市")
    (found,) = page.context["connections"]
    assert [(tie.ward.name, tie.title) for tie in found.ties] == [("港区", "災害時の応援協定")]
    assert [one.agreement for one in found.agreements] == [member.agreement]
    assert [person.user.name for person in found.people] == ["石巻花子"]
    assert [one.name for one in found.disasters] == ["東日本大震災"]
    assert [one.municipality.name for one in found.near] == ["塩竈市"]
    assert [one.ward.name for one in page.context["wards"]] == ["港区"]
    shown = text_of(page)
    assert "調べた1自治体のうち1自治体に23区とのつながりがあります。" in shown
    assert '<a href="tel:0225-00-0000">0225-00-0000</a>' in shown
    assert "前の人" not in shown


def test_the_address_of_an_answer_can_be_shared(office, struck):
    page = asked(office, "いしのまきし")
    again = office.get(f"{PAGE}?{page.context['question']}")
    assert [one.municipality for one in again.context["connections"]] == [struck]


def test_what_cannot_be_read_is_told_beside_what_was_found(office, struck):
    page = asked(office, "石巻市 どこか町")
    assert [one.municipality for one in page.context["connections"]] == [struck]
    assert "「どこか町」という自治体は見つかりません。" in text_of(page)


@pytest.mark.parametrize("places", ["", "どこにもない町"])
def test_a_question_that_names_nothing_says_so_and_keeps_what_was_typed(office, struck, places):
    page = asked(office, places)
    assert page.status_code == 200
    assert page.context["connections"] == []
    assert page.context["form"].errors["places"]


def test_more_places_than_an_address_holds_are_refused(office, miyagi):
    for number in range(300, 701):
        MunicipalityFactory(prefecture=miyagi, number=number)
    assert "400自治体まで" in text_of(asked(office, "宮城県"))


def test_the_file_has_a_row_for_everything_and_is_noted(office, struck):
    WardTieFactory(ward=WardFactory(name="港区"), municipality=struck, kind="disaster", starts_on=date(2012, 3, 1))
    MemberStaffFactory(municipality=struck, user=UserFactory(name="=1+1"), department="防災課")
    lonely = MunicipalityFactory(prefecture=struck.prefecture, number=203, name="塩竈市")
    response = office.get(FILE, {"places": f"{struck.pk},{lonely.pk}"})
    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        f"{struck.pk},宮城県,石巻市,各区の交流,港区,災害時応援協定,2012-03-01,,,,",
        f"{struck.pk},宮城県,石巻市,会員の担当者,'=1+1,防災課,,,,{struck.people.get().user.email},",
        f"{lonely.pk},宮城県,塩竈市,なし,,,,,,,",
    ]
    assert AuditEntry.objects.filter(action="export", subject="被災した自治体とのつながり").count() == 1


def test_a_ward_may_ask_and_staff_without_a_role_may_not(client, struck):
    sign_in(client, WardStaffFactory().user)
    assert asked(client, "石巻市").status_code == 200
    other = Client()
    sign_in(other, UserFactory(is_staff=True))
    assert asked(other, "石巻市").status_code == 403
    assert other.get(FILE, {"places": struck.pk}).status_code == 403


def test_many_places_take_no_more_queries_than_one(office, miyagi):
    def queries(count):
        with CaptureQueriesContext(connection) as asked_of_database:
            assert len(asked(office, "宮城県").context["connections"]) == count
        return len(asked_of_database)

    def make(first, last):
        for number in range(first, last):
            town = MunicipalityFactory(prefecture=miyagi, number=number, latitude=38, longitude=141)
            WardTieFactory(ward=WardFactory(number=1), municipality=town)
            MembershipFactory(municipality=town)
            AgreementMemberFactory(municipality=town)
            MemberStaffFactory(municipality=town)

    make(300, 301)
    few = queries(1)
    make(301, 330)
    assert queries(30) == few <= 15
