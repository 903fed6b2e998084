"""Who gets into the back office, and what each may do there."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.core.models import User
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.admin.filling_in import send
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["admin:index", "admin:events_event_changelist", "admin:events_event_add"])
def test_visitors_are_sent_to_sign_in(client, name):
    address = reverse(name)
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next={address}"


def test_people_who_are_no_staff_are_refused(client):
    sign_in(client, UserFactory())
    response = client.get(reverse("admin:index"), follow=True)
    assert response.status_code == 403


def test_signing_in_again_leads_back(office):
    assert office.get(reverse("admin:login"), follow=True).redirect_chain[-1][0] == reverse("admin:index")


def test_staff_do_only_what_they_may(client):
    official = UserFactory(is_staff=True)
    official.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "view_user", "change_user"]))
    sign_in(client, official)
    event = EventFactory()
    assert client.get(reverse("admin:events_event_changelist")).status_code == 200
    assert client.post(reverse("admin:events_event_change", args=[event.pk]), {}).status_code == 403
    assert client.get(reverse("admin:events_event_add")).status_code == 403
    assert client.get(reverse("admin:portal_newsitem_changelist")).status_code == 403


def test_who_is_no_administrator_hands_out_no_rights(client):
    official = UserFactory(is_staff=True)
    official.groups.add(ensure_groups()[Role.SECRETARIAT])
    sign_in(client, official)
    address = reverse("admin:core_user_change", args=[official.pk])
    response = send(client, address, name="新しい名", is_superuser="on")
    assert response.status_code == 302
    official.refresh_from_db()
    assert (official.name, official.is_superuser) == ("新しい名", False)
    administrator = UserFactory(is_staff=True, is_superuser=True)
    address = reverse("admin:core_user_change", args=[administrator.pk])
    assert client.post(address, {"email": "mine@city.example.jp"}).status_code == 403


def test_passwords_are_changed_in_one_place(office):
    assert office.get(reverse("admin:password_change")).headers["Location"] == reverse("account_change_password")


def test_leaving_the_back_office_signs_out(office):
    assert office.post(reverse("admin:logout")).headers["Location"] == reverse("home")
    assert "_auth_user_id" not in office.session


def search(office, model, field, term, app="municipalities"):
    query = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return [found["text"] for found in office.get(reverse("admin:autocomplete", query=query)).json()["results"]]


def test_towns_of_one_name_are_told_apart_by_their_prefecture(office):
    town = MunicipalityFactory(name="府中町")
    assert search(office, "wardtie", "municipality", "府中") == [f"{town.prefecture.name}府中町"]


def test_only_a_whole_event_is_offered_as_a_whole(office):
    whole = EventFactory(title="区政の催し")
    EventFactory(title="区政の催しの一部", parent=whole)
    assert search(office, "event", "parent", "区政", app="events") == ["区政の催し"]
    assert len(search(office, "eventrole", "event", "区政", app="events")) == 2


def test_lists_survive_a_wrong_filter(office):
    for query in ({"kind__exact": "x"}, {"first_day__gte": "x"}, {"p": "x"}, {"p": "99"}, {"no_such": "1"}):
        response = office.get(reverse("admin:events_event_changelist", query=query), follow=True)
        assert response.status_code == 200


def test_there_is_no_page_for_what_libraries_keep(office):
    assert User.objects.count() == 1
    for path in ("account/emailaddress", "mfa/authenticator", "django_tasks_database/dbtaskresult"):
        assert office.get(f"/admin/{path}/").status_code == 404
