"""Who may see what, when: one definition of "public at t" for pages, feeds, search, open data and the back office.

A row is public from ``publish_at`` (inclusive) until ``unpublish_at`` (exclusive) while its state is 公開.
What was public once keeps its address and says that it was withdrawn; what never was does not exist for the public.
"""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone

from portal.core.fields import RevisionField
from portal.core.models import OfficialQuerySet, Sourced


class PublicationState(models.TextChoices):
    DRAFT = "draft", "起案"
    IN_REVIEW = "in_review", "確認中"
    APPROVED = "approved", "承認"
    PUBLISHED = "published", "公開"
    WITHDRAWN = "withdrawn", "取下げ"


# Where a record stands: changed by the steps of approval alone, never by filling in a form.
STATE_FIELDS = frozenset({"publication_state", "publish_at", "withdrawal_note"})
PUBLISHING_FIELDS = STATE_FIELDS | {"unpublish_at", "change_note"}


class PublishableQuerySet(OfficialQuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """The rows public at a moment (now unless given)."""
        at = at or timezone.now()
        running = Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=at)
        # Said by what must not be, so that no index serves it: nearly every row is published, and SQLite, which counts
        # nothing beforehand, would go through all by this moment instead of through few by what else is asked.
        return self.filter(running, publication_state=PublicationState.PUBLISHED).exclude(publish_at__gt=at)

    def scheduled(self, at: datetime | None = None) -> Self:
        """The rows that are to become public at a moment to come."""
        return self.filter(publication_state=PublicationState.PUBLISHED, publish_at__gt=at or timezone.now())

    def once_public(self, at: datetime | None = None) -> Self:
        """The rows that the public has ever been able to see by a moment: the twin of ``Publishable.was_public``."""
        states = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
        return self.filter(publication_state__in=states, publish_at__lte=at or timezone.now())

    @staticmethod
    def last_change_expression(at: datetime) -> models.Max:
        """For rows that were public: when, by a moment, one of them last changed, appeared or disappeared."""
        gone = Case(When(unpublish_at__lte=at, then="unpublish_at"), default="updated_at")
        return models.Max(Greatest("updated_at", "publish_at", gone))

    def get_public(self, at: datetime | None = None, **lookup: Any) -> Any:
        """One row for the public. Raises Http404 where there is none to see, Withdrawn where there was one."""
        row: Any = self.filter(**lookup).first()
        if row is None or not row.was_public(at):
            raise Http404
        if not row.is_public(at):
            raise Withdrawn(row)
        return row


class Publishable(Sourced):
    """What is written, approved, published at a minute and, one day, withdrawn."""

    publication_state = models.CharField(
        "公開状態", max_length=10, choices=PublicationState.choices, default=PublicationState.DRAFT
    )
    publish_at = models.DateTimeField("公開日時", null=True, blank=True)
    unpublish_at = models.DateTimeField("公開終了日時", null=True, blank=True)
    change_note = models.TextField(
        "変更のお知らせ", blank=True, help_text="公開後に内容を変えたとき、ページに表示する説明です。"
    )
    withdrawal_note = models.TextField(
        "取下げの説明", blank=True, help_text="取り下げた後、このアドレスを開いた人に表示します。"
    )
    internal_note = models.TextField(
        "内部メモ", blank=True, help_text="担当者どうしの覚え書きです。公開しません。個人情報は書かないでください。"
    )
    created_at = models.DateTimeField("作成日時", auto_now_add=True)
    updated_at = models.DateTimeField("更新日時", auto_now=True)
    revision = RevisionField("改訂", default=0, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_publication_state",
                condition=Q(publication_state__in=PublicationState.values),
                violation_error_message="公開状態は決められた中から選んでください。",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_moment",
                condition=~Q(publication_state=PublicationState.PUBLISHED) | Q(publish_at__isnull=False),
                violation_error_message="公開するには公開日時を入れてください。",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_publish_before_unpublish",
                condition=Q(unpublish_at__isnull=True)
                | Q(publish_at__isnull=True)
                | Q(unpublish_at__gt=models.F("publish_at")),
                violation_error_message="公開終了日時は公開日時より後にしてください。",
            ),
        ]

    def was_public(self, at: datetime | None = None) -> bool:
        """Whether the public has ever been able to see this by a moment (now unless given)."""
        once_public = self.publication_state in (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
        return once_public and self.publish_at is not None and self.publish_at <= (at or timezone.now())

    def is_public(self, at: datetime | None = None) -> bool:
        """Whether the public can see this at a moment: the twin of ``PublishableQuerySet.published``."""
        at = at or timezone.now()
        running = self.unpublish_at is None or self.unpublish_at > at
        return self.publication_state == PublicationState.PUBLISHED and self.was_public(at) and running


def touch(rows: models.QuerySet) -> None:
    """Marks published records as changed, because something that is told with them was."""
    keys = list(rows.order_by().values_list("pk", flat=True).distinct())
    rows.model._default_manager.filter(pk__in=keys).update(revision=F("revision") + 1, updated_at=timezone.now())


class Withdrawn(Exception):
    """Asked for: something that was public once and is no longer. Answered by a 410 page that explains."""

    def __init__(self, row: Publishable):
        super().__init__(str(row))
        self.row = row
