"""What the portal promises: accessibility, privacy, terms; and the map of its pages."""

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.models import Event, Exhibition
from municipalities.models import Prefecture, Ward
from portal import accessibility as checks
from portal.contacts import secretariat
from portal.core.navigation import FOOTER, HOME, MENU


def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"page_title": "アクセシビリティ方針", "contact": secretariat(), "results": checks.latest_results()}
    return render(request, "policies/accessibility.html", context)


def accessibility_results(request: HttpRequest) -> HttpResponse:
    context = {"page_title": "アクセシビリティ検査の結果", "results": checks.latest_results()}
    return render(request, "policies/accessibility_results.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "page_title": "個人情報の取扱い",
        "contact": secretariat(),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "policies/privacy.html", context)


def site_policy(request: HttpRequest) -> HttpResponse:
    context = {"page_title": "サイトポリシー", "contact": secretariat()}
    return render(request, "policies/site_policy.html", context)


def site_map(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    regions = groupby(Prefecture.objects.all(), lambda prefecture: prefecture.region)
    context = {
        "page_title": "サイトマップ",
        "home": HOME,
        "sections": MENU,
        "footer": FOOTER,
        "regions": [(region, list(prefectures)) for region, prefectures in regions],
        "wards": Ward.objects.all(),
        "years": Event.objects.published(at).whole().fiscal_years(Exhibition.objects.published(at)),
    }
    return render(request, "policies/site_map.html", context)
