"""When a mail that could not be sent is tried again."""

from datetime import timedelta

# Minutes after each failed attempt: about a day in all, as long as a mail server may well be down.
_PAUSES = (1, 5, 15, 60, 180, 360, 720)
MOST_ATTEMPTS = len(_PAUSES) + 1
# So long after somebody began to send a mail and said nothing more, another may take it up.
LOST_AFTER = timedelta(minutes=10)
# So long it stays written down that a mail was sent, and to whom.
KEPT_FOR = timedelta(days=90)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None where it is given up."""
    return timedelta(minutes=_PAUSES[attempts - 1]) if attempts < MOST_ATTEMPTS else None
