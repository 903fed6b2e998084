"""What machines ask: whether the site is ready."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from portal.operations.health import GOOD, readiness


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Each check with its outcome, and nothing else; 503 where one of them is not well."""
    checks = readiness()
    is_ready = GOOD.issuperset(checks.values())
    answer = {"status": "ok" if is_ready else "unavailable", "checks": checks}
    return JsonResponse(answer, status=200 if is_ready else 503)
