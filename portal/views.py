"""What the project says of itself, and the home page, which gathers from every app."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from disaster_support.choices import SupportKind
from disaster_support.models import Disaster, SupportRecord
from disaster_support.situation import situation
from events.models import Event, Exhibition
from events.titles import marked_title
from municipalities.models import CooperationAgreement, Prefecture, Ward
from portal import history as steps
from portal import home as first
from portal import tile_map
from portal.choices import FigureTable, PublicationKind
from portal.core.pagination import page_of
from portal.core.structured_data import Thing, government_organization, web_site
from portal.models import (
    Aim,
    FoundingDocument,
    Milestone,
    NewsItem,
    PlanItem,
    PolicyDocument,
    Publication,
    PublishedFigure,
)
from portal.sources import notes_of

HOME_ROWS = 5


def home(request: HttpRequest) -> HttpResponse:
    """The top page: in a disaster the light one, unless somebody asks for the normal one."""
    is_light = situation.mode() is not None and request.GET.get("view") != "normal"
    return light_home(request) if is_light else normal_home(request)


def light_home(request: HttpRequest) -> HttpResponse:
    """What is new, in as little as a page can be; whoever stands between may keep it for a minute."""
    now = timezone.now()
    news = NewsItem.objects.published(now).for_list()[:HOME_ROWS]
    disasters = Disaster.objects.published(now).order_by("-listing_order", "-pk")[:HOME_ROWS]
    context = {
        "now": now,
        "news": [(item, marked_title(item.title, is_demo=item.is_demo)) for item in news],
        "disasters": [(row, marked_title(row.name, is_demo=row.is_demo)) for row in disasters],
    }
    return render(request, "portal/light_home.html", context)


def normal_home(request: HttpRequest) -> HttpResponse:
    """What it says is asked for where it is drawn: while nothing changes it is drawn once."""
    now = timezone.now()
    today = timezone.localdate(now)
    asked: dict[str, Callable[[], Any]] = {
        "key_figures": lambda: _key_figures(now, today),
        "tiles": lambda: tile_map.tiles(Prefecture.objects.with_linked_count(today)),
        "steps": tile_map.legend,
        "events": lambda: Event.objects.published(now).upcoming(now).whole().for_list()[:HOME_ROWS],
        "on_view": lambda: _on_view(now),
        "news": lambda: NewsItem.objects.published(now).for_list()[:HOME_ROWS],
        "wards": Ward.objects.all,
        "support_figures": lambda: _support_figures(now, today),
    }
    context = {
        "page_title": settings.SITE_NAME,
        "structured_data": [_publisher(request), _site(request)],
        "today": today,
        **{name: SimpleLazyObject(ask) for name, ask in asked.items()},
    }
    return render(request, "portal/home.html", context)


def _on_view(now: datetime) -> list[first.OnView]:
    exhibitions = Exhibition.objects.published(now).on_view(now)
    return first.on_view(exhibitions.for_list().with_images(now), now)


def _key_figures(now: datetime, today: date) -> list[first.KeyFigure]:
    figures = PublishedFigure.objects.official().printed().latest_totals()
    agreements = CooperationAgreement.objects.published(now).official().in_force(today)
    return [
        first.printed("連携自治体", figures.get(FigureTable.PARTNERS), "partners"),
        first.printed("連携事業", figures.get(FigureTable.PROJECTS), "projects"),
        first.agreements_in_force(agreements.body_total(), agreements.member_total(today), today),
    ]


def _support_figures(now: datetime, today: date) -> list[first.KeyFigure]:
    disasters = Disaster.objects.published(now).official().count()
    reconstruction = SupportRecord.objects.counted(now).current().yen_of(SupportKind.RECONSTRUCTION)
    return first.support(reconstruction, disasters, today) if disasters else []


def about(request: HttpRequest) -> HttpResponse:
    context = {"page_title": "プロジェクトについて", "structured_data": [_publisher(request)], **_foundations()}
    return render(request, "portal/about.html", context)


def _publisher(request: HttpRequest) -> Thing:
    return government_organization(settings.SITE_NAME, static("img/icon-512.png"), request.build_absolute_uri)


def _site(request: HttpRequest) -> Thing:
    return web_site(settings.SITE_NAME, reverse("search"), request.build_absolute_uri)


def prospectus(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/prospectus.html", {"page_title": "趣意書と三つの目的", **_foundations()})


def _foundations() -> dict[str, object]:
    """The prospectus, where it is entered, the aims, and where they come from."""
    documents = FoundingDocument.objects.prefetch_related("source_notes").in_bulk([steps.PROSPECTUS], field_name="slug")
    aims = Aim.objects.prefetch_related("source_notes")
    notes = notes_of(chain(documents.values(), aims))
    return {"document": documents.get(steps.PROSPECTUS), "aims": aims, "source_notes": notes}


def history(request: HttpRequest) -> HttpResponse:
    events = Event.objects.published().official().whole().held().first_of_each_kind()
    exhibitions = Exhibition.objects.published().official().held().soonest_first()[:1]
    agreements = CooperationAgreement.objects.published().official().prefetch_related("bodies")
    found = chain(
        map(steps.of_founding_document, FoundingDocument.objects.all()),
        map(steps.of_milestone, Milestone.objects.all()),
        map(steps.of_agreement, agreements),
        (steps.of_first(event, event.get_kind_display()) for event in events),
        (steps.of_first(exhibition, "全国連携展示") for exhibition in exhibitions),
        map(steps.of_policy_document, PolicyDocument.objects.all()),
    )
    context = {"page_title": "これまでの経緯", "timeline": steps.timeline(found)}
    return render(request, "portal/history.html", context)


def policy(request: HttpRequest) -> HttpResponse:
    documents = PolicyDocument.objects.prefetch_related("source_notes")
    context = {"page_title": "国の政策への位置づけ", "documents": documents, "source_notes": notes_of(documents)}
    return render(request, "portal/policy.html", context)


def plan(request: HttpRequest) -> HttpResponse:
    items = PlanItem.objects.prefetch_related("source_notes")
    groups: dict[str, list[PlanItem]] = {}
    for item in items:
        groups.setdefault(item.heading, []).append(item)
    context = {"page_title": "今後の展開", "groups": groups, "source_notes": notes_of(items)}
    return render(request, "portal/plan.html", context)


def news_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, NewsItem.objects.published().for_list())
    return render(request, "portal/news_list.html", {"page_title": "お知らせ", "page": page})


def news_detail(request: HttpRequest, pk: int) -> HttpResponse:
    item = NewsItem.objects.for_detail().get_public(pk=pk)
    return render(request, "portal/news_detail.html", {"page_title": str(item), "item": item})


def publication_list(request: HttpRequest) -> HttpResponse:
    groups: dict[str, list[Publication]] = {kind: [] for kind in PublicationKind.values}
    for publication in Publication.objects.published().for_list():
        groups[publication.kind].append(publication)
    by_kind = [(PublicationKind(kind).label, rows) for kind, rows in groups.items() if rows]
    return render(request, "portal/publication_list.html", {"page_title": "刊行物", "by_kind": by_kind})


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers at all; asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")
