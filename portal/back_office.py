"""The back office: Django's admin under our name, entered through our own sign-in."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class BackOffice(AdminSite):
    site_header = site_title = "特別区全国連携プロジェクト 管理画面"
    index_title = "記録の管理"
    site_url = "/"
    enable_nav_sidebar = True

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Signing in happens in one place, with its throttle and second factor."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))
