"""Which of its events a member looks at."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, TextChoices


class Shown(TextChoices):
    UNDER_WAY = "under_way", "下書き・確認中"
    AHEAD = "ahead", "公開中・公開予定"
    OVER = "over", "終わったもの"

    @classmethod
    def of(cls, text: str) -> "Shown":
        """What an address asks for; what is under way where it asks for nothing there is."""
        return cls(text) if text in cls.values else cls.UNDER_WAY


def shown_rows(events: Any, shown: Shown, proposed: Mapping[str, str], at: datetime | None = None) -> Any:
    """These events as far as they are wanted; ``proposed`` has the keys of those of which anything is proposed.

    A change under way of a public event is under way, and the event is where it stands as well.
    """
    if shown == Shown.UNDER_WAY:
        keys = [int(key) for key in proposed]
        return events.filter(Q(pk__in=keys) | Q(pk__in=events.never_public().values("pk"))).order_by(
            "-updated_at", "pk"
        )
    settled = events.settled()
    if shown == Shown.OVER:
        return settled.over(at).newest_first()
    return settled.exclude(pk__in=settled.over(at).values("pk")).soonest_first()
