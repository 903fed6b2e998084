"""Whom to ask about the portal itself."""

from django.conf import settings

from portal.core.models import ContactPoint

# The contact that staff enter under this name is the one the whole site shows.
SECRETARIAT = f"{settings.SITE_NAME}事務局"


def secretariat() -> ContactPoint | None:
    """The office that answers for the portal; None until it is entered."""
    return ContactPoint.objects.filter(organization=SECRETARIAT, is_demo=False).order_by("department").first()
