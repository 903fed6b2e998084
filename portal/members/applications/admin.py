"""The back office page on which the secretariat decides on applications; the auditor reads it."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import ApplicationState
from municipalities.models import Membership, MembershipApplication, MemberStaff
from portal.core.addresses import site_address
from portal.core.admin.base import ReadOnlyAdmin
from portal.core.admin.filters import StateFilter
from portal.members.applications.forms import DecisionForm


class ApplicationStateFilter(StateFilter):
    """The queue: what waits for the secretariat."""

    states, opening = ApplicationState, ApplicationState.IN_REVIEW

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What nobody confirmed is nobody's business."""
        return [found for found in super().lookups(request, model_admin) if found[0] != ApplicationState.UNCONFIRMED]


@admin.register(MembershipApplication)
class MembershipApplicationAdmin(ReadOnlyAdmin):
    """The longest waiting first. Nothing is changed here but by deciding."""

    fields = ("municipality", "state", "address_kind", "is_joining", "confirmed_at", "ended_at")
    list_display = ("municipality", "prefecture", "state", "address_kind", "joining", "confirmed_at", "waiting")
    list_filter = (ApplicationStateFilter, "address_kind", "is_joining")
    list_select_related = ("municipality__prefecture", "municipality__contact", "decided_by")
    search_fields = ("municipality__name", "municipality__name_kana", "municipality__code", "reference")
    ordering = ("confirmed_at", "pk")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[MembershipApplication]:
        rows: Any = super().get_queryset(request)
        return rows.received()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural} | (extra_context or {}))

    @admin.display(description="都道府県", ordering="municipality__prefecture")
    def prefecture(self, application: MembershipApplication) -> str:
        return application.municipality.prefecture.name

    @admin.display(description="追加", ordering="is_joining")
    def joining(self, application: MembershipApplication) -> str:
        return "追加" if application.is_joining else ""

    @admin.display(description="待ち日数", ordering="confirmed_at")
    def waiting(self, application: MembershipApplication) -> str:
        return f"{_days_since(application.confirmed_at)}日" if application.is_open and application.confirmed_at else ""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """All that is known of an application beside what it is checked against, and the decision."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        application: Any = self.get_object(request, object_id)
        if application is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        may_decide = self.access(request).answers_for_all
        if request.method == "POST" and not may_decide:
            raise PermissionDenied
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if form.is_bound and self._decide(request, form, application):
            return redirect(reverse("admin:municipalities_membershipapplication_changelist"))
        return TemplateResponse(
            request,
            "admin/municipalities/membershipapplication/decision.html",
            {
                **self.admin_site.each_context(request),
                "title": f"会員登録の申込み：{application.municipality.prefecture}{application.municipality}",
                "opts": self.opts,
                "object": application,
                "form": form,
                "may_decide": may_decide and application.is_open,
                "membership": Membership.objects.in_force().of(application.municipality).first(),
                "people": MemberStaff.objects.at(application.municipality).count(),
            },
        )

    def _decide(self, request: HttpRequest, form: DecisionForm, application: MembershipApplication) -> bool:
        """Whether it is done; where not, the form says why not."""
        if not form.is_valid():
            return False
        try:
            told = form.decide(application=application, by=request.user, site=site_address(request))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        messages.success(request, told)
        return True


def _days_since(moment: datetime) -> int:
    return (timezone.localdate() - timezone.localdate(moment)).days
