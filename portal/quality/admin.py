"""The inbox of what the checks found: read by all staff, decided on by who may change records."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from portal.core.admin.base import RecordAdmin
from portal.core.admin.filters import StateFilter
from portal.core.models import User
from portal.core.wareki import era_date
from portal.quality.choices import FindingState
from portal.quality.decisions import accept_as_printed, confirm_corrected, dismiss, notes_behind
from portal.quality.forms import DecisionForm
from portal.quality.models import Finding
from portal.quality.querysets import urgency
from portal.quality.rules import RULES


class FindingStateFilter(StateFilter):
    """An inbox: what is open."""

    states, opening = FindingState, FindingState.OPEN


class KindFilter(admin.SimpleListFilter):
    """The kinds of records about which anything was found."""

    title = "種類"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(kind.pk), kind.name) for kind in Finding.objects.kinds()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value() or ""
        return queryset.of_kind(int(chosen)) if chosen.isdecimal() else queryset


class RuleFilter(admin.SimpleListFilter):
    title = "規則"
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, rule.label) for code, rule in RULES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        return queryset.filter(code=self.value()) if self.value() else queryset


@admin.register(Finding)
class FindingAdmin(RecordAdmin):
    form = DecisionForm
    written_as_printed = ("reason",)
    fields = ("rule", "severity", "subject", "field_name", "message", "found_at", "state", "decided", "reason")
    readonly_fields = fields[:-1]
    list_display = ("message", "subject", "kind", "severity", "found_on")
    list_filter = (FindingStateFilter, "severity", KindFilter, RuleFilter)
    list_select_related = ("content_type", "decided_by")
    search_fields = ("subject", "message", "reason")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Finding | None = None) -> bool:
        """What was decided must stay known."""
        return False

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return urgency()

    @admin.display(description="規則", ordering="code")
    def rule(self, finding: Finding) -> str:
        return finding.rule_label

    @admin.display(description="種類")
    def kind(self, finding: Finding) -> str:
        return finding.content_type.name

    @admin.display(description="見つけた日", ordering="found_at")
    def found_on(self, finding: Finding) -> date:
        return timezone.localdate(finding.found_at)

    @admin.display(description="項目")
    def field_name(self, finding: Finding) -> str:
        return finding.field_label

    @admin.display(description="判断")
    def decided(self, finding: Finding) -> str:
        if finding.decided_at is None:
            return "まだ判断されていません。"
        who = str(finding.decided_by) if finding.decided_by else "点検"
        return f"{who}（{era_date(timezone.localdate(finding.decided_at))}）"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural} | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        finding: Any = self.get_object(request, object_id)
        told: dict[str, Any] = {"title": "見つかったこと", "subtitle": ""}
        if finding is not None:
            told |= {"record_url": page_of(finding.record), "notes": notes_behind(finding)}
        return super().change_view(request, object_id, form_url, told | (extra_context or {}))

    def write_model(self, request: HttpRequest, obj: Finding, form: forms.ModelForm, change: bool) -> None:
        by: Any = request.user
        DECISIONS[form.cleaned_data["decision"]](obj, by, form.cleaned_data["reason"])

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return f"「{dict(form.fields['decision'].choices)[form.cleaned_data['decision']]}」と判断しました。"


DECISIONS: dict[str, Callable[[Finding, User, str], None]] = {
    FindingState.ACCEPTED: lambda finding, by, words: accept_as_printed(finding=finding, by=by, note=words),
    FindingState.CORRECTED: lambda finding, by, words: confirm_corrected(finding=finding, by=by),
    FindingState.DISMISSED: lambda finding, by, words: dismiss(finding=finding, by=by, reason=words),
}


def page_of(record: Model | None) -> str:
    """The page of the back office on which a record is put right; empty where it is gone."""
    if record is None:
        return ""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
