"""What the secretariat chooses when somebody leaves."""

from typing import Any

from django import forms
from django.utils import timezone

from municipalities.models import WardStaff
from portal.core.fields import JapaneseDateField
from portal.core.models import User


class LeavingForm(forms.Form):
    """Who leaves: one of those who hold a post, or will."""

    leaving = forms.ModelChoiceField(label="異動する職員", queryset=User.objects.none(), empty_label="選んでください")

    def __init__(self, data: Any):
        super().__init__(data, label_suffix="")
        holders = WardStaff.objects.lasting().values("user")
        self.fields["leaving"].queryset = User.objects.filter(pk__in=holders).order_by("name", "email")  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Who follows, from when, at which posts."""

    posts = forms.ModelMultipleChoiceField(
        label="引き継ぐ担当", queryset=WardStaff.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    successor = forms.ModelChoiceField(label="後任者", queryset=User.objects.none(), empty_label="選んでください")
    day = JapaneseDateField(
        label="引継ぎの日",
        help_text="後任者の担当がこの日に始まり、前任者の担当は前日に終わります。例：2027-04-01、令和9年4月1日",
    )

    def __init__(self, data: Any, *, leaving: User):
        posts = WardStaff.objects.lasting().filter(user=leaving)
        initial = {"posts": [post.pk for post in posts], "day": timezone.localdate()}
        super().__init__(data, label_suffix="", initial=initial)
        fields: Any = self.fields
        fields["posts"].queryset = posts
        fields["posts"].label_from_instance = lambda post: post.in_words.partition("：")[2]
        people = User.objects.filter(is_active=True, is_staff=True).exclude(pk=leaving.pk).order_by("name", "email")
        fields["successor"].queryset = people
        fields["successor"].label_from_instance = lambda user: f"{user.name}（{user.email}）"
