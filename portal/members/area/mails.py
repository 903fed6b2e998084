"""The mails of the members' area."""

from typing import Any

from django.conf import settings
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.urls import reverse

from municipalities.models import Membership, MembershipConfirmation, MemberStaff
from portal.core.mail.actions import post
from portal.roles import secretaries

SIGNER = Signer(salt="portal.members.area.yearly")


def tell_ended(held: MemberStaff) -> None:
    """To somebody whose post a colleague ended."""
    text = _text("post_ended", {"municipality": held.municipality, "ends_on": held.ends_on})
    post(to=held.user.email, subject="会員自治体の担当について", text=text)


def tell_of_membership(membership: Membership, what: str) -> None:
    """To the secretariat: a municipality let its membership rest, go on or end."""
    link = f"{settings.SITE_URL}{reverse('admin:municipalities_membership_change', args=[membership.pk])}"
    text = _text("membership_changed", {"membership": membership, "what": what, "link": link})
    for person in secretaries():
        post(to=person.email, subject=f"{what}の手続きがありました", text=text)


def ask_to_confirm(confirmation: MembershipConfirmation, *, is_reminder: bool) -> int:
    """To everybody of the municipality, once; how many mails."""
    what = "reminder" if is_reminder else "question"
    subject = f"{confirmation.fiscal_year}年度の登録確認のお願い{'（再送）' if is_reminder else ''}"
    about = {"key": confirmation.pk, "site": settings.SITE_URL}
    mails = [
        post(
            to=held.user.email,
            subject=subject,
            writer=confirmation_text,
            about=about,
            key=f"yearly-{confirmation.pk}-{what}-{held.user_id}",
        )
        for held in MemberStaff.objects.at(confirmation.membership.municipality_id)
    ]
    return len([mail for mail in mails if mail is not None])


def confirmation_text(key: int, site: str) -> str | None:
    """Written when the mail goes out, so that nothing kept holds the link; None once it was confirmed."""
    asked = MembershipConfirmation.objects.unanswered().select_related("membership__municipality")
    confirmation = asked.filter(pk=key).first()
    if confirmation is None:
        return None
    link = site + reverse("member_confirmation", args=[token_of(confirmation)])
    return _text("yearly_confirmation", {"confirmation": confirmation, "link": link})


def token_of(confirmation: MembershipConfirmation) -> str:
    return SIGNER.sign(str(confirmation.pk))


def _text(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"mail/members/{name}.txt", {"site_name": settings.SITE_NAME, **context})
