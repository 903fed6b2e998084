"""Writing a record by its form outside the back office, on the same way to the public as there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.db import transaction

from portal.core.approval.actions import as_applied, draft, settle
from portal.core.approval.models import Proposal
from portal.core.history.actions import keep_former, keep_version
from portal.core.history.models import VersionKind
from portal.core.history.snapshots import changes_between, take
from portal.core.publishing import Publishable

# Makes the form of the record it is given, which is as it is proposed to be.
MakeForm = Callable[[Any], forms.ModelForm]


class Written(NamedTuple):
    """The form that was sent, with its errors; the draft it became, None where it has errors or changes nothing."""

    form: forms.ModelForm
    proposal: Proposal | None


def form_as_proposed(record: Publishable, make_form: MakeForm, proposal: Proposal | None = None) -> forms.ModelForm:
    """The form of a record, filled with what is proposed of it. Raises ValidationError where that no longer fits.

    ``proposal`` is its open one, for whoever has it at hand.
    """
    proposal = proposal or (Proposal.objects.open_for(record) if record.pk else None)
    if proposal is None or not proposal.changes:
        return make_form(record)
    proposed = type(record)._default_manager.get(pk=record.pk)
    with as_applied(proposal, proposed):
        return make_form(proposed)


@transaction.atomic
def write(*, record: Publishable, make_form: MakeForm, by: Any, at: datetime | None = None) -> Written:
    """Saves what somebody wrote: a record that was never public itself, of one that was public a proposal.

    ``make_form`` gives the form bound to what was sent. What the form brings along must be there before: of a public
    record everything its form writes is taken back. Raises ValidationError while the record is under review.
    """
    if record.pk is None or not record.was_public(at):
        return _write_itself(record, make_form, by, at)
    public = take(record)
    proposed: Any = type(record)._default_manager.get(pk=record.pk)
    written = None
    with as_applied(_open_proposal(record), proposed):
        form = make_form(proposed)
        if form.is_valid():
            form.save()
            written = take(proposed)
    changes = changes_between(public, written) if written is not None else None
    return Written(form, draft(record=record, by=by, changes=changes, at=at) if changes else None)


def _write_itself(record: Any, make_form: MakeForm, by: Any, at: datetime | None) -> Written:
    former = type(record)._default_manager.get(pk=record.pk) if record.pk else None
    form = make_form(record)
    if not form.is_valid():
        return Written(form, None)
    if former is not None:
        keep_former(record=former, before=lambda: take(former))
    saved = form.save()
    settle(saved, former)
    keep_version(record=saved, by=by, kind=VersionKind.CHANGED if former else VersionKind.ADDED, at=at)
    return Written(form, draft(record=saved, by=by, at=at))


def _open_proposal(record: Publishable) -> Proposal:
    return Proposal.objects.open_for(record) or Proposal(changes={})
