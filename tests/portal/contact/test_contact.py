"""The contact form: what is taken in, who is told, and what is never told or lost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from portal.core.guard import stamp
from portal.core.models import OutgoingMail
from portal.models import Inquiry
from portal.roles import Role, ensure_groups
from tests.factories.contact import InquiryFactory
from tests.factories.core import ContactPointFactory, UserFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory
from tests.guarded import guarded
from tests.reading import main_text

pytestmark = pytest.mark.django_db

BODY = "CANARY 父の名は山田一郎です。"
LETTER = {"topic": "event", "body": BODY, "email": "hanako@example.jp", "name": "山田花子", "ward": ""}
CONTACT = "/contact/"


@pytest.fixture
def secretariat():
    person = UserFactory(is_staff=True, email="jimukyoku@example.jp")
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return person


def send(client, **changes):
    return client.post(CONTACT, guarded(**(LETTER | changes)))


def recipients():
    return sorted(OutgoingMail.objects.values_list("recipient", flat=True))


def test_what_is_sent_is_taken_in_under_a_number(client, secretariat):
    ward = WardFactory()
    response = client.post(CONTACT, guarded(**(LETTER | {"ward": ward.pk})), follow=True)
    inquiry = Inquiry.objects.get()
    assert re.fullmatch(r"(\w{3}-){2}\w{3}", inquiry.reference)
    assert (inquiry.ward, inquiry.topic, inquiry.body, inquiry.name, inquiry.email, inquiry.state) == (
        ward,
        "event",
        BODY,
        "山田花子",
        "hanako@example.jp",
        "open",
    )
    text = main_text(response)
    assert inquiry.reference in text
    assert ward.name in text
    assert "CANARY" not in text


def test_name_and_address_need_not_be_given(client, secretariat):
    response = client.post(CONTACT, guarded(topic="other", body="こんにちは"), follow=True)
    assert Inquiry.objects.get().email == ""
    assert recipients() == ["jimukyoku@example.jp"]
    assert "受付番号をお控えください" in main_text(response)


def test_a_ward_in_the_address_is_chosen(client):
    ward = WardFactory()
    chosen = f'<option value="{ward.pk}" selected>'
    assert chosen in client.get(f"{CONTACT}?ward={ward.pk}").content.decode()
    assert chosen not in client.get(f"{CONTACT}?ward=999999").content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"topic": ""}, "用件：このフィールドは必須です。"),
        ({"topic": "weather"}, "用件："),
        ({"body": "  "}, "内容：このフィールドは必須です。"),
        ({"body": "あ" * 4001}, "4000"),
        ({"ward": "999999"}, "宛先："),
        ({"email": "hanako"}, "返信先のメールアドレス："),
        ({"email": "a@example.jp\nBcc: b@example.jp"}, "返信先のメールアドレス："),
        ({"name": "花" * 101}, "お名前："),
        ({"homepage": "https://spam.example/"}, "画面に表示しない欄"),
        ({"opened": "1:forged"}, "もう一度送信してください"),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_nothing_typed_is_lost(client, secretariat, changes, message):
    response = client.post(CONTACT, guarded() | LETTER | changes)
    assert response.status_code == 200
    assert message in main_text(response)
    for name, typed in (LETTER | changes).items():
        if name in LETTER:
            assert response.context["form"][name].value() == typed
    assert (Inquiry.objects.count(), recipients()) == (0, [])


def test_a_form_sent_twice_is_taken_in_once(client, secretariat):
    letter = guarded(**LETTER)
    first, second = client.post(CONTACT, letter), client.post(CONTACT, letter)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Inquiry.objects.count() == 1
    assert recipients() == ["hanako@example.jp", "jimukyoku@example.jp"]


def test_too_many_are_refused_for_a_while_with_all_that_was_typed(client, secretariat):
    for number in range(5):
        assert send(client, body=f"{number}").status_code == 302
    response = send(client, body="六つ目")
    assert response.status_code == 429
    assert "しばらく待って" in main_text(response)
    assert response.context["form"]["body"].value() == "六つ目"
    assert Inquiry.objects.count() == 5


def test_nobody_s_letter_box_is_filled_from_many_places(client, secretariat):
    for number in range(5):
        place = {"REMOTE_ADDR": f"192.0.2.{number}"}
        response = client.post(
            CONTACT, guarded(**(LETTER | {"body": f"{number}", "email": "Hanako@example.jp"})), follow=True, **place
        )
    assert [recipient for recipient in recipients() if recipient.startswith("Hanako")] == ["Hanako@example.jp"] * 3
    assert Inquiry.objects.count() == 5
    assert "受付番号をお控えください" in main_text(response)


def test_mails_say_the_number_and_no_word_of_what_was_written(client, secretariat, mailoutbox, settings):
    settings.SITE_URL = "https://portal.example"
    send(client)
    inquiry = Inquiry.objects.get()
    for mail in mailoutbox:
        said = mail.subject + mail.body + str(mail.alternatives)
        assert inquiry.reference in said
        assert {word for word in ("CANARY", "山田", "花子") if word in said} == set()
    to_office = next(mail for mail in mailoutbox if mail.to == ["jimukyoku@example.jp"])
    assert "hanako" not in to_office.body
    assert f"https://portal.example/admin/portal/inquiry/{inquiry.pk}/change/" in to_office.body


def test_the_people_of_the_ward_are_told_and_no_others(client, secretariat):
    ward, other = WardFactory(), WardFactory()
    today = timezone.localdate()

    def post(email, ward=ward, **fields):
        person = UserFactory(email=email, is_staff=True, is_active=fields.pop("is_active", True))
        WardStaffFactory(user=person, ward=ward, **fields)

    post("editor@example.jp")
    post("approver@example.jp", role="approver")
    post("other@example.jp", ward=other)
    post("gone@example.jp", starts_on=date(2020, 4, 1), ends_on=today)
    post("coming@example.jp", starts_on=today + timedelta(days=1))
    post("off@example.jp", is_active=False)
    send(client, ward=ward.pk, email="")
    assert recipients() == ["approver@example.jp", "editor@example.jp"]


def test_what_goes_to_a_ward_without_people_goes_to_the_secretariat(client, secretariat):
    send(client, ward=WardFactory().pk, email="")
    assert recipients() == ["jimukyoku@example.jp"]


def test_without_anybody_to_tell_it_is_taken_in_all_the_same(client):
    assert send(client, email="").status_code == 302
    assert Inquiry.objects.count() == 1


def test_an_address_that_we_did_not_make_is_not_found(client):
    reference = InquiryFactory().reference
    for token in ("x", "WyJBQUEiLHRydWVd:1:forged", signing.dumps([reference, True], salt="other")):
        assert client.get(reverse("contact_sent", args=[token])).status_code == 404


def test_its_pages_are_kept_by_nobody(client, secretariat):
    for response in (client.get(CONTACT), send(client), client.get(send(client, body="二つ目").url)):
        assert "no-store" in response.headers["Cache-Control"]


def test_the_page_says_the_other_ways(client):
    ContactPointFactory(organization="特別区全国連携プロジェクト事務局", phone="03-0000-0000")
    assert "03-0000-0000" in main_text(client.get(CONTACT))


def test_a_form_that_was_open_since_yesterday_can_be_sent_a_second_time(client, secretariat):
    opened = datetime(2026, 5, 1, 3, tzinfo=UTC)
    with time_machine.travel(opened + timedelta(days=1), tick=False) as clock:
        refused = client.post(CONTACT, LETTER | {"opened": stamp(opened)})
        assert refused.status_code == 200
        again = {name: refused.context["form"][name].value() for name in (*LETTER, "opened")}
        clock.shift(5)
        assert client.post(CONTACT, again).status_code == 302
