"""What the frame of every page asks of whoever has signed in."""

from typing import Any

from django import template

from portal.members.access import works_for_member

register = template.Library()


@register.simple_tag(name="works_for_member")
def is_at_member(user: Any, member: Any = None) -> bool:
    """Whether a person is led to the members' pages. Staff are led elsewhere, and nothing is asked for them.

    ``member``: what is known already on a page for members.
    """
    return not user.is_staff and (bool(member) or works_for_member(user))
