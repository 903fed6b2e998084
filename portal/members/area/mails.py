"""The mails of the members' area."""

from typing import Any

from django.conf import settings
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.urls import reverse

from municipalities.models import MembershipConfirmation, MemberStaff
from portal.core.mail.actions import post
from portal.members.access import Member
from portal.roles import secretaries

SIGNER = Signer(salt="portal.members.area.yearly")


def tell_ended(held: MemberStaff) -> None:
    """To somebody whose post a colleague ended."""
    text = _text("post_ended", {"municipality": held.municipality})
    post(to=held.user.email, subject="会員自治体の担当が終わりました", text=text, key=f"post-ended-{held.pk}")


def tell_of_membership(member: Member, what: str) -> None:
    """To the secretariat: a municipality let its membership rest, go on or end."""
    link = f"{settings.SITE_URL}{reverse('admin:municipalities_membership_changelist')}"
    text = _text("membership_changed", {"municipality": member.municipality, "what": what, "link": link})
    for person in secretaries():
        post(to=person.email, subject=f"{what}がありました", text=text)


def ask_to_confirm(confirmation: MembershipConfirmation, *, is_reminder: bool) -> int:
    """To everybody of the municipality, once; how many mails."""
    municipality = confirmation.membership.municipality
    what = "reminder" if is_reminder else "question"
    sent = 0
    for held in MemberStaff.objects.at(municipality):
        mail = post(
            to=held.user.email,
            subject=f"{confirmation.fiscal_year}年度の登録確認のお願い",
            writer=confirmation_text,
            about={"key": confirmation.pk, "site": settings.SITE_URL},
            key=f"yearly-{confirmation.pk}-{what}-{held.user_id}",
        )
        sent += mail is not None
    return sent


def confirmation_text(key: int, site: str) -> str | None:
    """Written when the mail goes out, so that nothing kept holds the link; None once it was confirmed."""
    asked = MembershipConfirmation.objects.unanswered().select_related("membership__municipality")
    confirmation = asked.filter(pk=key).first()
    if confirmation is None:
        return None
    link = site + reverse("members_confirmation", args=[token_of(confirmation)])
    return _text("yearly_confirmation", {"confirmation": confirmation, "link": link})


def token_of(confirmation: MembershipConfirmation) -> str:
    return SIGNER.sign(str(confirmation.pk))


def _text(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"mail/members/{name}.txt", {"site_name": settings.SITE_NAME, **context})
