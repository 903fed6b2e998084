"""What visitors wrote, until it is removed."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from municipalities.constraints import ward_code
from municipalities.models import Ward
from portal.contact.choices import InquiryState, Topic
from portal.contact.querysets import InquiryQuerySet, PageFeedbackQuerySet
from portal.core.constraints import one_of

LONGEST_BODY, LONGEST_COMMENT = 4_000, 1_000
# So long what a person wrote is kept once it is answered, and at most so long since it came.
KEPT_AFTER_CLOSING, KEPT_AT_MOST = timedelta(days=90), timedelta(days=365)
FEEDBACK_KEPT = timedelta(days=365)


class Inquiry(models.Model):
    """What somebody wrote to a ward, or to the secretariat where there is no ward.

    What tells of a person (``PERSONAL_FIELDS``) is removed in time; that there was an inquiry, and what became of it,
    stays. ``submission`` is the same for a form that was sent twice.
    """

    PERSONAL_FIELDS = ("name", "email", "body", "note")

    reference = models.CharField("受付番号", max_length=12, unique=True, editable=False)
    submission = models.CharField("送信の識別子", max_length=64, unique=True, editable=False)
    ward = models.ForeignKey(
        Ward,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name="宛先の区",
        help_text="空欄は事務局宛てです。",
    )
    topic = models.CharField("用件", max_length=12, choices=Topic.choices)
    body = models.TextField("内容", blank=True, max_length=LONGEST_BODY)
    name = models.CharField("お名前", max_length=100, blank=True)
    email = models.EmailField("返信先のメールアドレス", blank=True)
    created_at = models.DateTimeField("受付日時", default=timezone.now)
    state = models.CharField("状態", max_length=8, choices=InquiryState.choices, default=InquiryState.OPEN)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="対応した人"
    )
    note = models.TextField(
        "内部メモ",
        blank=True,
        max_length=2_000,
        help_text="対応の経過など、担当者どうしの覚え書きです。公開しません。問い合わせの内容と一緒に消えます。",
    )
    closed_at = models.DateTimeField("対応の済んだ日時", null=True, blank=True)
    forgotten_at = models.DateTimeField("内容を消した日時", null=True, blank=True)

    # Whatever is told of a person here is removed in time, so no history may hold it.
    kept_out = (*PERSONAL_FIELDS, "submission")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "お問い合わせ"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="portal_inquiry_state")]
        constraints = [
            one_of("topic", Topic, "用件は決められた中から選んでください。"),
            one_of("state", InquiryState, "状態は決められた中から選んでください。"),
            ward_code("ward", "宛先は特別区か事務局です。"),
            models.CheckConstraint(
                name="portal_inquiry_closed_has_moment",
                condition=Q(state=InquiryState.CLOSED, closed_at__isnull=False)
                | (~Q(state=InquiryState.CLOSED) & Q(closed_at__isnull=True)),
                violation_error_message="対応済みのものには、対応の済んだ日時があります。",
            ),
            models.CheckConstraint(
                name="portal_inquiry_words_until_forgotten",
                condition=(Q(forgotten_at__isnull=True) & ~Q(body=""))
                | Q(forgotten_at__isnull=False, state=InquiryState.CLOSED, body="", name="", email="", note=""),
                violation_error_message="内容が必要です。消した後は、対応済みとし、内容・お名前・メールアドレス・メモを残しません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}（{self.get_topic_display()}）"


class PageFeedback(models.Model):
    """Whether one of our pages was of use to somebody. Whose word it is, nobody knows."""

    submission = models.CharField("送信の識別子", max_length=64, unique=True, editable=False)
    path = models.CharField("ページのアドレス", max_length=200)
    title = models.CharField("ページ", max_length=300)
    ward = models.ForeignKey(
        Ward, models.PROTECT, null=True, blank=True, related_name="feedback", verbose_name="ページの区"
    )
    is_useful = models.BooleanField("役に立った")
    comment = models.TextField("ご意見", blank=True, max_length=LONGEST_COMMENT)
    created_at = models.DateTimeField("受付日時", default=timezone.now)

    objects = PageFeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "ページへの評価"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["path", "is_useful"], name="portal_pagefeedback_path")]
        constraints = [
            ward_code("ward", "ページの区は特別区です。"),
            models.CheckConstraint(
                name="portal_pagefeedback_path_is_ours",
                condition=Q(path__startswith="/"),
                violation_error_message="このサイトのページを「/」から書きます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.answer}）"

    @property
    def answer(self) -> str:
        return "はい" if self.is_useful else "いいえ"
