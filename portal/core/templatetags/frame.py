"""What the frame of every page loads."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage

from portal.core import stylesheets

register = template.Library()


@register.simple_tag
def stylesheet_urls() -> list[str]:
    """The style sheets of a page: one joined file where static files are collected, else each by itself."""
    is_joined = isinstance(staticfiles_storage, stylesheets.BundlingStorage)
    paths = [stylesheets.BUNDLE] if is_joined else stylesheets.sources()
    return [staticfiles_storage.url(path.as_posix()) for path in paths]
