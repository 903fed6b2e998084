"""A public page that writes a script of its own into itself, as none of ours does."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls


def about(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'<script nonce="{request.csp_nonce}">1</script>', content_type="text/plain")


urlpatterns = [path("about/", about, name="about"), *urls.urlpatterns]
