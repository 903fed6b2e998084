"""What is written to find an application again, and to decide on one."""

from typing import Any

from django import forms

from municipalities.models import MembershipApplication
from portal.core.guard import TOO_MANY, GuardedForm
from portal.members.applications.actions import CHECKS, approve, consent, refuse
from portal.members.sign_up.forms import PlainEmailField, PlainField

NOT_FOUND = "この受付番号とメールアドレスの組合せの申込みは見つかりません。受付のメールのとおりに入れてください。"
ONLY_APPLICANT = "申込者にメールで送ります。ほかの方の氏名などは書かないでください。"


class ReferenceField(PlainField):
    """The number as people type it: in small letters, without its lines."""

    def to_python(self, value: Any) -> Any:
        letters = "".join(letter for letter in super().to_python(value).upper() if letter.isalnum())
        return "-".join(letters[start : start + 3] for start in range(0, len(letters), 3))


class StatusForm(GuardedForm):
    """The application of whoever knows both its number and its address.

    Without ``may_look`` nothing is looked up: who asked too often learns nothing more.
    """

    reference = ReferenceField(
        label="受付番号", max_length=20, widget=forms.TextInput({"autocomplete": "off"}), help_text="例：7KX-M2P-QRA"
    )
    email = PlainEmailField(
        label="メールアドレス",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="申し込んだときのアドレスです。",
    )

    def __init__(self, *args: Any, may_look: bool = True, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.may_look = may_look
        self.application: MembershipApplication | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.may_look:
            raise forms.ValidationError(TOO_MANY, code="too_many")
        if not self.errors:
            known = MembershipApplication.objects.for_detail().known_by(cleaned["reference"], cleaned["email"])
            self.application = known.first()
            if self.application is None:
                raise forms.ValidationError(NOT_FOUND)
        return cleaned


class ConsentForm(forms.Form):
    """A colleague's decision: yes, or no with words to the applicant."""

    decision = forms.ChoiceField(
        label="決めること",
        choices=[("consent", "同じ自治体の方と確かめたので、同意する"), ("refuse", "同意しない")],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label="申込者への説明",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"同意しないときは必ず書いてください。{ONLY_APPLICANT}",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any] | None:
        cleaned: Any = super().clean()
        if cleaned.get("decision") == "refuse" and not cleaned.get("explanation", "").strip():
            self.add_error("explanation", "同意しないときは、申込者への説明を書いてください。")
        return cleaned

    def decide(self, *, application: MembershipApplication, by: Any, site: str) -> str:
        """Does what was chosen; what it is told in. Raises ValidationError where it can no longer be done."""
        if self.cleaned_data["decision"] == "consent":
            consent(application=application, by=by, site=site)
            return "同意しました。申込者に、招待のメールを送ります。"
        refuse(application=application, by=by, explanation=self.cleaned_data["explanation"], site=site)
        return "同意しないことにしました。申込者に、説明をメールで送ります。"


class DecisionForm(forms.ModelForm):
    """What the secretariat checked, and its decision, named by the button that was pressed."""

    APPROVE, REFUSE = "approve", "refuse"

    decision = forms.ChoiceField(
        choices=[(APPROVE, "承認する"), (REFUSE, "見送る")],
        widget=forms.HiddenInput,
        error_messages={"required": "「承認する」か「見送る」を押してください。"},
    )

    class Meta:
        model = MembershipApplication
        fields = (*CHECKS, "explanation")
        widgets = {"explanation": forms.Textarea({"rows": 4})}
        help_texts = {"explanation": f"見送るときは必ず書いてください。{ONLY_APPLICANT}"}

    def clean(self) -> dict[str, Any] | None:
        cleaned: Any = super().clean()
        if cleaned.get("decision") == self.APPROVE and not any(cleaned.get(name) for name in CHECKS):
            raise forms.ValidationError("承認するには、何で確かめたかを一つ以上選んでください。")
        if cleaned.get("decision") == self.REFUSE and not cleaned.get("explanation", "").strip():
            self.add_error("explanation", "見送るときは、申込者への説明を書いてください。")
        return cleaned

    def decide(self, *, application: MembershipApplication, by: Any, site: str) -> str:
        """Does what was chosen; what it is told in. Raises ValidationError where it can no longer be done."""
        written = self.cleaned_data
        if written["decision"] == self.APPROVE:
            checks = {name: written[name] for name in CHECKS}
            approve(application=application, by=by, checks=checks, explanation=written["explanation"], site=site)
            return "承認しました。申込者に、招待のメールを送ります。"
        refuse(application=application, by=by, explanation=written["explanation"], site=site)
        return "見送りました。申込者に、説明をメールで送ります。"
