"""The back office pages of the people of members, and of who has confirmed their registration this year."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from municipalities.models import MembershipConfirmation, MemberStaff
from portal.core.admin.base import LastDayColumn, RecordAdmin


@admin.register(MemberStaff)
class MemberStaffAdmin(LastDayColumn, RecordAdmin):
    """Staff see whom to call; the secretariat keeps them."""

    period_end = "ends_on"
    fields = ("user", "municipality", "department", "phone", ("starts_on", "ends_on"), "predecessor")
    list_display = ("municipality", "user", "department", "phone", "starts_on", "period_last_day", "last_sign_in")
    list_filter = ("municipality__prefecture",)
    list_select_related = ("user", "municipality__prefecture", "predecessor")
    search_fields = ("municipality__name", "municipality__name_kana", "user__name", "user__email", "department")
    autocomplete_fields = ("user", "municipality", "predecessor")

    @admin.display(description="最後のサインイン", ordering="user__last_login")
    def last_sign_in(self, post: MemberStaff) -> Any:
        return post.user.last_login


class AnsweredFilter(admin.SimpleListFilter):
    title, parameter_name = "確認", "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "確認済み"), ("no", "まだ")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(confirmed_at__isnull=self.value() == "no")


@admin.register(MembershipConfirmation)
class MembershipConfirmationAdmin(RecordAdmin):
    """Who was asked this year, and who has not answered; members answer by the link of their mail."""

    fields = readonly_fields = ("membership", "fiscal_year", "asked_at", "confirmed_at")
    list_display = ("membership", "fiscal_year", "asked_at", "confirmed_at")
    list_filter = (AnsweredFilter, "fiscal_year")
    list_select_related = ("membership__municipality__prefecture",)
    search_fields = ("membership__municipality__name", "membership__municipality__name_kana")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MembershipConfirmation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MembershipConfirmation | None = None) -> bool:
        return False
