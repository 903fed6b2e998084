"""What every page must know of an emergency, asked of the database at most every fifteen seconds by each process."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from time import monotonic

from django.db import DatabaseError
from django.utils import timezone

from disaster_support.models import DisasterMode, EmergencyNotice

logger = logging.getLogger(__name__)

# A notice is to stand on every page within a minute, whichever process answers.
KEPT_SECONDS = 15


@dataclass
class Situation:
    """The notices that run or are to come, and the modes that are on; kept where the database does not answer."""

    _notices: list[EmergencyNotice] = field(default_factory=list)
    _modes: list[DisasterMode] = field(default_factory=list)
    _read_at: float | None = None

    def notices(self, path: str, at: datetime | None = None) -> list[EmergencyNotice]:
        """The notices that the page at an address shows at a moment, the gravest first."""
        self._refresh()
        return [notice for notice in self._notices if notice.is_active(at) and notice.is_for(path)]

    def mode(self, at: datetime | None = None) -> DisasterMode | None:
        """The mode that is on at a moment."""
        self._refresh()
        now = at or timezone.now()
        return next((mode for mode in self._modes if mode.ended_at is None or mode.ended_at > now), None)

    def forget(self) -> None:
        """Has the database asked anew at the next look."""
        self._read_at = None

    def know_nothing(self) -> None:
        """Takes it that nothing is the matter until it is told to forget that."""
        self._notices, self._modes, self._read_at = [], [], inf

    def _refresh(self) -> None:
        if self._read_at is not None and monotonic() - self._read_at < KEPT_SECONDS:
            return
        try:
            self._notices = list(EmergencyNotice.objects.running_or_coming().by_graveness())
            self._modes = list(DisasterMode.objects.in_force())
        except DatabaseError:
            logger.warning("緊急のお知らせを読めませんでした。前に読んだものを使います。")
        self._read_at = monotonic()


situation = Situation()
