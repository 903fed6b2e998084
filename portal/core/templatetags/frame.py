"""What the frame of every page loads, and what is drawn once for many pages."""

from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage

from portal.core import fragments, stylesheets

register = template.Library()


@register.simple_tag
def stylesheet_urls() -> list[str]:
    """The style sheets of a page: one joined file where static files are collected, else each by itself."""
    is_joined = isinstance(staticfiles_storage, stylesheets.BundlingStorage)
    paths = [stylesheets.BUNDLE] if is_joined else stylesheets.sources()
    return [staticfiles_storage.url(path.as_posix()) for path in paths]


@register.simple_tag
def fragment(template_name: str, **values: Any) -> str:
    """As ``{% include … only %}``, for plain values: ``{% fragment "partials/footer.html" site_name=site_name %}``."""
    return fragments.fragment(template_name, **values)
