"""Asking for a membership, and confirming the address. Nothing that is done here tells who is known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from municipalities.addresses import kind_of_address
from municipalities.choices import ApplicationState
from municipalities.models import MembershipApplication, MemberStaff, Municipality
from municipalities.models.application import PERSONAL_FIELDS
from portal.core.mail.actions import post
from portal.core.models import User
from portal.core.references import new_reference
from portal.members.applications.actions import locked
from portal.members.applications.mails import tell_received
from portal.members.sign_up.links import link_token

# So many municipalities one address may ask for at a time: nobody is to be flooded with our mail.
MOST_AT_A_TIME = 3


@transaction.atomic
def ask(*, municipality: Municipality, given: Mapping[str, str], site: str, at: datetime | None = None) -> None:
    """Writes an application down and mails its link, or tells whoever reads the address what they have already.

    ``given``: department, name, phone, email. ``site`` is the address of the site without its last slash. Asked again
    while the link is good, it stays the same application, as typed last, and no second mail is sent.
    """
    at = at or timezone.now()
    # Two forms sent at once wait for one another here.
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    email = given["email"]
    known = _known_already(email, at)
    asked = MembershipApplication.objects.of(email, municipality)
    if known is not None:
        _tell(email, "known_person", f"sign-up-known-{known.pk}", {"user": known}, site, at)
    elif running := asked.open().first():
        _tell(email, "already_open", f"sign-up-open-{running.pk}", {"application": running}, site, at)
    elif waiting := asked.confirmable(at).first():
        for name in PERSONAL_FIELDS:
            setattr(waiting, name, given[name])
        waiting.save(update_fields=PERSONAL_FIELDS)
    elif MembershipApplication.objects.confirmable(at).from_address(email).count() < MOST_AT_A_TIME:
        _begin(municipality, given, site, at)


def _begin(municipality: Municipality, given: Mapping[str, str], site: str, at: datetime) -> None:
    application = MembershipApplication.objects.create(
        reference=new_reference(),
        municipality=municipality,
        address_kind=kind_of_address(given["email"], municipality.official_site),
        requested_at=at,
        **{name: given[name] for name in PERSONAL_FIELDS},
    )
    about = {"key": application.pk, "site": site}
    subject = "会員登録の申込み：メールアドレスの確認"
    post(to=application.email, subject=subject, writer=confirmation_text, about=about, key=f"sign-up-{application.pk}")


def _known_already(email: str, at: datetime) -> User | None:
    """The person of an address who has work on the portal already."""
    user = User.objects.filter(email=email, is_active=True).first()
    has_post = MemberStaff.objects.of(user, timezone.localdate(at)).exists()
    return user if user is not None and (user.is_staff or has_post) else None


def _tell(email: str, what: str, key: str, context: dict[str, Any], site: str, at: datetime) -> None:
    """Once a day at most: who types somebody's address again and again fills no mailbox."""
    pages = {"sign_in": "account_login", "reset": "account_reset_password", "link": "member_status"}
    context |= {name: f"{site}{reverse(page)}" for name, page in pages.items()}
    text = render_to_string(f"mail/members/{what}.txt", context | {"site_name": settings.SITE_NAME})
    post(to=email, subject="会員登録の申込みについて", text=text, key=f"{key}-{timezone.localdate(at):%Y%m%d}")


def confirmation_text(key: int, site: str) -> str | None:
    """Written when the mail goes out, so that nothing kept ever holds the link; None for a dead one."""
    application = MembershipApplication.objects.confirmable().select_related("municipality").filter(pk=key).first()
    if application is None:
        return None
    link = site + reverse("member_signup_confirm", args=[link_token(application.reference)])
    context = {"application": application, "link": link, "site_name": settings.SITE_NAME}
    return render_to_string("mail/members/confirm_address.txt", context)


@transaction.atomic
def confirm(*, application: MembershipApplication, site: str, at: datetime | None = None) -> MembershipApplication:
    """The address is its writer's: the application waits for a decision from now on, and all are told.

    What was confirmed already stays as it is. Raises ValidationError where the link is good no longer.
    """
    at = at or timezone.now()
    application = locked(application)
    if application.has_been_confirmed:
        return application
    if not application.is_confirmable(at):
        raise ValidationError("メールのアドレスの期限が過ぎています。")
    application.is_joining = MemberStaff.objects.at(application.municipality, timezone.localdate(at)).exists()
    application.state = ApplicationState.AWAITING_CONSENT if application.is_joining else ApplicationState.IN_REVIEW
    application.confirmed_at = at
    application.save(update_fields=["is_joining", "state", "confirmed_at"])
    tell_received(application, site)
    return application
