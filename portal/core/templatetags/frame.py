"""What the frame of every page loads."""

from django import template
from django.conf import settings
from django.templatetags.static import static

from portal.core import stylesheets

register = template.Library()


@register.simple_tag
def stylesheet_urls() -> list[str]:
    """The style sheets of a page: one joined file, or each by itself where the site is being developed."""
    paths = stylesheets.sources() if settings.DEBUG else [stylesheets.BUNDLE]
    return [static(path.as_posix()) for path in paths]
