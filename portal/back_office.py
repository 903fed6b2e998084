"""The back office: Django's admin under our name, entered through our own sign-in."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from events.actions import contact_changed
from municipalities.models import WardStaff
from portal.connections.pages import addresses as connection_pages
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.models import AuditEntry, ContactPoint, Proposal, ProposalStep, User
from portal.desk.pages import desk_list
from portal.desk.reading import desk_of
from portal.handover.gaps import orphaned_proposals
from portal.handover.pages import addresses
from portal.members.posting.notices import tell_of_step, tell_of_withdrawal
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

    def stepped(self, proposal: Proposal, step: ProposalStep) -> None:
        """Told of every step of approval, within its transaction."""
        tell_of_step(proposal, step)

    def withdrew(self, record: Model, entry: AuditEntry) -> None:
        """Told of every record that was taken down, with what the log says of it."""
        tell_of_withdrawal(record, entry)

    def exported(self, request: HttpRequest, *, model: type[Model], count: int, format: str) -> None:
        """Told of every file that leaves the back office with records in it, before it does."""
        kind = str(model._meta.verbose_name_plural)
        note(AuditAction.EXPORT, by=request.user, subject=kind, detail=f"{count:,}件（{format}）")

    def person_left(self, request: HttpRequest, person: User) -> None:
        """Says what somebody who was switched off leaves behind."""
        posts = WardStaff.objects.lasting().filter(user=person).count()
        proposals = len(orphaned_proposals(holder=person))
        if posts or proposals:
            left = f"この利用者には、区の担当{posts}件と手続き中の起案{proposals}件が残っています。"
            messages.warning(request, f"{left}「区の担当者」の「担当の引き継ぎ」で後任者を決めてください。")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page begins with what waits for the person, and what they should know."""
        return super().index(request, {"blocks": desk_of(self.access(request))} | (extra_context or {}))

    def desk_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        return desk_list(request, slug, self.access(request), self.each_context(request))

    def get_urls(self) -> list[Any]:
        """The first page that answers to an address is taken: ours before Django's, which asks for no right."""
        view = self.admin_view(self.view_on_site)
        return [
            path("r/<int:content_type_id>/<str:object_id>/", view, name="view_on_site"),
            path("desk/<slug:slug>/", self.admin_view(self.desk_view), name="desk_list"),
            *addresses(self),
            *connection_pages(self),
            *super().get_urls(),
        ]

    def view_on_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> Any:
        """Leads to the public address of a record that the person may see."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        model: Any = kind.model_class()
        if model is None or not self.is_registered(model):
            raise Http404
        model_admin: Any = self.get_model_admin(model)
        record = model_admin.get_object(request, object_id)
        if record is None or not model_admin.has_view_permission(request, record):
            raise Http404
        return shortcut(request, content_type_id, object_id)

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
