"""The way of a member's record to the public: where it stands, what was said, and the steps its people may take.

For every ``Publishable`` that a municipality writes itself. A page shows it with ``members/posting/partials/way.html``
and sends its buttons to a view that calls ``take_step``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.core.approval import actions
from portal.core.approval.models import Proposal, ProposalState, ProposalStep, StepKind
from portal.core.approval.rules import possible_steps
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.history.actions import keep_version
from portal.core.history.models import VersionKind
from portal.core.publishing import PublicationState, Publishable
from portal.members.access import Member

LONGEST_COMMENT = 1000
# Steps that a member takes, with what their buttons and their answers say.
LABELS: Mapping[StepKind, str] = {
    StepKind.SUBMITTED: "確認に出す",
    StepKind.TAKEN_BACK: "取り戻して直す",
    StepKind.DROPPED: "変更案を取りやめる",
}
_TOLD: Mapping[StepKind, str] = {
    StepKind.SUBMITTED: "確認に出しました。結果はメールでお知らせします。",
    StepKind.TAKEN_BACK: "取り戻しました。内容を直せます。",
    StepKind.DROPPED: "変更案を取りやめました。公開中の内容は、そのままです。",
}
_STEPS: Mapping[StepKind, Any] = {
    StepKind.SUBMITTED: actions.submit,
    StepKind.TAKEN_BACK: actions.take_back,
    StepKind.DROPPED: actions.drop,
}


class Stage(TextChoices):
    """Where a record, or the change of a public one, stands for those who write it."""

    DRAFT = "draft", "下書き"
    REMANDED = "remanded", "差戻し"
    IN_REVIEW = "in_review", "確認中"
    APPROVED = "approved", "承認"
    SCHEDULED = "scheduled", "公開予定"
    PUBLIC = "public", "公開中"
    ENDED = "ended", "公開終了"
    WITHDRAWN = "withdrawn", "取下げ"


_MEANINGS: Mapping[Stage, str] = {
    Stage.DRAFT: "まだ確認に出していません。",
    Stage.REMANDED: "次のコメントを見て直し、もう一度確認に出してください。",
    Stage.IN_REVIEW: "内容を確認しています。直すときは、取り戻してください。",
    Stage.APPROVED: "承認されました。公開の手続きを待っています。直すときは、取り戻してください。",
    Stage.SCHEDULED: "公開の日時を待っています。直すと下書きに戻り、もう一度確認が必要です。",
    Stage.PUBLIC: "保存した変更は、承認されるまで公開されません。",
    Stage.ENDED: "公開の期間が終わりました。",
    Stage.WITHDRAWN: "取り下げられています。直して確認を受けると、もう一度公開できます。",
}


@dataclass(frozen=True)
class Way:
    """Where a record stands at a moment; ``proposal`` is its open one, with ``answer``: why it was sent back last."""

    record: Publishable
    proposal: Any
    at: datetime

    @property
    def kind(self) -> str:
        """What kind of record it is, in words."""
        return str(self.record._meta.verbose_name)

    @property
    def stage(self) -> Stage:
        """Of what is under way, else of the record."""
        if self.proposal is None:
            return self.public_stage
        if self.proposal.state == ProposalState.DRAFT and self.answer:
            return Stage.REMANDED
        return Stage(self.proposal.state)

    @property
    def public_stage(self) -> Stage:
        """Of the record itself, whatever is proposed of it."""
        record = self.record
        if record.publication_state == PublicationState.WITHDRAWN:
            return Stage.WITHDRAWN
        if record.publication_state != PublicationState.PUBLISHED:
            return Stage(record.publication_state)
        if record.is_public(self.at):
            return Stage.PUBLIC
        return Stage.ENDED if record.was_public(self.at) else Stage.SCHEDULED

    @property
    def meaning(self) -> str:
        return _MEANINGS[self.stage]

    @property
    def answer(self) -> str:
        """The words with which it was sent back; empty once it has gone on."""
        return self.proposal.answer if self.proposal is not None else ""

    @property
    def is_change(self) -> bool:
        """Whether what is under way is a change of what the public has seen."""
        return self.proposal is not None and self.record.was_public(self.at)

    @property
    def is_writable(self) -> bool:
        """Whether its people may write now: not while others look at it."""
        return self.proposal is None or self.proposal.state == ProposalState.DRAFT

    @property
    def is_deletable(self) -> bool:
        return self.is_writable and not self.record.was_public(self.at)

    @property
    def moment(self) -> datetime | None:
        """When what is approved, or wished for, becomes public."""
        if self.proposal is not None and self.proposal.publish_at:
            return self.proposal.publish_at
        wished = self.record.publish_at
        return wished if wished is not None and wished > self.at else None

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The steps that its people may take next, and what the button of each says."""
        if self.proposal is None:
            return []
        possible = possible_steps(
            self.proposal,
            by=None,
            holds=True,
            approves=False,
            authors=frozenset(),
            is_change=self.record.was_public(self.at),
        )
        return [(kind.value, LABELS[kind]) for kind in LABELS if kind in possible]

    @property
    def panel_buttons(self) -> list[tuple[str, str]]:
        """Those that stand in the panel: what is written goes to review from the foot of its form, saved with it."""
        return [(step, label) for step, label in self.buttons if step != StepKind.SUBMITTED]


