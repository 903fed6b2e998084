"""The forms of the gallery: every control that the site's forms use, in every state."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, Submit
from django import forms

from portal.core.entries import WholeNumberEntry
from portal.core.fields import JapaneseDateField
from portal.core.models import ATTACHMENT_EXTENSIONS
from portal.core.uploads import MAX_BYTES
from portal.core.widgets import JapaneseDateWidget, UploadField

_KINDS = [("lecture", "講演会"), ("fair", "物産展"), ("exchange", "住民の交流")]


class EveryControlForm(forms.Form):
    name = forms.CharField(label="催しの名称", max_length=100, help_text="正式な名称を入れてください。")
    email = forms.EmailField(label="メールアドレス")
    password = forms.CharField(
        label="パスワード", widget=forms.PasswordInput({"autocomplete": "new-password"}), required=False
    )
    capacity = WholeNumberEntry(label="定員（人）", min_value=1, required=False, widget=forms.NumberInput)
    kind = forms.ChoiceField(label="種別", choices=[("", "選んでください"), *_KINDS])
    places = forms.MultipleChoiceField(
        label="会場の候補", choices=_KINDS, required=False, help_text="いくつでも選べます。"
    )
    summary = forms.CharField(label="概要", widget=forms.Textarea, required=False)
    held_on = JapaneseDateField(label="開催日", widget=JapaneseDateWidget, help_text="例：令和3年2月10日")
    reply = forms.ChoiceField(
        label="回答の方法", choices=[("mail", "メール"), ("phone", "電話")], widget=forms.RadioSelect
    )
    audiences = forms.MultipleChoiceField(
        label="対象", choices=_KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    paper = UploadField(label="資料", extensions=ATTACHMENT_EXTENSIONS, max_bytes=MAX_BYTES, required=False)
    agrees = forms.BooleanField(label="掲載の決まりを読みました")

    def __init__(self, *args: Any, disabled: bool = False, **options: Any):
        super().__init__(*args, **{"label_suffix": "", **options})
        for field in self.fields.values():
            field.disabled = disabled
        self.helper = FormHelper()
        self.helper.form_class = "form"
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("", "確認する"))
        self.helper.add_input(Button("", "下書きに保存する"))


def sample_forms() -> dict[str, forms.Form]:
    """A form by its state."""
    wrong = {"email": "名前だけ", "capacity": "0", "held_on_era": "令和", "held_on_year": "3", "held_on_month": "13"}
    filled = {"name": "全国連携講演会", "kind": "lecture", "held_on": date(2021, 2, 10), "reply": "mail"}
    return {
        "はじめ": EveryControlForm(auto_id="empty_%s"),
        "誤りがあるとき": EveryControlForm(wrong, auto_id="wrong_%s"),
        "変えられないとき": EveryControlForm(initial=filled, disabled=True, auto_id="disabled_%s"),
    }
