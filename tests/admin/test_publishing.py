"""What was public once cannot be deleted or made unseen: it is withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from portal.core.models import Proposal
from portal.models import NewsItem
from tests.admin.filling_in import errors_of, send
from tests.factories.events import EventFactory, VenueFactory
from tests.factories.municipalities import CooperationAgreementFactory, MunicipalityFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localtime() + timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"publication_state": "draft", "publish_at": None}, 302),
        ({"publication_state": "published", "publish_at": TOMORROW}, 302),
        ({"publication_state": "published"}, 403),
        ({"publication_state": "withdrawn"}, 403),
    ],
)
def test_only_what_was_never_public_is_deleted(office, fields, status):
    item = NewsItemFactory(**fields)
    response = office.post(reverse("admin:portal_newsitem_delete", args=[item.pk]), {"post": "yes"})
    assert response.status_code == status
    assert NewsItem.objects.exists() == (status == 403)


def test_the_page_of_something_public_offers_no_deletion(office):
    item = NewsItemFactory()
    address = reverse("admin:portal_newsitem_change", args=[item.pk])
    assert reverse("admin:portal_newsitem_delete", args=[item.pk]) not in office.get(address).content.decode()


def test_a_selection_with_something_public_is_not_deleted(office):
    public, draft = NewsItemFactory(), NewsItemFactory(publication_state="draft")
    data = {"action": "delete_selected", "_selected_action": [public.pk, draft.pk], "post": "yes"}
    office.post(reverse("admin:portal_newsitem_changelist"), data)
    assert NewsItem.objects.count() == 2


def test_a_draft_that_holds_something_public_is_not_deleted(office):
    whole = EventFactory(publication_state="draft")
    EventFactory(parent=whole)
    address = reverse("admin:events_event_delete", args=[whole.pk])
    assert "イベント" in office.get(address).content.decode()
    assert office.post(address, {"post": "yes"}).status_code == 403
    assert Event.objects.count() == 2


def test_the_page_of_a_deletion_counts_what_goes_along(office):
    agreement = CooperationAgreementFactory(publication_state="draft", members=MunicipalityFactory.create_batch(3))
    address = reverse("admin:municipalities_cooperationagreement_delete", args=[agreement.pk])
    html = office.get(address).content.decode()
    assert agreement.title in html
    assert "協定の構成自治体: 3" in html


def test_what_others_rest_on_is_not_deleted(office):
    venue = VenueFactory()
    EventFactory.create_batch(2, venue=venue)
    address = reverse("admin:events_venue_delete", args=[venue.pk])
    assert "イベント 2件" in office.get(address).content.decode()
    office.post(address, {"post": "yes"})
    venue.refresh_from_db()


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "withdrawn"])
def test_no_form_changes_where_a_record_stands(office, state):
    item = NewsItemFactory()
    address = reverse("admin:portal_newsitem_change", args=[item.pk])
    send(office, address, publication_state=state, publish_at_0="2030-01-01", publish_at_1="00:00", title="新しい題名")
    item.refresh_from_db()
    assert (item.publication_state, item.publish_at) == ("published", datetime(2020, 1, 1, tzinfo=UTC))
    assert Proposal.objects.get().changes == {"fields": {"title": "新しい題名"}}


def test_a_new_record_is_a_draft_whatever_is_sent(office):
    response = send(
        office, reverse("admin:portal_newsitem_add"), title="題名", body="本文", publication_state="published"
    )
    assert response.status_code == 302
    assert NewsItem.objects.get().publication_state == "draft"


def test_an_unreadable_moment_is_explained_once(office):
    item = NewsItemFactory(publication_state="draft", publish_at=None)
    refused = send(office, reverse("admin:portal_newsitem_change", args=[item.pk]), publish_at_0="いつか")
    assert len(errors_of(refused)) == 1
