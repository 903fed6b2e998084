"""Dates, money and the site's tree for templates; loaded in every template (settings: builtins)."""

from datetime import date

from django import template
from django.utils.safestring import SafeString, mark_safe

from portal.core import money, navigation, periods, wareki
from portal.core.rich_text import sanitized

register = template.Library()

register.filter("yen", money.format_yen)
register.filter("yen_parts", money.yen_parts)
register.filter("last_day", periods.last_day)
register.filter("era_year", wareki.era_year)
register.filter("era_date", wareki.era_date)
register.filter("era_month", wareki.era_month)
register.filter("era_fiscal_year", wareki.era_fiscal_year)
register.filter("short_date", wareki.short_date)
register.filter("long_date", wareki.long_date)


@register.filter
def rich_text(html: str) -> SafeString:
    """A rich text for the page; sanitized once more, however it may have come into the database."""
    return mark_safe(sanitized(html))  # noqa: S308


@register.filter
def rest_of_short_range(last: date, first: date) -> str:
    """The end of a range in a list: ``{{ last|rest_of_short_range:first }}`` → 「10日（日）」."""
    return wareki.rest_of_range(last, first)


@register.filter
def rest_of_long_range(last: date, first: date) -> str:
    """The end of a range in text: 「10日（日曜日）」."""
    return wareki.rest_of_range(last, first, "曜日")


@register.simple_tag
def menu() -> tuple[navigation.Page, ...]:
    """The pages of the main menu."""
    return navigation.MENU


@register.simple_tag
def footer_pages() -> tuple[navigation.Page, ...]:
    """What the foot of every page leads to, beside the menu."""
    return navigation.FOOTER


@register.simple_tag
def trail(view_name: str, title: str) -> list[navigation.Crumb]:
    """The breadcrumb of a page."""
    return navigation.trail(view_name, title)


@register.simple_tag
def is_read(view_name: str) -> bool:
    """Whether it is a page to read, of which one may say whether it was of use: not a form, not an error."""
    return view_name != "contact" and navigation.find(view_name) is not None


@register.simple_tag
def section_of(view_name: str) -> str:
    """The menu's page that a page lies under."""
    return navigation.section_of(view_name)
