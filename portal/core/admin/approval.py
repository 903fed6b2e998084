"""The queue: what waits for review, the longest first, and everything else on its way to the public."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from portal.core.admin.base import ReadOnlyAdmin
from portal.core.admin.filters import StateFilter
from portal.core.approval.models import Proposal, ProposalState
from portal.core.approval.rules import waited


class ProposalStateFilter(StateFilter):
    """The queue: what is to be reviewed."""

    states, opening = ProposalState, ProposalState.IN_REVIEW


class HolderFilter(admin.SimpleListFilter):
    title = "担当"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "自分の担当"), ("0", "自分以外が起案")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        if self.value() == "1":
            return queryset.filter(holder=request.user.pk)
        return queryset.exclude(written_by=request.user.pk) if self.value() == "0" else queryset


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """A list only: each row leads to the page on which the steps of its record are taken."""

    list_display = ("subject", "content_type_name", "state", "written_by", "submitted_at", "waiting")
    list_filter = (ProposalStateFilter, HolderFilter)
    list_select_related = ("content_type", "written_by", "submitted_by")
    search_fields = ("subject",)
    actions = None
    ordering = ("submitted_at", "pk")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": "承認を待つもの"} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        proposal: Any = self._seen(request, object_id)
        kind = proposal.content_type
        if proposal.record is None:
            raise Http404
        return redirect(reverse(f"admin:{kind.app_label}_{kind.model}_review", args=[proposal.object_id]))

    @admin.display(description="種類", ordering="content_type")
    def content_type_name(self, proposal: Proposal) -> str:
        return proposal.content_type.name

    @admin.display(description="待ち", ordering="submitted_at")
    def waiting(self, proposal: Proposal) -> str:
        """How long it has been waiting for review, in days and hours."""
        if proposal.state != ProposalState.IN_REVIEW or proposal.submitted_at is None:
            return ""
        return waited(timezone.now() - proposal.submitted_at)
