"""Deciding on an application: exactly once, whoever else decides at the same moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from municipalities.choices import ApplicationState
from municipalities.models import Membership, MembershipApplication, MemberStaff, Municipality
from municipalities.models.application import OPEN_STATES, PERSONAL_FIELDS
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import keep_version
from portal.core.history.models import VersionKind
from portal.core.invitations import invite
from portal.core.models import User
from portal.members.applications.mails import tell_approved, tell_expired, tell_refused

CHECKS = ("has_checked_address", "has_called_office", "has_seen_document")


def locked(application: MembershipApplication) -> MembershipApplication:
    """An application as it is now, held with its municipality until the end of the transaction.

    Raises ValidationError where it is gone.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=application.municipality_id)
    held = MembershipApplication.objects.select_for_update(of=("self",)).select_related("municipality__prefecture")
    try:
        return held.get(pk=application.pk)
    except MembershipApplication.DoesNotExist as gone:
        raise ValidationError("この申込みはもうありません。") from gone


def approve(
    *,
    application: MembershipApplication,
    by: Any,
    checks: Mapping[str, bool],
    site: str,
    explanation: str = "",
    at: datetime | None = None,
) -> User:
    """Makes the municipality a member from today, unless it is one, and its applicant the person who writes for it.

    ``checks`` says by what it was found genuine: ``CHECKS``, at least one. ``site`` is the address of the site without
    its last slash. Raises ValidationError where it is decided already, or the person cannot be admitted.
    """
    if not any(checks.get(name) for name in CHECKS):
        raise ValidationError("承認するには、何で確かめたかを一つ以上選んでください。")
    fields = {name: bool(checks.get(name)) for name in CHECKS} | {"explanation": explanation}
    return _admit(application, by, site, at or timezone.now(), fields)


def consent(*, application: MembershipApplication, by: Any, site: str, at: datetime | None = None) -> User:
    """A colleague takes the applicant in: they write for the municipality, whose membership stays what it is.

    Raises ValidationError where it is decided already, or the person cannot be admitted.
    """
    return _admit(application, by, site, at or timezone.now(), {}, makes_member=False)


def _admit(
    application: MembershipApplication,
    by: Any,
    site: str,
    at: datetime,
    fields: dict[str, Any],
    *,
    makes_member: bool = True,
) -> User:
    try:
        with transaction.atomic():
            application = _open(application)
            user = _person(application, at)
            written: list[Model] = []
            if user._state.adding:
                user.save()
                written.append(user)
            written.append(_post(application, user, at))
            if makes_member and (membership := _membership(application, at)):
                written.append(membership)
            _write_down(written, by, at)
            note(AuditAction.ROLE, by=by, record=user, detail=f"会員自治体の担当者：{application.municipality}", at=at)
            _end(application, ApplicationState.APPROVED, by, at, user=user, **fields)
            invite(people=[user], by=by, site=site, at=at)
            tell_approved(application, site)
    except IntegrityError as error:
        # The same person was admitted elsewhere, or the same membership written by hand, in this very moment.
        raise ValidationError("ほかの手続きと重なりました。申込みを開き直して、確かめてください。") from error
    return user


@transaction.atomic
def refuse(
    *, application: MembershipApplication, by: Any, explanation: str, site: str, at: datetime | None = None
) -> None:
    """Ends an application with words to its applicant. Raises ValidationError without words, and where it has ended."""
    if not explanation.strip():
        raise ValidationError("見送るときは、申込者への説明を書いてください。")
    application = _open(application)
    _end(application, ApplicationState.REFUSED, by, at or timezone.now(), explanation=explanation.strip())
    tell_refused(application, site)


@transaction.atomic
def cancel(*, application: MembershipApplication, at: datetime | None = None) -> MembershipApplication:
    """The applicant takes it back. Raises ValidationError where it has ended."""
    application = _open(application)
    application.state, application.ended_at = ApplicationState.CANCELLED, at or timezone.now()
    application.save(update_fields=["state", "ended_at"])
    return application


def forget_unconfirmed(at: datetime | None = None) -> int:
    """Removes what nobody confirmed in time; how many."""
    removed, _ = MembershipApplication.objects.never_confirmed(at or timezone.now()).delete()
    return removed


def forget_ended(at: datetime | None = None) -> int:
    """Removes what applications that have ended still say of a person; of how many."""
    at = at or timezone.now()
    return MembershipApplication.objects.to_forget(at).update(**dict.fromkeys(PERSONAL_FIELDS, ""), forgotten_at=at)


def expire_overdue(at: datetime | None = None) -> int:
    """Ends what nobody decided in time, and tells whoever applied; how many."""
    at = at or timezone.now()
    return sum(_expire(application, at) for application in list(MembershipApplication.objects.overdue(at)))


@transaction.atomic
def _expire(application: MembershipApplication, at: datetime) -> bool:
    application = locked(application)
    if application.state not in OPEN_STATES:
        return False
    application.state, application.ended_at = ApplicationState.EXPIRED, at
    application.save(update_fields=["state", "ended_at"])
    tell_expired(application)
    return True


def _open(application: MembershipApplication) -> MembershipApplication:
    application = locked(application)
    if not application.is_open:
        raise ValidationError("この申込みの手続きは、すでに終わっています。")
    return application


def _end(application: MembershipApplication, state: ApplicationState, by: Any, at: datetime, **fields: Any) -> None:
    for name, value in {"state": state, "decided_by": by, "ended_at": at, **fields}.items():
        setattr(application, name, value)
    application.save()
    note(AuditAction.APPROVAL, by=by, record=application, detail=f"会員登録の申込み：{state.label}", at=at)


def _person(application: MembershipApplication, at: datetime) -> User:
    """The user of the application's address, not saved yet where there is none.

    Raises ValidationError for staff, and for whoever was switched off.
    """
    user = User.objects.select_for_update().filter(email=application.email).first()
    if user is None:
        user = User(email=application.email, name=application.name, date_joined=at)
        user.set_unusable_password()
    if user.is_staff:
        raise ValidationError("このメールアドレスは、管理画面を使う職員のものです。別のアドレスをご案内ください。")
    if not user.is_active:
        raise ValidationError("このメールアドレスの利用者は、無効にされています。先に「利用者」で確かめてください。")
    return user


def _post(application: MembershipApplication, user: User, at: datetime) -> MemberStaff:
    post = MemberStaff(
        user=user,
        municipality=application.municipality,
        department=application.department,
        phone=application.phone,
        starts_on=timezone.localdate(at),
    )
    post.full_clean()
    post.save()
    return post


def _membership(application: MembershipApplication, at: datetime) -> Membership | None:
    """A membership from today; None where the municipality is a member in force."""
    today = timezone.localdate(at)
    if Membership.objects.in_force(today).of(application.municipality).exists():
        return None
    membership = Membership(municipality=application.municipality, registered_on=today, application=application)
    membership.full_clean()
    membership.save()
    return membership


def _write_down(written: Sequence[Model], by: Any, at: datetime) -> None:
    """Keeps the first version of each new record."""
    # The kinds of all in one query, not one for each.
    ContentType.objects.get_for_models(*written)
    for record in written:
        keep_version(record=record, by=by, kind=VersionKind.ADDED, at=at)
