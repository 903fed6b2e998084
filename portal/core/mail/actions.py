"""Writing a mail down, sending it, and forgetting it."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from portal.core.mail.models import MailState, OutgoingMail
from portal.core.mail.rules import KEPT_FOR, MOST_ATTEMPTS, pause_after

logger = logging.getLogger(__name__)

# Writes the text of a mail in the moment it is sent; None where there is nothing to say any more.
Writer = Callable[..., str | None]


def post(
    *,
    to: str,
    subject: str,
    text: str = "",
    writer: Writer | None = None,
    about: dict[str, Any] | None = None,
    key: str | None = None,
    at: datetime | None = None,
) -> OutgoingMail | None:
    """Writes a mail down and has it sent; None where there was one of this key already.

    It is part of the transaction it is called in: what is undone is not told. ``writer`` is a function at the top of a
    module, called with ``about`` as keywords.
    """
    at = at or timezone.now()
    path = f"{writer.__module__}.{writer.__qualname__}" if writer else ""
    try:
        with transaction.atomic():
            mail = OutgoingMail.objects.create(
                key=key,
                recipient=to,
                # A title may have line breaks; a mail with one in its subject would never leave.
                subject=f"{settings.EMAIL_SUBJECT_PREFIX}{' '.join(subject.split())}",
                text=text,
                writer=path,
                about=about or {},
                created_at=at,
                due_at=at,
            )
    except IntegrityError:
        if key is None or not OutgoingMail.objects.filter(key=key).exists():
            raise
        return None
    deliver.enqueue(mail.pk)
    return mail


@task()
def deliver(key: int) -> None:
    """Sends one mail if it is due; whoever comes second finds it taken."""
    mail = _take(key)
    if mail is None:
        return
    try:
        text = import_string(mail.writer)(**mail.about) if mail.writer else mail.text
        if text is not None:
            _message(mail, text).send()
    except Exception as error:
        # Whatever is wrong with one mail, it is tried again, and in the end told of in the back office.
        _put_off(mail, error)
        return
    mail.state = MailState.SENT if text is not None else MailState.DROPPED
    mail.sent_at = timezone.now() if text is not None else None
    mail.text, mail.error = "", ""
    mail.save(update_fields=["state", "sent_at", "text", "error"])


def deliver_due(at: datetime | None = None) -> int:
    """Sends all that is due, also what was tried in vain or left half-way; how many were taken up."""
    keys = list(OutgoingMail.objects.due(at).values_list("pk", flat=True))
    for key in keys:
        deliver.call(key)
    return len(keys)


def try_again(mail: OutgoingMail, at: datetime | None = None) -> bool:
    """Has a mail sent that was given up; whether it was one."""
    given_up = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.FAILED)
    if not given_up.update(state=MailState.WAITING, attempts=0, due_at=at or timezone.now()):
        return False
    deliver.enqueue(mail.pk)
    return True


def forget_old(at: datetime | None = None) -> int:
    """Removes what is written of mails that are over for so long that nobody asks any more; how many."""
    over = OutgoingMail.objects.filter(created_at__lt=(at or timezone.now()) - KEPT_FOR)
    removed, _ = over.exclude(state__in=(MailState.WAITING, MailState.SENDING)).delete()
    return removed


def _take(key: int) -> OutgoingMail | None:
    """A mail that is due, marked as being sent: seen by all before anything of it leaves."""
    with transaction.atomic():
        mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).filter(pk=key).first()
        if mail is None:
            return None
        if mail.attempts >= MOST_ATTEMPTS:
            # Begun again and again, and never finished: what sends it dies of it.
            mail.state = MailState.FAILED
        else:
            mail.state, mail.tried_at, mail.attempts = MailState.SENDING, timezone.now(), mail.attempts + 1
        mail.save(update_fields=["state", "tried_at", "attempts"])
    return mail if mail.state == MailState.SENDING else None


def _put_off(mail: OutgoingMail, error: Exception) -> None:
    pause = pause_after(mail.attempts)
    mail.state = MailState.WAITING if pause else MailState.FAILED
    mail.due_at = timezone.now() + pause if pause else mail.due_at
    # What a mail server answers may quote the address.
    mail.error = type(error).__name__
    mail.save(update_fields=["state", "due_at", "error"])
    logger.warning("メールを送れませんでした：%s（%d回目、%s）", mail.token, mail.attempts, mail.error)


def _message(mail: OutgoingMail, text: str) -> EmailMultiAlternatives:
    """The mail as plain text and as HTML, which say the same."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{mail.token}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, text, settings.DEFAULT_FROM_EMAIL, [mail.recipient], headers=headers)
    context = {"subject": mail.subject, "text": text, "site_name": settings.SITE_NAME}
    message.attach_alternative(render_to_string("mail/message.html", context), "text/html")
    return message
