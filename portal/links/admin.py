"""The list of links that do not answer: read only, each row leads to the record in which it is put right."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from portal.core.admin.base import ReadOnlyAdmin
from portal.core.admin.filters import StateFilter
from portal.links.models import LinkState, LinkUse


class LinkStateFilter(StateFilter):
    """What is to be put right."""

    states, opening = LinkState, LinkState.BROKEN
    lookup = "link__state"


@admin.register(LinkUse)
class LinkUseAdmin(ReadOnlyAdmin):
    list_display = ("subject", "kind", "field_name", "address", "reason", "failing_since", "checked_on")
    list_filter = (LinkStateFilter,)
    list_select_related = ("link", "content_type")
    search_fields = ("subject", "link__address")
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": "リンクの点検"} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        use: Any = self._seen(request, object_id)
        return HttpResponseRedirect(page_of(use) or reverse("admin:portal_linkuse_changelist"))

    @admin.display(description="種類", ordering="content_type")
    def kind(self, use: LinkUse) -> str:
        return use.content_type.name

    @admin.display(description="項目", ordering="field")
    def field_name(self, use: LinkUse) -> str:
        return use.field_label

    @admin.display(description="アドレス", ordering="link__address")
    def address(self, use: LinkUse) -> str:
        return use.link.address

    @admin.display(description="理由")
    def reason(self, use: LinkUse) -> str:
        return use.link.reason

    @admin.display(description="つながらなくなった日", ordering="link__first_failed_at")
    def failing_since(self, use: LinkUse) -> date | None:
        return timezone.localdate(use.link.first_failed_at) if use.link.first_failed_at else None

    @admin.display(description="確かめた日", ordering="link__checked_at")
    def checked_on(self, use: LinkUse) -> date | None:
        return timezone.localdate(use.link.checked_at) if use.link.checked_at else None


def page_of(use: LinkUse) -> str:
    """The page of the back office on which the record of a link is put right; empty where it has none."""
    kind = use.content_type
    try:
        return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[use.object_id])
    except NoReverseMatch:
        return ""
