"""What people of a member say of themselves, who follows them, and from when the membership changes."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from municipalities.models import MemberStaff
from portal.core.fields import LastDayField
from portal.members.access import Member


class Plain(forms.Form):
    """A form whose labels stand as they are written."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"label_suffix": "", **options})


class MeForm(Plain):
    """A person's own name, department and telephone."""

    name = forms.CharField(label="氏名", max_length=100)
    department = forms.CharField(label="所属", max_length=100)
    phone = forms.CharField(
        label="電話番号", max_length=30, required=False, help_text="事務局と区の職員が、急ぎのときに使います。"
    )


class LastDay(Plain):
    """The last day of something, today or later; without one it is today."""

    ends_on = LastDayField(label="最後の日", required=False, help_text="例：令和9年3月31日。空欄なら、今日です。")

    def clean_ends_on(self) -> date | None:
        """The first day after it, as periods are kept."""
        ends_on = self.cleaned_data["ends_on"]
        if ends_on is not None and ends_on <= timezone.localdate():
            raise forms.ValidationError("今日以降の日を入れてください。")
        return ends_on


class HandOverForm(LastDay):
    """Who goes on with the work of a person who leaves, and the person's last day."""

    successor = forms.ModelChoiceField(label="後任の担当者", queryset=MemberStaff.objects.none())
    field_order = ("successor", "ends_on")

    def __init__(self, *args: Any, member: Member, **options: Any):
        super().__init__(*args, **options)
        successor: Any = self.fields["successor"]
        successor.queryset = member.colleagues().without(member.post)
        successor.label_from_instance = lambda post: f"{post.user.name}（{post.department}）"
