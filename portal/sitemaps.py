"""What search engines are told: every public page with the day it last changed, and where they need not look."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from disaster_support.models import Disaster
from events.models import Event, Exhibition, WardProject
from municipalities.models import (
    CompanyAgreement,
    CooperationAgreement,
    MemberPost,
    Municipality,
    Prefecture,
    Ward,
)
from portal.core.navigation import Page, every_page
from portal.core.publishing import PublishableQuerySet
from portal.models import NewsItem


class PageSitemap(Sitemap):
    """The pages of the tree."""

    def items(self) -> list[Page]:
        return list(every_page())

    def location(self, item: Page) -> str:
        return item.url


class ArchiveSitemap(Sitemap):
    """The fiscal years that have events or exhibitions."""

    def items(self) -> list[int]:
        return Event.objects.published().whole().fiscal_years(Exhibition.objects.published())

    def location(self, item: int) -> str:
        return reverse("event_archive", args=[item])


class PlaceSitemap(Sitemap):
    """Prefectures, wards or municipalities, which are always public."""

    def __init__(self, places: QuerySet):
        self.places = places

    def items(self) -> QuerySet:
        return self.places.all()


class MunicipalitySitemap(Sitemap):
    """The municipalities that are there today; the wards are told as such."""

    def items(self) -> QuerySet:
        return Municipality.objects.existing().outside_the_wards()


class RecordSitemap(Sitemap):
    """What is published of one kind."""

    def __init__(self, records: PublishableQuerySet):
        self.records = records

    def items(self) -> QuerySet:
        return self.records.published().order_by("pk")

    def lastmod(self, item: Any) -> datetime:
        return item.updated_at


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": PageSitemap(),
    "archive": ArchiveSitemap(),
    "prefectures": PlaceSitemap(Prefecture.objects.all()),
    "wards": PlaceSitemap(Ward.objects.all()),
    "municipalities": MunicipalitySitemap(),
    "agreements": RecordSitemap(CooperationAgreement.objects.all()),
    "company_agreements": RecordSitemap(CompanyAgreement.objects.all()),
    "events": RecordSitemap(Event.objects.all()),
    "exhibitions": RecordSitemap(Exhibition.objects.all()),
    "projects": RecordSitemap(WardProject.objects.all()),
    "disasters": RecordSitemap(Disaster.objects.all()),
    "news": RecordSitemap(NewsItem.objects.all()),
    "posts": RecordSitemap(MemberPost.objects.all()),
}


def sitemap(request: HttpRequest) -> HttpResponse:
    return sitemap_views.sitemap(request, SITEMAPS)


def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines need not look, and where the list of pages is."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
