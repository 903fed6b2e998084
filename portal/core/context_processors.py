"""What every page may say of the site itself."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """``site_address``: 「https://portal.example」; empty where the page is asked for under a name that is not ours."""
    try:
        address = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        address = ""
    return {"site_name": settings.SITE_NAME, "is_demo_site": settings.DEMO_SITE, "site_address": address}
