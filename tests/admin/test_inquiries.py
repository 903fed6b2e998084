"""The inbox in the back office: whose it is, what is kept of its changes, and what leaves it."""

import pytest
from django.urls import reverse

from portal.core.models import OutgoingMail, Version
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import send
from tests.factories.contact import InquiryFactory, PageFeedbackFactory
from tests.factories.core import UserFactory
from tests.factories.municipalities import WardFactory, WardStaffFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/portal/inquiry/"


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def editor(ward):
    return WardStaffFactory(user=UserFactory(is_staff=True), ward=ward).user


def change(inquiry):
    return reverse("admin:portal_inquiry_change", args=[inquiry.pk])


def test_a_ward_finds_its_own_and_neither_others_nor_the_secretariat_s(client, ward, editor):
    own = InquiryFactory(ward=ward, body="こちらの区宛て")
    foreign = [InquiryFactory(ward=other, body="よその FOREIGN") for other in (WardFactory(), None)]
    sign_in(client, editor)
    for address in (LIST, f"{LIST}?state=all", f"{LIST}?q=よその", f"{LIST}export/csv/?state=all"):
        said = client.get(address).getvalue().decode()
        assert "FOREIGN" not in said
        assert {row.reference for row in foreign if row.reference in said} == set()
    assert own.reference in client.get(LIST).content.decode()


def test_the_list_opens_with_what_nobody_has_in_hand(office):
    rows = {state: InquiryFactory(state=state) for state in ("open", "in_hand")}
    html = office.get(LIST).content.decode()
    assert [state for state, row in rows.items() if row.reference in html] == ["open"]


def test_a_change_of_state_is_kept_without_a_word_of_the_person(client, ward, editor):
    inquiry = InquiryFactory(ward=ward)
    sign_in(client, editor)
    assert send(client, change(inquiry), state="closed", note="CANARY 電話で回答").status_code == 302
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.handled_by, inquiry.note) == ("closed", editor, "CANARY 電話で回答")
    assert inquiry.closed_at is not None
    versions = list(Version.objects.of(inquiry))
    assert [version.data["fields"]["state"] for version in versions] == ["closed", "open"]
    kept = " ".join(f"{version.data} {version.subject} {version.reason}" for version in versions)
    assert {word for word in ("CANARY", "花子", "hanako", "日時を教えて") if word in kept} == set()


def test_what_the_visitor_wrote_cannot_be_changed(client, ward, editor):
    inquiry = InquiryFactory(ward=ward)
    sign_in(client, editor)
    send(client, change(inquiry), body="別の文", name="別の人", email="b@example.jp", ward=WardFactory().pk)
    inquiry.refresh_from_db()
    assert (inquiry.body, inquiry.name, inquiry.email, inquiry.ward) == (
        "催しの日時を教えてください。",
        "山田花子",
        "hanako@example.jp",
        ward,
    )


def test_the_secretariat_sends_it_on_to_the_right_ward_which_is_told(office, ward, editor):
    inquiry = InquiryFactory(ward=None)
    assert send(office, change(inquiry), ward=ward.pk).status_code == 302
    inquiry.refresh_from_db()
    assert inquiry.ward_id == ward.pk
    assert list(OutgoingMail.objects.values_list("recipient", flat=True)) == [editor.email]


def test_what_was_removed_stays_as_it_is(office):
    inquiry = InquiryFactory(
        state="closed",
        body="",
        name="",
        email="",
        closed_at="2026-11-21T00:00Z",
        forgotten_at="2027-03-01T00:00Z",
    )
    assert office.post(change(inquiry), {"state": "open"}).status_code == 403


def test_feedback_stands_with_the_counts_of_its_page(office):
    PageFeedbackFactory(is_useful=False, comment="表が読みにくい。")
    PageFeedbackFactory.create_batch(2)
    html = office.get("/admin/portal/pagefeedback/?comment__isempty=0").content.decode()
    assert "表が読みにくい。" in html
    assert '<td class="field-yes_count">2</td><td class="field-no_count">1</td>' in html
