"""Every mail of the portal, from the moment it is due until its traces are removed."""

import uuid
from datetime import datetime
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.core.constraints import one_of
from portal.core.mail.rules import LOST_AFTER


class MailState(models.TextChoices):
    WAITING = "waiting", "送信待ち"
    SENDING = "sending", "送信中"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送信できず"
    DROPPED = "dropped", "送信不要"


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, at: datetime | None = None) -> Self:
        """What is to be sent at a moment: what waits, and what somebody began to send and never finished."""
        at = at or timezone.now()
        waiting = Q(state=MailState.WAITING, due_at__lte=at)
        return self.filter(waiting | Q(state=MailState.SENDING, tried_at__lte=at - LOST_AFTER)).order_by("due_at", "pk")


class OutgoingMail(models.Model):
    """One mail to one person.

    ``text`` is kept until it is sent. A mail whose text is not to lie about (it has a link that opens something) has a
    ``writer`` instead: the dotted path of the function that writes it from ``about`` in the moment it is sent.
    ``key`` names what the mail is about: of one key there is one mail. ``token`` makes its Message-ID, the same at
    every attempt, so that a mail server that had it already does not deliver it again.
    """

    token = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("用件", max_length=120, unique=True, null=True, blank=True)
    recipient = models.EmailField("宛先")
    subject = models.CharField("件名", max_length=200)
    text = models.TextField("本文", blank=True)
    writer = models.CharField("本文を書く処理", max_length=120, blank=True)
    about = models.JSONField("本文の元", default=dict, blank=True, encoder=DjangoJSONEncoder)
    state = models.CharField("状態", max_length=8, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField("試みた回数", default=0)
    error = models.CharField("最後の失敗", max_length=120, blank=True)
    created_at = models.DateTimeField("作成日時", default=timezone.now)
    due_at = models.DateTimeField("次に送る日時", default=timezone.now)
    tried_at = models.DateTimeField("最後に試みた日時", null=True, blank=True)
    sent_at = models.DateTimeField("送信日時", null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送信メール"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="core_outgoingmail_due")]
        constraints = [
            one_of("state", MailState, "状態は決められた中から選んでください。"),
            models.CheckConstraint(
                name="core_outgoingmail_sent_has_moment",
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False, text=""),
                violation_error_message="送信したメールには送信日時があり、本文は残しません。",
            ),
            models.CheckConstraint(
                name="core_outgoingmail_one_source_of_text",
                condition=Q(text="") | Q(writer=""),
                violation_error_message="本文は、書いたものか、送るときに書くもののどちらかです。",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
