"""What is decided on a finding."""

from typing import Any

from django import forms

from portal.quality.choices import FindingState
from portal.quality.decisions import NOT_FROM_A_PAPER, STILL_FOUND, notes_behind
from portal.quality.looking import is_still_found
from portal.quality.models import Finding


class DecisionForm(forms.ModelForm):
    """One of three buttons, and the words that two of them need."""

    decision = forms.ChoiceField(
        choices=[
            (FindingState.ACCEPTED, "資料のまま注記する"),
            (FindingState.CORRECTED, "修正した"),
            (FindingState.DISMISSED, "見送る"),
        ],
        required=False,
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label="注記・理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="「資料のまま注記する」では、この文を公開ページに※として表示します。「見送る」では、理由を書いてください。",
    )

    class Meta:
        model = Finding
        fields = ("reason",)

    def clean(self) -> dict[str, Any] | None:
        cleaned: Any = super().clean()
        problem = self._problem(cleaned.get("decision", ""), cleaned.get("reason", "").strip())
        if problem:
            self.add_error(*problem)
        return cleaned

    def _problem(self, decision: str, reason: str) -> tuple[str | None, str] | None:
        """The field and the message, where the decision cannot be taken."""
        if not decision:
            return None, "三つのボタンのどれかで判断してください。"
        if decision == FindingState.CORRECTED:
            return (None, STILL_FOUND) if is_still_found(self.instance) else None
        if not reason:
            return "reason", "注記の文か、見送る理由を書いてください。"
        if decision == FindingState.ACCEPTED and not notes_behind(self.instance):
            return None, NOT_FROM_A_PAPER
        return None
