"""Invitations: somebody added in the back office gets a link by mail, and chooses their first password there.

The link is signed and never kept. It names the invitation and how often it was sent, so that only the newest opens, and
its signature depends on the address that it was sent to.
"""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from portal.core.accounts import send_message
from portal.core.constraints import in_order
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


def may_invite(by: User, user: User) -> bool:
    """Whether somebody may send an invitation to a person, with the rights that the person has."""
    if by.is_superuser:
        return True
    above = user.groups.exclude(pk__in=groups_to_give(by))
    return by.has_perm("core.add_user") and not user.is_superuser and not above.exists()


@transaction.atomic
def invite(*, user: User, by: User, site: str, at: datetime | None = None) -> Invitation:
    """Invites somebody who has no password yet, for the first time or again; the mail goes out on commit.

    ``site`` is the address of the site without its last slash. Raises LinkClosed for somebody who is registered.
    """
    if user.has_usable_password():
        raise LinkClosed(InvitationState.REGISTERED)
    values = {"sent_at": at or timezone.now(), "sent_by": by, "revoked_at": None}
    invitation, is_first = Invitation.objects.select_for_update().get_or_create(user=user, defaults=values)
    if not is_first:
        for name, value in values.items():
            setattr(invitation, name, value)
        invitation.sendings += 1
        invitation.save()
    key, sendings = invitation.pk, invitation.sendings
    transaction.on_commit(lambda: send_invitation.enqueue(key=key, sendings=sendings, site=site) and None)
    return invitation


@transaction.atomic
def revoke(*, user: User, at: datetime | None = None) -> None:
    """Makes the link worthless. Raises LinkClosed where there is nothing to revoke."""
    invitation = Invitation.objects.select_for_update().filter(user=user, revoked_at=None).first()
    if invitation is None or user.has_usable_password():
        raise LinkClosed(state_of(user))
    invitation.revoked_at = at or timezone.now()
    invitation.save()


@task()
def send_invitation(key: int, sendings: int, site: str) -> None:
    """Writes the mail when it goes out, so that no queue ever holds the link; nothing goes out for a dead one."""
    invitation = Invitation.objects.select_related("user", "sent_by").filter(pk=key, sendings=sendings).first()
    if invitation is None or state_of(invitation.user) != InvitationState.PENDING:
        return
    context: dict[str, Any] = {
        "invitation": invitation,
        "site_name": settings.SITE_NAME,
        "link": site + reverse("invitation_link", args=[link_token(invitation)]),
    }
    subject = render_to_string("account/email/invitation_subject.txt", context).strip()
    body = render_to_string("account/email/invitation_message.txt", context)
    recipients = [invitation.user.email]
    send_message.call(f"{settings.EMAIL_SUBJECT_PREFIX}{subject}", body, settings.DEFAULT_FROM_EMAIL, recipients)


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
    state = state_of(invitation.user, at)
    if state == InvitationState.PENDING and invitation.sendings != parts[1]:
        raise LinkClosed(None)
    if state != InvitationState.PENDING:
        raise LinkClosed(state)
    return invitation


@transaction.atomic
def accept(*, parts: LinkParts, password: str, at: datetime | None = None) -> User:
    """Sets the first password. The mail was read, so the address is confirmed. Raises LinkClosed."""
    Invitation.objects.select_for_update().get(pk=parts[0])
    user = invited_by_link(parts, at).user
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user
