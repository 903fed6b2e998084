"""What the frame of every page asks of whoever has signed in."""

from typing import Any

from django import template

from portal.members.access import works_for_member

register = template.Library()


@register.simple_tag(name="works_for_member")
def is_at_member(user: Any) -> bool:
    """Whether a person is led to the members' pages. Staff are led elsewhere, and nothing is asked for them."""
    return not user.is_staff and works_for_member(user)
