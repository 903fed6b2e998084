"""The first things a new member does, and whether each is done."""

from typing import Any, NamedTuple

from django.urls import reverse

from events.models import Event
from municipalities.models import MemberPost, Municipality, MunicipalityProfile


class FirstStep(NamedTuple):
    """One of the first steps: what to do, why, where, and whether it is done."""

    label: str
    reason: str
    url: str
    is_done: bool


def first_steps(municipality: Municipality) -> list[FirstStep]:
    """The three steps, in the order in which they are easiest; at most three queries."""
    profile: Any = MunicipalityProfile.objects.with_picture_count().of(municipality).first()
    has_posted = Event.objects.owned_by(municipality).exists() or MemberPost.objects.of(municipality).exists()
    return [
        FirstStep(
            "紹介を書く",
            "自治体のページに載る、はじめのことばです。",
            reverse("member_profile"),
            profile is not None and bool(profile.introduction),
        ),
        FirstStep(
            "写真を入れる",
            "紹介の画面で、まちの写真を加えます。",
            reverse("member_profile"),
            profile is not None and profile.picture_count > 0,
        ),
        FirstStep(
            "最初の催しか投稿を出す",
            "催し、お知らせ、特産品、関係人口のプログラムを載せます。",
            reverse("member_event_add"),
            has_posted,
        ),
    ]
