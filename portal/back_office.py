"""The back office: Django's admin under our name, entered through our own sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from events.actions import contact_changed
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.models import ContactPoint
from portal.desk.pages import desk_list
from portal.desk.reading import desk_of
from portal.quality.looking import check_saved
from portal.roles import Access, access_of


class FindRecords(AutocompleteJsonView):
    model_admin: Any

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.label(obj)}


class BackOffice(AdminSite):
    site_header = site_title = "特別区全国連携プロジェクト 管理画面"
    index_title = "今日の仕事"
    site_url = "/"
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own admins: what libraries bring along knows neither our rules nor our language."""
        if getattr(admin_class, "in_back_office", False):
            super().register(model_or_iterable, admin_class, **options)

    def access(self, request: HttpRequest) -> Access:
        """What the person who asks may see and do."""
        return access_of(request.user)

    def changed(self, record: Model, former: Model | None) -> None:
        """Told of every record that was saved with all its rows: what depends on it is put right, it is looked through.

        ``former`` is the record as it was, None where it is new or was not changed itself. What is told with a contact
        point changes with it, which the ground that keeps contact points cannot know.
        """
        model_admin: Any = self.get_model_admin(type(record))
        model_admin.settle(record, former)
        check_saved(record)
        if isinstance(record, ContactPoint):
            contact_changed(record)

    def exported(self, request: HttpRequest, *, model: type[Model], count: int, format: str) -> None:
        """Told of every file that leaves the back office with records in it, before it does."""
        kind = str(model._meta.verbose_name_plural)
        note(AuditAction.EXPORT, by=request.user, subject=kind, detail=f"{count:,}件（{format}）")

    def get_urls(self) -> list[Any]:
        """With the whole lists behind the blocks of the first page."""
        page = path("desk/<slug:slug>/", self.admin_view(self.desk_view), name="desk_list")
        return [page, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page begins with what waits for the person, and what they should know."""
        return super().index(request, {"blocks": desk_of(self.access(request))} | (extra_context or {}))

    def desk_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        return desk_list(request, slug, self.access(request), self.each_context(request))

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Signing in happens in one place, with its throttle and second factor.

        Raises PermissionDenied for people who have signed in and are no staff.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return redirect("account_change_password")

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return FindRecords.as_view(admin_site=self)(request)
