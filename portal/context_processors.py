"""What every page must say in an emergency."""

from django.http import HttpRequest

from disaster_support.situation import situation


def emergency(request: HttpRequest) -> dict[str, object]:
    """``emergency_notices`` of the page that is asked for, and the ``disaster_mode`` that is on, or None."""
    return {"emergency_notices": situation.notices(request.path), "disaster_mode": situation.mode()}
