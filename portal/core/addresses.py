"""Whole addresses, for what is read away from the site: calendars and feeds."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """「https://portal.example」: SITE_URL, whatever the name the site was asked under; without it, that name."""
    return settings.SITE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def naming_authority() -> str:
    """In whose name entries of calendars and feeds are numbered.

    It is the host of SITE_URL and never that of the request: an entry must be the same one under every name of the
    site, or it would stand twice in people's calendars. A site without SITE_URL is one for development.
    """
    return urlsplit(settings.SITE_URL).hostname or "portal.localhost"
