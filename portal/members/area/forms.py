"""What people of a member say of themselves, who follows them, and from when the membership changes."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from municipalities.models import MemberStaff
from portal.core.fields import LastDayField
from portal.core.periods import last_day
from portal.core.wareki import era_date


class Plain(forms.Form):
    """A form whose labels stand as they are written, and whose answers can be looked through before they count."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"label_suffix": "", **options})

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What was answered, each under its label, in words."""
        return [(str(field.label), self.in_words(field.name)) for field in self.visible_fields()]

    def in_words(self, name: str) -> str:
        return str(self.cleaned_data[name])


class MeForm(Plain):
    """A person's own name, department and telephone."""

    name = forms.CharField(label="氏名", max_length=100)
    department = forms.CharField(label="所属", max_length=100)
    phone = forms.CharField(
        label="電話番号",
        max_length=30,
        required=False,
        help_text="公開しません。事務局と区の職員が、急ぎのときに使います。",
    )


class LastDay(Plain):
    """The last day of something, today or later; without one it is today."""

    ends_on = LastDayField(label="最後の日", required=False, help_text="例：令和9年3月31日。空欄なら、今日です。")

    def clean_ends_on(self) -> date | None:
        """The first day after it, as periods are kept."""
        ends_on: date | None = self.cleaned_data["ends_on"]
        if ends_on is not None and ends_on <= timezone.localdate():
            raise forms.ValidationError("今日以降の日を入れてください。")
        return ends_on

    def in_words(self, name: str) -> str:
        if name != "ends_on":
            return super().in_words(name)
        return era_date(last_day(self.cleaned_data[name]) or timezone.localdate())


class LastDayAtPost(LastDay):
    """The last day of a post: without one it is over now."""

    ends_on = LastDayField(
        label="最後の日", required=False, help_text="例：令和9年3月31日。空欄なら、いますぐ終わります。"
    )

    def in_words(self, name: str) -> str:
        is_now = name == "ends_on" and self.cleaned_data[name] is None
        return "いますぐ終わります" if is_now else super().in_words(name)


class HandOverForm(LastDayAtPost):
    """Who goes on with the work of a person who leaves, and the person's last day."""

    successor = forms.ModelChoiceField(
        label="後任の担当者", queryset=MemberStaff.objects.none(), empty_label="選んでください"
    )
    field_order = ("successor", "ends_on")

    def __init__(self, *args: Any, colleagues: QuerySet[MemberStaff], **options: Any):
        super().__init__(*args, **options)
        successor: Any = self.fields["successor"]
        successor.queryset = colleagues
        successor.label_from_instance = _person

    def in_words(self, name: str) -> str:
        return _person(self.cleaned_data[name]) if name == "successor" else super().in_words(name)


def _person(post: MemberStaff) -> str:
    return f"{post.user.name}（{post.department}）"
