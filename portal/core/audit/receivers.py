"""Signing in and out, as Django tells of it."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.models import User


@receiver(user_logged_in)
def _signed_in(user: Any, **kwargs: Any) -> None:
    note(AuditAction.SIGN_IN, by=user)


@receiver(user_logged_out)
def _signed_out(user: Any, **kwargs: Any) -> None:
    if user is not None:
        note(AuditAction.SIGN_OUT, by=user)


@receiver(user_login_failed)
def _refused(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Whose account was tried, where there is one: what else was typed is nobody's business."""
    tried = User.objects.filter(email__iexact=credentials.get("email") or "").first()
    note(AuditAction.SIGN_IN_FAILED, by=None, record=tried)
