"""Emergency notices, their prepared wording, and the switch of the disaster mode."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from disaster_support.actions import end_notice, publish_notice, switch_off, switch_on
from disaster_support.choices import ModeKind
from disaster_support.models import DisasterMode, EmergencyNotice, NoticeTemplate
from disaster_support.situation import situation
from portal.core.admin.base import ReadOnlyAdmin, RecordAdmin

PUBLISH, END = "_publish", "_end"
WORDING = ("level", "title", "body", "url")


@admin.register(NoticeTemplate)
class NoticeTemplateAdmin(RecordAdmin):
    fields = ("name", *WORDING)
    list_display = ("name", "level", "title")
    list_filter = ("level",)
    search_fields = ("name", "title", "body")


@admin.register(EmergencyNotice)
class EmergencyNoticeAdmin(RecordAdmin):
    """A notice is saved, then published by one person; from then on every save is seen at once."""

    change_form_template = "admin/disaster_support/emergencynotice/change_form.html"
    fields = (*WORDING, ("starts_at", "ends_at"), "paths", "is_drill")
    list_display = ("title", "level", "starts_at", "ends_at", "state", "published_by")
    list_filter = ("level", "is_drill")
    list_select_related = ("published_by",)
    search_fields = ("title", "body")

    @admin.display(description="状態")
    def state(self, notice: EmergencyNotice) -> str:
        if notice.published_at is None:
            return "公開前"
        if notice.is_active():
            return "表示中"
        return "表示前" if notice.starts_at > timezone.now() else "終了"

    def settle(self, record: EmergencyNotice, former: EmergencyNotice | None) -> None:
        situation.forget()

    def has_delete_permission(self, request: HttpRequest, obj: EmergencyNotice | None = None) -> bool:
        """What everybody has read stays on record: it is ended."""
        was_published = obj is not None and obj.published_at is not None
        return not was_published and super().has_delete_permission(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        notice = context["original"]
        templates = NoticeTemplate.objects.all() if notice is None else ()
        context["templates"] = [
            (template.name, urlencode({name: getattr(template, name) for name in WORDING})) for template in templates
        ]
        context["may_publish"] = notice is not None and notice.published_at is None
        context["may_end"] = notice is not None and notice.published_at is not None and self.state(notice) != "終了"
        return super().render_change_form(request, context, *args, **options)

    def response_change(self, request: Any, obj: EmergencyNotice) -> HttpResponse:
        if PUBLISH in request.POST and obj.published_at is None:
            publish_notice(notice=obj, by=request.user)
            messages.success(request, "公開しました。1分以内に、すべてのページに表示されます。")
        elif END in request.POST and obj.published_at is not None:
            end_notice(notice=obj, by=request.user)
            messages.success(request, "表示を終えました。1分以内に、すべてのページから消えます。")
        else:
            return super().response_change(request, obj)
        return HttpResponseRedirect(request.path)


class SwitchForm(forms.Form):
    """Which way the switch is turned, and why."""

    state = forms.ChoiceField(choices=[*ModeKind.choices, ("off", "通常")])
    reason = forms.CharField(label="理由（操作の記録に残ります）", required=False, max_length=200)


@admin.register(DisasterMode)
class DisasterModeAdmin(ReadOnlyAdmin):
    """The record of when the mode was on; it is switched on a page of its own."""

    fields = readonly_fields = ("kind", "reason", "started_at", "started_by", "ended_at", "ended_by")
    list_display = ("kind", "started_at", "ended_at", "reason", "started_by", "ended_by")
    list_filter = ("kind",)
    list_select_related = ("started_by", "ended_by")
    search_fields = ("reason",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.switch_view)
        return [path("switch/", view, name="disaster_support_disastermode_switch"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may = self.access(request).answers_for_all
        return super().changelist_view(request, {"may_switch": may} | (extra_context or {}))

    def switch_view(self, request: HttpRequest) -> HttpResponse:
        """On, off, or a drill of half an hour."""
        if not self.access(request).answers_for_all:
            raise PermissionDenied
        form = SwitchForm(request.POST if request.method == "POST" else None, label_suffix="")
        if form.is_valid():
            self._switch(request, form.cleaned_data["state"], form.cleaned_data["reason"])
            return redirect("admin:disaster_support_disastermode_switch")
        context = {
            **self.admin_site.each_context(request),
            "title": "災害時の表示の切替え",
            "opts": self.opts,
            "form": form,
            "mode": DisasterMode.objects.in_force().first(),
        }
        return TemplateResponse(request, "admin/disaster_support/disastermode/switch.html", context)

    @staticmethod
    def _switch(request: HttpRequest, state: str, reason: str) -> None:
        if state == "off":
            switch_off(by=request.user)
            messages.success(request, "通常の表示に戻しました。1分以内に切り替わります。")
            return
        try:
            mode = switch_on(kind=ModeKind(state), by=request.user, reason=reason)
            messages.success(request, f"「{mode.get_kind_display()}」の表示を始めました。1分以内に切り替わります。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
