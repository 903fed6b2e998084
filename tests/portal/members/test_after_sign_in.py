"""Where people go once they have signed in; and the way from an application to one's own pages."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from events.models import Event
from municipalities.models import MemberPost, MembershipApplication, MunicipalityProfile
from portal.members.applications.actions import approve
from tests.accounts.signing_in import code_now, sign_in
from tests.factories.core import UserFactory
from tests.factories.municipalities import MemberStaffFactory
from tests.portal.members.signing_up import link_in, send, town
from tests.reading import links

pytestmark = pytest.mark.django_db

NEW = "a quiet river in spring"


@pytest.mark.parametrize(
    ("person", "address"),
    [
        (lambda: UserFactory(is_staff=True), "/admin/"),
        (lambda: MemberStaffFactory().user, "/members/dashboard/"),
        (UserFactory, "/"),
    ],
)
def test_everybody_goes_where_their_work_is(client, person, address):
    sign_in(client, person())
    response = client.get(reverse("after_sign_in"))
    assert (response.status_code, response.headers["Location"]) == (302, address)


def test_visitors_go_to_the_first_page(client):
    assert client.get(reverse("after_sign_in")).headers["Location"] == "/"


@pytest.mark.django_db(transaction=True)
def test_from_the_form_to_the_dashboard(client, mailoutbox):
    # The dashboard asks for the kinds of what is proposed: known already, they are not looked up one by one.
    ContentType.objects.get_for_models(Event, MemberPost, MunicipalityProfile)
    send(client, town())
    client.post(link_in(mailoutbox[0]))
    application = MembershipApplication.objects.get()
    secretary = UserFactory(is_staff=True)
    approve(application=application, by=secretary, checks={"has_called_office": True}, site="https://portal.example")
    invitation = next(mail for mail in mailoutbox if "招待" in mail.subject)
    client.get(link_in(invitation))
    chosen = {"new_password1": NEW, "new_password2": NEW}
    response = client.post(reverse("account_invitation"), chosen, follow=True)
    assert response.redirect_chain == [("/accounts/2fa/", 302)]
    response = client.get(reverse("mfa_activate_totp"))
    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(response.context["form"].secret)})
    response = client.get(response.headers["Location"])
    response = client.get(links(response)["保管を終えて進む"], follow=True)
    assert response.redirect_chain == [("/members/dashboard/", 302)]
    assert response.status_code == 200
    assert "芽室町" in response.content.decode()
