"""The log of mail: what was sent to whom and what could not be, without what it said."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.core.admin.base import ReadOnlyAdmin
from portal.core.mail.actions import try_again
from portal.core.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    fields = readonly_fields = (
        *("recipient", "subject", "state", "attempts", "error"),
        *("created_at", "tried_at", "due_at", "sent_at"),
    )
    list_display = ("subject", "recipient", "state", "attempts", "created_at", "sent_at")
    list_filter = ("state", "created_at")
    search_fields = ("recipient", "subject")
    actions = ("send_again",)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return self.access(request).answers_for_all

    @admin.action(description="もう一度送る（送信できなかったメールだけ）", permissions=["send"])
    def send_again(self, request: HttpRequest, mails: QuerySet[OutgoingMail]) -> None:
        chosen = list(mails)
        begun = sum(try_again(mail) for mail in chosen)
        if begun:
            messages.success(request, f"{begun}件のメールをもう一度送ります。")
        if left := len(chosen) - begun:
            messages.warning(request, f"{left}件は「送信できず」ではないので、送りません。")
