"""The back office pages of the people of members, and of who has confirmed their registration this year."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from municipalities.models import MembershipConfirmation, MemberStaff
from portal.core.admin.base import LastDayColumn, ReadOnlyAdmin, RecordAdmin
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.wareki import era_fiscal_year


@admin.register(MemberStaff)
class MemberStaffAdmin(LastDayColumn, RecordAdmin):
    """Staff see whom to call; the secretariat keeps them. What people may do follows from it: it is written down."""

    period_end = "ends_on"
    fields = ("user", "municipality", "department", "phone", "starts_on", "ends_on", "predecessor")
    list_display = ("municipality", "user", "department", "phone", "starts_on", "period_last_day", "last_sign_in")
    list_display_links = ("user",)
    list_filter = ("municipality__prefecture",)
    list_select_related = ("user", "municipality__prefecture", "predecessor")
    search_fields = ("user__name", "user__email", "municipality__name", "municipality__name_kana", "department")
    autocomplete_fields = ("user", "municipality", "predecessor")

    @admin.display(description="最後のサインイン", ordering="user__last_login", empty_value="まだありません")
    def last_sign_in(self, post: MemberStaff) -> Any:
        return post.user.last_login

    def written(self, request: HttpRequest, record: MemberStaff, kind: Any) -> None:
        super().written(request, record, kind)
        note(AuditAction.ROLE, by=request.user, record=record)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[MemberStaff]) -> Any:
        for post in queryset:
            note(AuditAction.ROLE, by=request.user, record=post, detail="削除")
        return super().log_deletions(request, queryset)


class AnsweredFilter(admin.SimpleListFilter):
    title, parameter_name = "確認", "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "確認済み"), ("no", "まだ")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(confirmed_at__isnull=self.value() == "no")


@admin.register(MembershipConfirmation)
class MembershipConfirmationAdmin(ReadOnlyAdmin):
    """Who was asked in a fiscal year, and who has not answered. Members answer by the link of their mail."""

    fields = readonly_fields = ("membership", "year", "asked_at", "confirmed_at")
    list_display = ("membership", "year", "asked_at", "confirmed_at")
    list_filter = (AnsweredFilter, "fiscal_year")
    list_select_related = ("membership__municipality__prefecture",)
    search_fields = ("membership__municipality__name", "membership__municipality__name_kana")

    @admin.display(description="年度", ordering="fiscal_year")
    def year(self, confirmation: MembershipConfirmation) -> str:
        return era_fiscal_year(confirmation.fiscal_year)
