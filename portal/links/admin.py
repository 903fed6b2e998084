"""The list of links that do not answer: read only, each row leads to the record in which it is put right."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from portal.core.admin.base import RecordAdmin
from portal.links.models import LinkState, LinkUse

_ALL = "all"


class StateFilter(admin.SimpleListFilter):
    """Without a choice the list holds what is to be put right."""

    title = "状態"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*LinkState.choices, (_ALL, "すべて")]

    def choices(self, changelist: Any) -> Any:
        chosen = self.value() or LinkState.BROKEN
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[LinkUse]) -> QuerySet[LinkUse]:
        chosen = self.value() or LinkState.BROKEN
        return queryset if chosen == _ALL else queryset.filter(link__state=chosen)


@admin.register(LinkUse)
class LinkUseAdmin(RecordAdmin):
    list_display = ("subject", "kind", "field_name", "address", "reason", "failing_since", "checked_on")
    list_filter = (StateFilter,)
    list_select_related = ("link", "content_type")
    search_fields = ("subject", "link__address")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

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
