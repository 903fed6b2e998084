"""What a form that anybody may send needs beside its answers."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.core.guard import stamp


def guarded(at: datetime | None = None, **answers: object) -> dict[str, object]:
    """Answers as a person sends them: a minute after the form was opened, and with the trap left alone."""
    return {"opened": stamp((at or timezone.now()) - timedelta(minutes=1)), "homepage": "", **answers}
