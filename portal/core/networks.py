"""Where requests come from, and pages that are there for some networks only."""

from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = IPv4Network | IPv6Network
GetResponse = Callable[[HttpRequest], HttpResponse]

# Nothing answers here, and it differs from no other address by which nothing does.
NOWHERE = "/nowhere"


def client_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address of the visitor, as the trusted proxies say; None where it cannot be known.

    Somebody who comes past the proxies, or through one that is not trusted, might say anything.
    """
    trusted = settings.TRUSTED_PROXY_COUNT
    forwarded = request.headers.get("X-Forwarded-For")
    if (forwarded is not None) != (trusted > 0):
        return None
    told = (request.META.get("REMOTE_ADDR", "") if forwarded is None else forwarded).split(",")
    try:
        address = ip_address(told[-max(trusted, 1)].strip())
    except (ValueError, IndexError):
        return None
    return getattr(address, "ipv4_mapped", None) or address


def comes_from(request: HttpRequest, networks: Collection[Network]) -> bool:
    """Whether a request comes from one of the networks for certain."""
    address = client_address(request)
    return address is not None and any(address in network for network in networks)


class HideBackOffice:
    """To whoever is outside ``ADMIN_NETWORKS`` the back office is an address like any other that leads nowhere."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_back_office = f"{request.path_info}/".startswith(f"/{settings.ADMIN_PATH}")
        if is_back_office and settings.ADMIN_NETWORKS and not comes_from(request, settings.ADMIN_NETWORKS):
            request.path_info = NOWHERE
        return self.get_response(request)
