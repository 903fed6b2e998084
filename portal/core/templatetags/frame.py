"""What the frame of every page loads, and what is drawn once for many pages."""

from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token

from portal.core import fragments, stylesheets
from portal.core.known import known

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


class _Known(Node):
    """A part of a public page, drawn once for one state of the public records."""

    def __init__(self, nodelist: NodeList, key: list[FilterExpression]):
        self.nodelist, self.key = nodelist, key

    def render(self, context: Context) -> str:
        key = [expression.resolve(context) for expression in self.key]
        frame = (context.get("site_address"), context.get("is_light"))
        return known(lambda: self.nodelist.render(context), *key, *frame)


@register.tag("known")
def known_part(parser: Parser, token: Token) -> _Known:
    """``{% known "home" %} … {% endknown %}``: what lies between depends on the public records and the key alone.

    What a view gives for it should be lazy, so that nobody asks for it where it is known.
    """
    _, *key = token.split_contents()
    nodelist = parser.parse(("endknown",))
    parser.delete_first_token()
    return _Known(nodelist, [parser.compile_filter(word) for word in key])
