"""Invitations: somebody added in the back office gets a link by mail, and chooses their first password there.

The link is signed and never kept. It names the invitation and how often it was sent, so that only the newest opens, and
its signature depends on the address that it was sent to.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.core.constraints import in_order
from portal.core.mail.actions import post
from portal.core.models import User

# (invitation, how often it had been sent): what a link says once its signature is known to be ours.
LinkParts = tuple[int, int]


class InvitationState(models.TextChoices):
    PENDING = "pending", "招待中"
    EXPIRED = "expired", "期限切れ"
    REVOKED = "revoked", "取消し"
    REGISTERED = "registered", "登録済み"


class Invitation(models.Model):
    """The newest invitation of a person; sending it again makes the former link worthless."""

    user = models.OneToOneField(User, models.CASCADE, verbose_name="利用者")
    sendings = models.PositiveIntegerField("送信の回数", default=1)
    sent_at = models.DateTimeField("送信日時")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="招待した人")
    revoked_at = models.DateTimeField("取消日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "招待"
        constraints = [
            models.CheckConstraint(
                name="core_invitation_sendings_count_from_one",
                condition=Q(sendings__gte=1),
                violation_error_message="送信の回数は1以上です。",
            ),
            in_order("sent_at", "revoked_at", "取消日時は送信日時より後にしてください。", may_be_equal=True),
        ]

    def __str__(self) -> str:
        return f"{self.user}への招待"

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + settings.INVITATION_LIFETIME


class LinkClosed(Exception):
    """The link no longer opens: the invitation's state says why, or None where a newer one was sent."""

    def __init__(self, state: InvitationState | None):
        super().__init__(state)
        self.state = state


def state_of(user: User, at: datetime | None = None) -> InvitationState | None:
    """How far somebody has come; None where they have neither a password nor an invitation."""
    if user.has_usable_password():
        return InvitationState.REGISTERED
    invitation = getattr(user, "invitation", None)
    if invitation is None:
        return None
    if invitation.revoked_at or not user.is_active:
        return InvitationState.REVOKED
    return InvitationState.PENDING if (at or timezone.now()) < invitation.expires_at else InvitationState.EXPIRED


def groups_to_give(by: User) -> models.QuerySet[Group]:
    """The groups that somebody may put others into: those that may do nothing beyond what they may do themselves."""
    if by.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(Q(user=by) | Q(group__user=by))
    return Group.objects.exclude(permissions__in=beyond)


def open_to(by: User, people: models.QuerySet[User]) -> models.QuerySet[User]:
    """Of some people those whose invitation somebody may send and revoke: nobody with more rights than their own."""
    if by.is_superuser:
        return people
    if not by.has_perm("core.add_user"):
        return people.none()
    above = Group.objects.exclude(pk__in=groups_to_give(by))
    return people.filter(is_superuser=False).exclude(groups__in=above)


@transaction.atomic
def invite(*, people: Iterable[User], by: User, site: str, at: datetime | None = None) -> list[User]:
    """Invites those who have no password yet, for the first time or again, and returns them; each gets a mail.

    ``site`` is the address of the site without its last slash.
    """
    invited = [user for user in _locked(people) if user.is_active and not user.has_usable_password()]
    values = {"sent_at": at or timezone.now(), "sent_by": by, "revoked_at": None}
    former = Invitation.objects.filter(user__in=invited)
    known = set(former.values_list("user_id", flat=True))
    former.update(sendings=F("sendings") + 1, **values)
    Invitation.objects.bulk_create(Invitation(user=user, **values) for user in invited if user.pk not in known)
    for invitation in Invitation.objects.filter(user__in=invited).select_related("user"):
        about = {"key": invitation.pk, "sendings": invitation.sendings, "site": site}
        post(to=invitation.user.email, subject="利用者としてのご招待", writer=invitation_text, about=about)
    return invited


@transaction.atomic
def revoke(*, people: Iterable[User], at: datetime | None = None) -> list[User]:
    """Makes the links worthless that were sent to people who have not used them yet; whose they were."""
    waiting = [user for user in _locked(people) if not user.has_usable_password()]
    open_ones = Invitation.objects.filter(user__in=waiting, revoked_at=None)
    revoked = set(open_ones.values_list("user_id", flat=True))
    open_ones.update(revoked_at=at or timezone.now())
    return [user for user in waiting if user.pk in revoked]


def _locked(people: Iterable[User]) -> list[User]:
    """The people as they are now, held until the end of the transaction: whatever else is done to them waits."""
    return list(User.objects.select_for_update().filter(pk__in=[user.pk for user in people]))


def invitation_text(key: int, sendings: int, site: str) -> str | None:
    """Written when the mail goes out, so that nothing kept ever holds the link; None for a dead one."""
    invitation = Invitation.objects.select_related("user", "sent_by").filter(pk=key, sendings=sendings).first()
    if invitation is None or state_of(invitation.user) != InvitationState.PENDING:
        return None
    context: dict[str, Any] = {
        "invitation": invitation,
        "site_name": settings.SITE_NAME,
        "link": site + reverse("account_invitation_link", args=[link_token(invitation)]),
    }
    return render_to_string("account/email/invitation_message.txt", context)


def _signer(user: User) -> Signer:
    return Signer(sep=".", salt=f"portal.core.invitations:{user.email}")


def link_token(invitation: Invitation) -> str:
    return _signer(invitation.user).sign(f"{invitation.pk}.{invitation.sendings}")


def read_token(token: str) -> LinkParts | None:
    """What a link says; None where we never sent it so, or to another address."""
    key, _, _ = token.partition(".")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    invitation = Invitation.objects.select_related("user").filter(pk=key).first()
    if invitation is None:
        return None
    try:
        _, _, sendings = _signer(invitation.user).unsign(token).partition(".")
    except BadSignature:
        return None
    return invitation.pk, int(sendings)


def invited_by_link(parts: LinkParts, at: datetime | None = None) -> Invitation:
    """The invitation that a link opens. Raises LinkClosed, or Invitation.DoesNotExist."""
    invitation = Invitation.objects.select_related("user").get(pk=parts[0])
    _refuse_closed(invitation, parts, at)
    return invitation


def _refuse_closed(invitation: Invitation, parts: LinkParts, at: datetime | None) -> None:
    state = state_of(invitation.user, at)
    if state != InvitationState.PENDING:
        raise LinkClosed(state)
    if invitation.sendings != parts[1]:
        raise LinkClosed(None)


@transaction.atomic
def accept(*, invitation: Invitation, password: str, at: datetime | None = None) -> User:
    """Sets the first password. The mail was read, so the address is confirmed.

    Raises LinkClosed where the link no longer opens, which may be since the page was opened.
    """
    (user,) = _locked([invitation.user])
    _refuse_closed(user.invitation, (invitation.pk, invitation.sendings), at)
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user
