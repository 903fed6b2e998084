"""What every page must say in an emergency."""

from django.http import HttpRequest

from disaster_support.situation import situation


def emergency(request: HttpRequest) -> dict[str, object]:
    """``emergency_notices`` of the page that is asked for, the ``disaster_mode`` that is on, or None, and ``is_light``:
    whether pages do without all that they can do without."""
    mode = situation.mode()
    return {"emergency_notices": situation.notices(request.path), "disaster_mode": mode, "is_light": mode is not None}
