"""The pictures and papers of a municipality: what its own people brought in while they worked for it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from municipalities.models import MemberStaff, Municipality
from portal.core.models import Attachment, Image

# So many of those brought in last are offered, beside those that are chosen already.
OFFERED = 24


def pictures_of(municipality: Municipality, chosen: Any = ()) -> QuerySet[Image]:
    """The pictures that may be chosen for its records: its own, and those ``chosen`` for the record before."""
    return _of(Image.objects.may_be_shown(), municipality, chosen).order_by("-created_at", "-pk")


def papers_of(municipality: Municipality, chosen: Any = ()) -> QuerySet[Attachment]:
    """The same of papers."""
    return _of(Attachment.objects.all(), municipality, chosen).order_by("-created_at", "-pk")


def _of(rows: Any, municipality: Municipality, chosen: Any) -> Any:
    brought_in = OuterRef("brought_in_on")
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=brought_in)
    posts = MemberStaff.objects.filter(
        lasting, municipality=municipality, user=OuterRef("uploaded_by"), starts_on__lte=brought_in
    )
    own = Q(Exists(posts), pk__in=rows.order_by().values("pk"))
    known = rows.model._default_manager.annotate(brought_in_on=TruncDate("created_at"))
    return known.filter(own | Q(pk__in=[row.pk for row in chosen]))
