"""What machines ask: whether the site is ready, and its numbers."""

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST

from portal.operations.health import GOOD, readiness
from portal.operations.metrics import exposition


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Each check with its outcome, and nothing else; 503 where one of them is not well."""
    checks = readiness()
    is_ready = GOOD.issuperset(checks.values())
    answer = {"status": "ok" if is_ready else "unavailable", "checks": checks}
    return JsonResponse(answer, status=200 if is_ready else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever is in ``METRICS_NETWORKS`` and asks this process itself; to others there is no such page."""
    if not _is_internal(request):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _is_internal(request: HttpRequest) -> bool:
    # Behind a proxy on the same machine, everybody comes from there.
    if {"X-Forwarded-For", "Forwarded"} & request.headers.keys():
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_NETWORKS)
