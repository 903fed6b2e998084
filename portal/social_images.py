"""Which picture belongs to which page: the cards of the records that have a page, and of the pages of the tree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from disaster_support.models import Disaster
from events.models import Event, Exhibition, WardProject
from events.wording import whether_and_when
from municipalities.models import (
    CompanyAgreement,
    CooperationAgreement,
    MemberPost,
    Municipality,
    Prefecture,
    Ward,
)
from portal.core.navigation import HOME, every_page, trail
from portal.core.publishing import PublishableQuerySet
from portal.core.social_images import Card, draw
from portal.core.wareki import era_date, era_fiscal_year
from portal.models import NewsItem

ONE_YEAR, FIVE_MINUTES = 365 * 24 * 60 * 60, 5 * 60
# The kind under which the pages of the tree stand; their key is the name of their address.
PAGE = "page"


@dataclass(frozen=True)
class Kind:
    """Records of one kind that have pages of their own."""

    label: str
    rows: Callable[[], QuerySet]
    # Where the context of its page holds the record.
    variable: str
    title: Callable[[Any], str] = str
    line: Callable[[Any], str] = lambda record: ""

    def card(self, record: Any) -> Card:
        fictional = "（デモ）" if getattr(record, "is_demo", False) else ""
        return Card(f"{self.label}{fictional}", self.title(record), self.line(record))

    def public(self, key: str) -> Any:
        """A record for everybody. Raises Http404 or Withdrawn."""
        rows = self.rows()
        return rows.get_public(pk=key) if isinstance(rows, PublishableQuerySet) else get_object_or_404(rows, pk=key)


def _signed(record: CooperationAgreement | CompanyAgreement) -> str:
    return f"{era_date(record.signed_on)}締結"


# By the name of the page of a record, without its ending.
KINDS = {
    "event": Kind("イベント", Event.objects.all, "shown.event", line=whether_and_when),
    "exhibition": Kind("全国連携展示", Exhibition.objects.all, "shown.exhibition", line=whether_and_when),
    "project": Kind(
        "各区事業",
        WardProject.objects.for_list,
        "project",
        line=lambda project: f"{project.ward}　{era_fiscal_year(project.fiscal_year)}",
    ),
    "agreement": Kind(
        "広域連携協定",
        CooperationAgreement.objects.for_list,
        "agreement",
        title=lambda agreement: f"{agreement.title}との広域連携協定",
        line=_signed,
    ),
    "company_agreement": Kind("企業との包括連携協定", CompanyAgreement.objects.for_list, "agreement", line=_signed),
    "disaster": Kind("被災地支援", Disaster.objects.all, "disaster"),
    "news": Kind("お知らせ", NewsItem.objects.all, "item", line=lambda item: era_date(localdate(item.publish_at))),
    "member_post": Kind(
        "会員自治体からの投稿",
        MemberPost.objects.latest_first,
        "post",
        line=lambda post: f"{post.owner.prefecture.name}{post.owner.name}",
    ),
    "municipality": Kind(
        "全国の自治体", Municipality.objects.for_list, "municipality", line=lambda town: town.prefecture.name
    ),
    "ward": Kind("東京23区", Ward.objects.all, "ward"),
    "prefecture": Kind("都道府県", Prefecture.objects.all, "prefecture"),
}


def page_card(view_name: str) -> Card:
    """The card of a page of the tree. Raises Http404 where the tree has none of this name."""
    if view_name == HOME.view_name:
        return Card("ポータルサイト", settings.SITE_NAME, "東京23区と全国の自治体を結ぶ")
    page = next((page for page in every_page() if page.view_name == view_name), None)
    if page is None:
        raise Http404
    above = trail(view_name, page.label)[1:-1]
    return Card(above[0].label if above else "ポータルサイト", page.label)


def address_of(kind: str, key: str, card: Card) -> str:
    """The address of a picture, another one for every version of it."""
    return f"{reverse('social_image', args=[kind, key])}?v={card.version}"


def social_image(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A picture. It may be kept for good under the address of its version, for minutes under any other."""
    if kind == PAGE:
        card = page_card(key)
    elif kind in KINDS and key.isascii() and key.isdecimal():
        card = KINDS[kind].card(KINDS[kind].public(key))
    else:
        raise Http404
    is_current = request.GET.get("v") == card.version
    keep = f"public, max-age={ONE_YEAR}, immutable" if is_current else f"public, max-age={FIVE_MINUTES}"
    # Shown beside links to us on other sites: that is what it is for.
    headers = {"Cache-Control": keep, "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(draw(card), content_type="image/png", headers=headers)
