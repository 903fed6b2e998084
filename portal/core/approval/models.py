"""What waits to become public, and every step it took."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.core.approval.querysets import ProposalQuerySet
from portal.core.constraints import Frozen, one_of
from portal.core.fields import person_field


class ProposalState(models.TextChoices):
    DRAFT = "draft", "起案"
    IN_REVIEW = "in_review", "確認中"
    APPROVED = "approved", "承認"
    DONE = "done", "公開"
    DROPPED = "dropped", "取りやめ"


OPEN_STATES = (ProposalState.DRAFT, ProposalState.IN_REVIEW, ProposalState.APPROVED)


class StepKind(models.TextChoices):
    WRITTEN = "written", "起案・修正"
    SUBMITTED = "submitted", "確認依頼"
    TAKEN_BACK = "taken_back", "取り戻し"
    REMANDED = "remanded", "差戻し"
    APPROVED = "approved", "承認"
    PUBLISHED = "published", "公開"
    WITHDRAWN = "withdrawn", "取下げ"
    DROPPED = "dropped", "取りやめ"
    HANDED_OVER = "handed_over", "引き継ぎ"


class Proposal(models.Model):
    """A record on its way to the public, or a change of one that is public already.

    ``changes`` holds, in the shape of a snapshot, what is to differ from the public record, which stays as it is until
    then. It is empty for a record that has never been public: that is changed itself.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="種類")
    object_id = models.CharField("記録の番号", max_length=64)
    record = GenericForeignKey()
    subject = models.CharField("記録", max_length=300)
    changes = models.JSONField("変更案", default=dict, blank=True, encoder=DjangoJSONEncoder)
    state = models.CharField("状態", max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFT)
    holder = person_field("担当")
    written_by = person_field("起案者")
    submitted_by = person_field("確認を依頼した職員")
    submitted_at = models.DateTimeField("確認を依頼した日時", null=True, blank=True)
    decided_by = person_field("承認者")
    decided_at = models.DateTimeField("承認の日時", null=True, blank=True)
    publish_at = models.DateTimeField("反映する日時", null=True, blank=True)
    reminded_at = models.DateTimeField("催促した日時", null=True, blank=True)
    created_at = models.DateTimeField("起案日時", default=timezone.now)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "起案"
        ordering = ["submitted_at", "pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="core_proposal_waiting")]
        constraints = [
            one_of("state", ProposalState, "状態は決められた中から選んでください。"),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state__in=OPEN_STATES),
                name="core_proposal_one_open",
                violation_error_message="この記録には、手続き中の起案がすでにあります。",
            ),
            models.CheckConstraint(
                name="core_proposal_waits_since",
                condition=Q(state__in=[ProposalState.DRAFT, ProposalState.DROPPED])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                violation_error_message="確認を依頼した職員と日時が必要です。",
            ),
            models.CheckConstraint(
                name="core_proposal_approved_by_another",
                condition=~Q(state__in=[ProposalState.APPROVED, ProposalState.DONE])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("submitted_by"))
                    & (Q(written_by__isnull=True) | ~Q(decided_by=F("written_by")))
                ),
                violation_error_message="自分が起案したものは承認できません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}（{self.get_state_display()}）"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class ProposalStep(models.Model):
    """A step of a proposal: who did what, when, with which words. Never changed or deleted."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps", verbose_name="起案")
    kind = models.CharField("手続き", max_length=12, choices=StepKind.choices)
    at = models.DateTimeField("日時")
    by = person_field("職員")
    as_substitute = models.BooleanField("代理", default=False)
    comment = models.TextField("コメント", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "起案の手続き"
        ordering = ["proposal", "at", "pk"]
        constraints = [
            one_of("kind", StepKind, "手続きは決められた中から選んでください。"),
            models.CheckConstraint(
                name="core_proposalstep_remand_says_why",
                condition=~Q(kind=StepKind.REMANDED) | ~Q(comment=""),
                violation_error_message="差し戻すときは、理由を書いてください。",
            ),
            Frozen(
                name="core_proposalstep_frozen", column="at", violation_error_message="手続きの記録は変えられません。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{'（代理）' if self.as_substitute else ''}"
