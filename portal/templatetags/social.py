"""What a page says of itself to those who show links to it."""

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404
from django.template import Context, Variable, VariableDoesNotExist
from django.utils.safestring import SafeString, mark_safe

from portal.core.navigation import HOME, Crumb, section_of
from portal.core.social_images import Card
from portal.core.structured_data import Thing, as_json, breadcrumb_list
from portal.social_images import KINDS, PAGE, address_of, page_card

register = template.Library()


class SocialCard(NamedTuple):
    """Whole addresses of a page and of its picture; ``og_type``: Open Graph's word for the page."""

    url: str
    image: str
    og_type: str


DESCRIPTION = f"東京23区と全国の自治体が連携する、{settings.SITE_NAME}のポータルサイトです。"


@register.simple_tag(takes_context=True)
def description_of_page(context: Context) -> str:
    """What the page is about: in its own words where it has some, else by its title."""
    return context.get("page_description") or f"{context.get('page_title', '')}。{DESCRIPTION}"


@register.simple_tag
def breadcrumb_data(crumbs: list[Crumb], site_address: str) -> list[Thing]:
    """The way to the page for machines; nothing where the page has none or was asked for under a foreign name."""
    return [breadcrumb_list(crumbs, lambda address: f"{site_address}{address}")] if crumbs and site_address else []


@register.filter
def json_ld(things: list[Thing]) -> SafeString:
    """Things of schema.org as the content of a script element. What could end the element is escaped in it."""
    return mark_safe(as_json(things))  # noqa: S308


@register.simple_tag(takes_context=True)
def social_card(context: Context) -> SocialCard | None:
    """The card of the page being drawn: its record's, else its own, else that of the part of the site it lies in.

    None where the page was asked for under a name that is not ours.
    """
    request = context["request"]
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    kind = view_name.removesuffix("_detail")
    record = _record(context, kind) if kind in KINDS and kind != view_name else None
    if record is not None:
        image, og_type = address_of(kind, record.pk, KINDS[kind].card(record)), "article"
    else:
        image, og_type = address_of(PAGE, *_page(view_name)), "website"
    try:
        return SocialCard(request.build_absolute_uri(), request.build_absolute_uri(image), og_type)
    except DisallowedHost:
        return None


def _record(context: Context, kind: str) -> Any:
    try:
        return Variable(KINDS[kind].variable).resolve(context)
    except VariableDoesNotExist:
        return None


def _page(view_name: str) -> tuple[str, Card]:
    for name in (view_name, section_of(view_name)):
        try:
            return name, page_card(name)
        except Http404:
            continue
    return HOME.view_name, page_card(HOME.view_name)
