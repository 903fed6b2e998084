"""What visitors fill in."""

from typing import Any

from django import forms

from municipalities.models import Ward
from portal.contact.choices import Topic
from portal.contact.models import LONGEST_BODY, LONGEST_COMMENT
from portal.contact.pages import SeenPage, page_at
from portal.core.guard import GuardedForm


class ContactForm(GuardedForm):
    topic = forms.ChoiceField(label="用件", choices=[("", "選んでください"), *Topic.choices])
    ward = forms.ModelChoiceField(
        label="宛先",
        queryset=Ward.objects.all(),
        required=False,
        empty_label="特別区全国連携プロジェクト事務局",
        help_text="どの区か分からないときや、このサイト全体のことは、事務局をお選びください。",
    )
    body = forms.CharField(
        label="内容",
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="ページのアドレスや催しの名前を書いていただくと、早くお答えできます。4,000文字まで。",
    )
    email = forms.EmailField(
        label="返信先のメールアドレス",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="お返事が要るときだけ入力してください。受付番号をメールでもお知らせします。",
    )
    name = forms.CharField(
        label="お名前",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="匿名でもお送りいただけます。",
    )


class FeedbackForm(GuardedForm):
    page = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="役に立ちましたか", choices=[("yes", "はい"), ("no", "いいえ")], widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label="よろしければ、理由をお聞かせください",
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="お名前や連絡先は書かないでください。1,000文字まで。",
    )

    def clean_page(self) -> SeenPage:
        page = page_at(self.cleaned_data["page"])
        if page is None:
            raise forms.ValidationError("ご覧になったページが見つかりません。取り下げられたのかもしれません。")
        return page

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        told = self.cleaned_data
        return {"page": told["page"], "is_useful": told["answer"] == "yes", "comment": told["comment"]}
