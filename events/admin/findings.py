"""What the checks found, told to whoever has just saved."""

from django.contrib import messages
from django.contrib.admin.utils import label_for_field
from django.http import HttpRequest

from events.checks.lookup import findings_on
from events.models import Event, Exhibition


def tell_findings(request: HttpRequest, item: Event | Exhibition) -> None:
    """Shows a warning for everything doubtful about a record that was saved; nothing is refused or mended."""
    for finding in findings_on(item):
        label = label_for_field(finding.field, type(item))
        messages.warning(request, f"{label}：{finding.message}")
