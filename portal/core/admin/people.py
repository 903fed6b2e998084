"""Who signs in, and what each group may do."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest

from portal.core.accounts import forget_other_addresses, forget_second_factor
from portal.core.admin.base import RecordAdmin
from portal.core.admin.invitations import InvitingAdmin
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.models import User
from portal.core.sessions import end_sessions

# What decides where somebody gets in.
RIGHTS = {"is_active", "is_staff", "is_superuser", "groups"}
_VERBS = {"add": "追加", "change": "変更", "delete": "削除", "view": "閲覧"}


@admin.register(User)
class UserAdmin(InvitingAdmin):
    """People choose their own passwords, invited by mail: nobody sets or sees another's."""

    fields = (
        "email",
        "name",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
        "registration",
        "last_login",
        "date_joined",
    )
    readonly_fields = ("registration", "last_login", "date_joined")
    list_display = ("email", "name", "kind", "usable", "registration", "last_login")
    list_select_related = ("invitation",)
    list_filter = ("is_staff", "is_active", "is_superuser", "groups")
    search_fields = ("email", "name")
    autocomplete_fields = ("groups",)
    actions = (*InvitingAdmin.actions, "reset_second_factor")

    @admin.display(description="区分", ordering="is_staff")
    def kind(self, user: User) -> str:
        return "管理者" if user.is_superuser else "職員" if user.is_staff else "一般"

    @admin.display(description="状態", ordering="is_active")
    def usable(self, user: User) -> str:
        return "有効" if user.is_active else "無効"

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only administrators hand out rights to people who are there; others may invite people into groups."""
        rights = () if obj is None or request.user.is_superuser else ("is_staff", "is_superuser", "groups")
        return (*self.readonly_fields, *rights)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Nobody feels their way to what is kept of a password."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who did what must stay known: people who leave are switched off."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            forget_other_addresses(obj)
        if RIGHTS & set(form.changed_data):
            note(AuditAction.ROLE, by=request.user, record=obj, detail=_rights_of(form))
        if not obj.is_active:
            end_sessions(obj)
        if change and "is_active" in form.changed_data and not obj.is_active:
            self.admin_site.person_left(request, obj)

    @admin.action(description="選択した利用者の二要素認証を解除する", permissions=["reset_second_factor"])
    def reset_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            forget_second_factor(user)
            note(AuditAction.ROLE, by=request.user, record=user, detail="二要素認証を解除しました。")
            end_sessions(user)
        messages.success(request, f"{len(users)}人の二要素認証を解除しました。次のサインインで設定し直します。")

    def has_reset_second_factor_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


def _rights_of(form: forms.ModelForm) -> str:
    """What was set on somebody's rights, in words."""
    told = []
    for name in sorted(RIGHTS & set(form.changed_data)):
        value = form.cleaned_data[name]
        words = "はい" if value is True else "いいえ" if value is False else "、".join(map(str, value)) or "なし"
        told.append(f"{form.fields[name].label}：{words}")
    return "、".join(told)


class PermissionField(forms.ModelMultipleChoiceField):
    """Rights in Japanese: Django keeps their names in English."""

    def label_from_instance(self, permission: Permission) -> str:
        kind = permission.content_type
        app = apps.get_app_config(kind.app_label).verbose_name
        return f"{app}：{kind.name}の{_VERBS[permission.codename.partition('_')[0]]}"


@admin.register(Group)
class GroupAdmin(RecordAdmin):
    fields = ("name", "permissions")
    search_fields = ("name",)
    list_display = ("name",)

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        """The rights over the records that the back office has pages for."""
        kinds = ContentType.objects.get_for_models(*self.admin_site._registry).values()
        return PermissionField(
            label=db_field.verbose_name,
            required=False,
            queryset=Permission.objects.filter(content_type__in=kinds).select_related("content_type"),
            widget=FilteredSelectMultiple("権限", is_stacked=False),
        )
