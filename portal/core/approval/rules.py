"""Which step may follow which, and who may take it. Pure functions."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from portal.core.approval.models import Proposal, ProposalState, ProposalStep, StepKind


class Transition(NamedTuple):
    """From which states a step leads where, and whether only somebody who approves may take it."""

    sources: tuple[ProposalState, ...]
    target: ProposalState
    by_approver: bool = False


TRANSITIONS: Mapping[StepKind, Transition] = {
    StepKind.SUBMITTED: Transition((ProposalState.DRAFT,), ProposalState.IN_REVIEW),
    StepKind.TAKEN_BACK: Transition((ProposalState.IN_REVIEW, ProposalState.APPROVED), ProposalState.DRAFT),
    StepKind.REMANDED: Transition((ProposalState.IN_REVIEW,), ProposalState.DRAFT, by_approver=True),
    StepKind.APPROVED: Transition((ProposalState.IN_REVIEW,), ProposalState.APPROVED, by_approver=True),
    StepKind.PUBLISHED: Transition((ProposalState.APPROVED,), ProposalState.DONE),
    StepKind.DROPPED: Transition((ProposalState.DRAFT, ProposalState.IN_REVIEW), ProposalState.DROPPED),
}
# Steps by which somebody becomes an author of what is proposed.
WRITING = (StepKind.WRITTEN, StepKind.SUBMITTED)


def authors_since(steps: Iterable[ProposalStep]) -> frozenset[Any]:
    """The keys of all who wrote or submitted anything of a proposal: none of them approves it."""
    return frozenset(step.by_id for step in steps if step.kind in WRITING)


def possible_steps(
    proposal: Proposal, *, by: Any, holds: bool, approves: bool, authors: frozenset[Any], is_change: bool
) -> list[StepKind]:
    """The steps that a person may take next.

    ``holds``: the record is theirs to keep; ``approves``: they approve others' changes of it; ``is_change``: the record
    is public already. Approving one's own change is never among them.
    """
    found = []
    for kind, transition in TRANSITIONS.items():
        may = approves if transition.by_approver else holds
        if proposal.state not in transition.sources or not may:
            continue
        if kind == StepKind.APPROVED and by.pk in authors | {proposal.written_by_id, proposal.submitted_by_id}:
            continue
        if kind == StepKind.DROPPED and not is_change:
            continue
        found.append(kind)
    return found


def waited(span: timedelta) -> str:
    """「3日」, 「5時間」, 「1時間未満」."""
    if span.days:
        return f"{span.days}日"
    hours = span.seconds // 3600
    return f"{hours}時間" if hours else "1時間未満"