@dataclass(frozen=True)
class ToldStep:
    """A step as the municipality's people see it: by whom of theirs, with the words that are for them."""

    step: ProposalStep
    is_ours: bool

    @property
    def who(self) -> str:
        """One of theirs by name; whoever decides by office alone."""
        if self.is_ours:
            return str(self.step.by)
        return "事務局または区の職員" if self.step.by_id else ""

    @property
    def words(self) -> str:
        """What was written to them or by them, not what those who decide write to each other."""
        is_told = self.is_ours or self.step.kind == StepKind.REMANDED
        return self.step.comment if is_told else ""


def ways_of(records: Iterable[Any], at: datetime | None = None) -> list[Way]:
    """The ways of several records of one kind, in their order, by one query."""
    listed, now = list(records), at or timezone.now()
    if not listed:
        return []
    kind = ContentType.objects.get_for_model(listed[0])
    keys = [str(record.pk) for record in listed]
    found = Proposal.objects.open().filter(content_type=kind, object_id__in=keys).with_answer()
    proposals = {proposal.object_id: proposal for proposal in found}
    return [Way(record, proposals.get(str(record.pk)), now) for record in listed]


def way_of(record: Any, at: datetime | None = None) -> Way:
    return ways_of([record], at)[0]


def steps_of(record: Any, member: Member) -> list[ToldStep]:
    """Every step that a record has taken, the latest first, for the people of its municipality."""
    ours = frozenset(member.municipality.people.values_list("user", flat=True))
    taken = ProposalStep.objects.filter(proposal__in=Proposal.objects.of(record)).exclude(kind=StepKind.HANDED_OVER)
    steps = taken.select_related("by").order_by("-at", "-pk")
    return [ToldStep(step, step.by_id in ours) for step in steps]


def take_step(request: HttpRequest, record: Any, *, done: str) -> HttpResponse:
    """Takes the step that was sent as ``step``, with an optional ``comment``, says so, and leads to ``done``.

    What cannot be done (any more) is told in a message, and nothing changes.
    """
    wanted, comment = request.POST.get("step", ""), request.POST.get("comment", "").strip()
    way = way_of(record)
    if wanted not in dict(way.buttons):
        messages.error(request, actions.TOO_LATE)
    elif len(comment) > LONGEST_COMMENT:
        messages.error(request, f"伝えたいことは{LONGEST_COMMENT:,}文字までにしてください。")
    else:
        step_by(request, way.proposal, StepKind(wanted), comment)
    return redirect(done)


def step_by(request: HttpRequest, proposal: Proposal, step: StepKind, comment: str = "") -> bool:
    """Takes a step and says so; whether it could be taken."""
    try:
        _STEPS[step](proposal=proposal, by=request.user, comment=comment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, _TOLD[step])
    return True


def deletion(request: HttpRequest, record: Any, *, kind: str, back: str, done: str) -> HttpResponse:
    """Asks, and when confirmed deletes a draft that was never public.

    ``kind``: what it is called; ``back``: its page; ``done``: the name of the list it was in. What cannot be deleted
    (any more) is told in a message, and nothing changes.
    """
    if request.method != "POST":
        context = {"page_title": f"{kind}を削除する", "kind": kind, "way": way_of(record), "back": back}
        return render(request, "members/posting/delete.html", context)
    try:
        delete_draft(record=record, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    messages.success(request, f"「{record}」を削除しました。")
    return redirect(done)


@transaction.atomic
def delete_draft(*, record: Any, by: Any, at: datetime | None = None) -> None:
    """Deletes what was never public and nobody looks at. Raises ValidationError for everything else."""
    locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if not way_of(locked, at).is_deletable:
        raise ValidationError("確認中のものと、一度公開したものは削除できません。")
    actions.close_for(record=locked, by=by, at=at)
    keep_version(record=locked, by=by, kind=VersionKind.DELETED, at=at)
    note(AuditAction.DELETION, by=by, record=locked, at=at)
    locked.delete()
