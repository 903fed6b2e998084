"""Inviting people, sending their invitation again and revoking it, in the back office."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.timezone import localtime

from portal.core.addresses import site_address
from portal.core.admin.base import RecordAdmin
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.invitations import InvitationState, groups_to_give, invite, open_to, revoke, state_of
from portal.core.models import User


class InvitationForm(forms.ModelForm):
    """Whom to invite, and into which groups; ``by`` is who invites."""

    by: ClassVar[User]
    groups = forms.ModelMultipleChoiceField(
        label="役割",
        required=False,
        queryset=Group.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="区の担当者・承認者は、選ばずに招待し、続けて「区の担当者」に担当の区と期間を登録します。",
    )

    class Meta:
        model = User
        fields = ("email", "name", "groups", "is_superuser")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["groups"]
        groups.queryset = groups_to_give(self.by).order_by("name")


class InvitingAdmin(RecordAdmin):
    """People are added by inviting them."""

    change_form_template = "admin/core/user/change_form.html"
    actions: Any = ("invite_again", "revoke_invitation")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        return super().add_view(request, form_url, {"title": "利用者を招待"} | (extra_context or {}))

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is not None:
            return super().get_fields(request, obj)
        return InvitationForm.Meta.fields if request.user.is_superuser else InvitationForm.Meta.fields[:-1]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = type("InvitationForm", (InvitationForm,), {"by": request.user})
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request: Any, obj: User, form: forms.ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.is_staff = True
        obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        invite(people=[obj], by=request.user, site=site_address(request))
        note(AuditAction.ROLE, by=request.user, record=obj, detail="招待しました。")

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        messages.info(request, f"招待のメールを {obj.email} に送ります。")
        return response

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        """The two buttons about the invitation stand below those that save."""
        people = User.objects.filter(pk=obj.pk)
        if "_invite" in request.POST and self.has_invite_permission(request):
            self.invite_again(request, people)
            return HttpResponseRedirect(request.path)
        if "_revoke" in request.POST and self.has_invite_permission(request):
            self.revoke_invitation(request, people)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rights follow from roles: only those who answer for all hand them out, whatever else they may do."""
        return super().has_add_permission(request) and self.access(request).holds(User())

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    @admin.display(description="登録")
    def registration(self, user: User) -> str:
        state = state_of(user)
        if state is None:
            return "未招待"
        until = f"（{_moment(user.invitation.expires_at)}まで）" if state == InvitationState.PENDING else ""
        return f"{state.label}{until}"

    @admin.action(description="選択した利用者に招待のメールを送る", permissions=["invite"])
    def invite_again(self, request: Any, users: QuerySet[User]) -> None:
        invited = invite(people=open_to(request.user, users), by=request.user, site=site_address(request))
        for user in invited:
            note(AuditAction.ROLE, by=request.user, record=user, detail="招待のメールを送りました。")
        if invited:
            told = f"{len(invited)}人に招待のメールを送ります。前に送ったアドレスは使えなくなります。"
            messages.success(request, told)
        if left := len(users) - len(invited):
            reason = "登録済みの方、無効にした方、ご自身より強い権限を持つ方には送れません。"
            messages.warning(request, f"{left}人には送りませんでした。{reason}")

    @admin.action(description="選択した利用者の招待を取り消す", permissions=["invite"])
    def revoke_invitation(self, request: Any, users: QuerySet[User]) -> None:
        revoked = revoke(people=open_to(request.user, users))
        for user in revoked:
            note(AuditAction.ROLE, by=request.user, record=user, detail="招待を取り消しました。")
        if revoked:
            messages.success(request, f"{len(revoked)}人の招待を取り消しました。送ったアドレスは使えません。")
        if left := len(users) - len(revoked):
            messages.warning(request, f"{left}人には、取り消せる招待がありませんでした。")


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "Y年n月j日 G:i")
