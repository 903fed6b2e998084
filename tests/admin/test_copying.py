"""Beginning next year's event with this year's, as staff do it."""

from datetime import date

import pytest
from django.urls import reverse

from events.models import Event, Exhibition
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import send
from tests.english import english_on
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory, ExhibitionFactory
from tests.factories.municipalities import WardStaffFactory

pytestmark = pytest.mark.django_db


def page(record, name):
    return reverse(f"admin:events_{record._meta.model_name}_{name}", args=[record.pk])


def test_the_proposal_is_shown_before_anything_is_made(office):
    event = EventFactory(title="第2回講演会", short_title="第2回", ordinal=2, first_day=date(2026, 10, 10))
    assert page(event, "copy") in office.get(page(event, "change")).content.decode()
    form = office.get(page(event, "copy"))
    assert form.context["form"].initial == {
        "title": "第3回講演会",
        "short_title": "第3回",
        "ordinal": 3,
        "fiscal_year": 2027,
    }
    assert english_on(form) == []
    assert Event.objects.count() == 1


def test_what_was_confirmed_becomes_a_draft_and_its_form_opens(office):
    event = EventFactory(title="第2回講演会", ordinal=2)
    answer = send(office, page(event, "copy"), title="第3回特別講演会")
    copy = Event.objects.exclude(pk=event.pk).get()
    assert answer.headers["Location"] == page(copy, "change")
    assert (copy.title, copy.ordinal, copy.fiscal_year, copy.publication_state) == ("第3回特別講演会", 3, 2027, "draft")
    assert "日程は未定にしています。" in office.get(page(copy, "change")).content.decode()
    assert "「第2回講演会」から複製" in office.get(page(copy, "history")).content.decode()


def test_an_exhibition_is_copied_in_the_same_way(office):
    exhibition = ExhibitionFactory(title="第1回展示", ordinal=1)
    send(office, page(exhibition, "copy"))
    copy = Exhibition.objects.exclude(pk=exhibition.pk).get()
    assert (copy.title, copy.ordinal, copy.date_precision) == ("第2回展示", 2, "unknown")


def test_what_cannot_be_is_explained_and_makes_nothing(office):
    event = EventFactory()
    answer = send(office, page(event, "copy"), title="", fiscal_year="20")
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"title", "fiscal_year"}
    assert Event.objects.count() == 1


def test_a_ward_copies_its_own(client):
    post = WardStaffFactory()
    event = EventFactory(owner=post.ward)
    sign_in(client, post.user)
    assert "owner" not in client.get(page(event, "copy")).context["form"].fields
    send(client, page(event, "copy"))
    assert Event.objects.exclude(pk=event.pk).get().owner_id == post.ward_id


def test_a_ward_takes_what_is_of_all_for_itself(client):
    post = WardStaffFactory()
    other = WardStaffFactory()
    event = EventFactory(owner=None)
    sign_in(client, post.user)
    refused = send(client, page(event, "copy"), owner=other.ward_id)
    assert set(refused.context["form"].errors) == {"owner"}
    send(client, page(event, "copy"))
    assert Event.objects.exclude(pk=event.pk).get().owner_id == post.ward_id


def test_a_ward_copies_nothing_of_others_and_no_exhibition(client):
    sign_in(client, WardStaffFactory().user)
    theirs, exhibition = EventFactory(owner=WardStaffFactory().ward), ExhibitionFactory()
    assert client.get(page(theirs, "copy")).status_code == 404
    assert client.post(page(theirs, "copy"), {"title": "x", "fiscal_year": "2027"}).status_code == 404
    assert client.get(page(exhibition, "copy")).status_code == 403
    assert page(exhibition, "copy") not in client.get(page(exhibition, "change")).content.decode()


def test_the_auditor_copies_nothing(client):
    auditor = UserFactory(is_staff=True)
    auditor.groups.add(ensure_groups()[Role.AUDITOR])
    sign_in(client, auditor)
    event = EventFactory()
    assert client.post(page(event, "copy"), {"title": "x", "fiscal_year": "2027"}).status_code == 403
    assert Event.objects.count() == 1
