"""The form in which a step of approval is taken, and its effect."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from portal.core.approval import actions
from portal.core.approval.models import Proposal, StepKind
from portal.core.fields import MomentEntry
from portal.core.wareki import long_date

# In the order in which they are offered: first what leads on.
LABELS: Mapping[StepKind, str] = {
    StepKind.APPROVED: "承認する",
    StepKind.PUBLISHED: "公開する",
    StepKind.SUBMITTED: "確認に出す",
    StepKind.REMANDED: "差し戻す",
    StepKind.TAKEN_BACK: "取り戻して直す",
    StepKind.WITHDRAWN: "取り下げる",
    StepKind.DROPPED: "変更案を取りやめる",
}
TOLD: Mapping[StepKind, str] = {
    StepKind.SUBMITTED: "確認に出しました。",
    StepKind.TAKEN_BACK: "取り戻しました。内容を直せます。",
    StepKind.REMANDED: "差し戻しました。",
    StepKind.APPROVED: "承認しました。",
    StepKind.PUBLISHED: "公開の手続きをしました。",
    StepKind.WITHDRAWN: "取り下げました。",
    StepKind.DROPPED: "変更案を取りやめました。",
}
# Steps that need words: why it goes back, and what the public reads where it was.
NEEDS_WORDS = (StepKind.REMANDED, StepKind.WITHDRAWN)


class StepForm(forms.Form):
    """One of the steps that are possible, a comment, and a moment for what is to become public later."""

    step = forms.ChoiceField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="コメント",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="差戻しでは理由を書いてください。取下げでは、そのアドレスを開いた人に表示する説明を書いてください。",
    )
    moment = MomentEntry(
        widget=forms.SplitDateTimeWidget(
            date_attrs={"aria-label": "公開する日"}, time_attrs={"aria-label": "公開する時刻"}
        ),
        label="公開する日時",
        required=False,
        help_text="空欄なら、すぐに公開します。先の日時を入れると、その時刻に公開します。",
    )

    def __init__(self, data: Any, *, possible: list[StepKind], moment: Any = None):
        super().__init__(data, label_suffix="", initial={"moment": moment})
        self.buttons = [(kind.value, label) for kind, label in LABELS.items() if kind in possible]
        self.fields["step"].choices = self.buttons  # type: ignore[attr-defined]
        if StepKind.PUBLISHED not in possible:
            del self.fields["moment"]

    def clean_step(self) -> StepKind:
        return StepKind(self.cleaned_data["step"])

    def clean(self) -> dict[str, Any] | None:
        cleaned: Any = super().clean()
        if cleaned.get("step") in NEEDS_WORDS and not cleaned.get("comment", "").strip():
            self.add_error("comment", f"「{LABELS[cleaned['step']]}」ときは、コメントを書いてください。")
        return cleaned


def take_step(
    request: HttpRequest,
    model_admin: Any,
    record: Any,
    proposal: Proposal | None,
    step: StepKind,
    given: Mapping[str, Any],
) -> bool:
    """Takes a step and says so; whether it could be taken. Where it could not, the reason is told."""
    try:
        _take(request, model_admin, record, proposal, step, given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, _told(step, given))
    return True


_PLAIN_STEPS = {
    StepKind.SUBMITTED: actions.submit,
    StepKind.TAKEN_BACK: actions.take_back,
    StepKind.DROPPED: actions.drop,
}
_DECISIONS: dict[StepKind, Any] = {StepKind.REMANDED: actions.remand, StepKind.APPROVED: actions.approve}


def _take(
    request: HttpRequest, model_admin: Any, record: Any, proposal: Any, step: StepKind, given: Mapping[str, Any]
) -> None:
    by, comment = request.user, given.get("comment", "").strip()
    if step == StepKind.WITHDRAWN:
        actions.withdraw(record=record, by=by, explanation=comment)
        return
    proposal = proposal or actions.draft(record=record, by=by)
    if step in _PLAIN_STEPS:
        _PLAIN_STEPS[step](proposal=proposal, by=by, comment=comment)
    elif step in _DECISIONS:
        substitute = model_admin.access(request).substitutes_for(record)
        _DECISIONS[step](proposal=proposal, by=by, comment=comment, as_substitute=substitute)
    else:
        actions.publish(proposal=proposal, by=by, moment=given.get("moment"))


def _told(step: StepKind, given: Mapping[str, Any]) -> str:
    moment = given.get("moment")
    if step == StepKind.PUBLISHED and moment:
        return f"{long_date(moment.date())} {moment:%H:%M}に公開します。"
    return TOLD[step]
