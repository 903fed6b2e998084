"""What no page of the back office ever offered is refused or shown again, and never breaks a page."""

import pytest
from django.urls import reverse

from events.models import Event
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

NO_KEYS = ["x", "<b>", "9" * 40, "1e3", "-"]


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_record_that_cannot_be_is_not_looked_for(office, key):
    response = office.post(reverse("admin:events_event_add"), {"title": "架空の催し", "venue": key})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["venue"]
    assert not Event.objects.exists()


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_marked_row_that_cannot_be_is_refused(office, key):
    EventFactory()
    marked = {"action": "delete_selected", "_selected_action": key}

    response = office.post(reverse("admin:events_event_changelist"), marked)

    assert response.status_code == 400
    assert Event.objects.count() == 1


@pytest.mark.parametrize("year", ["2147483648", "9" * 40, "0", "x"])
def test_a_year_that_no_calendar_has_leads_back_to_the_list(office, year):
    address = reverse("admin:core_attachment_changelist")

    assert office.get(address, {"created_at__year": year}, follow=True).status_code == 200
