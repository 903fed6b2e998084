"""What must hold of the settings together, looked at before a command runs."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import resolve


@register(Tags.urls)
def admin_path_is_its_own(**kwargs: Any) -> list[CheckMessage]:
    """Whether the back office can be reached: an address that another page has leads there instead."""
    if resolve(f"/{settings.ADMIN_PATH}").view_name == "admin:index":
        return []
    message = f"ADMIN_PATH の「{settings.ADMIN_PATH}」は、ほかのページのアドレスです。"
    return [Error(message, hint="ほかの名前にしてください。", id="portal.E001")]
