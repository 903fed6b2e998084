"""Of which pages visitors say whether they were of use: those of the tree that anybody can open."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Model
from django.urls import Resolver404, resolve

from municipalities.models import Ward
from portal.core.navigation import find
from portal.links.internal import ask_inside, record_at
from portal.roles import KEPT_BY_WARDS

LONGEST_PATH = 200


class SeenPage(NamedTuple):
    """A page that somebody saw: where, what it is called, and the ward whose page it is, if any."""

    path: str
    title: str
    ward: Ward | None


def page_at(path: str, at: datetime | None = None) -> SeenPage | None:
    """The public page at a path of ours; None for everything else, whoever may see it."""
    if len(path) > LONGEST_PATH:
        return None
    try:
        page = find(resolve(path).view_name)
    except Resolver404:
        return None
    if page is None or ask_inside(path, at).code != 200:
        return None
    record = record_at(path)
    return SeenPage(path, page.label or str(record or path), _ward_of(record))


def _ward_of(record: Model | None) -> Ward | None:
    """The ward whose page the page of a record is, or which keeps the record."""
    if isinstance(record, Ward):
        return record
    belonging = KEPT_BY_WARDS.get(type(record)) if record else None
    return Ward.objects.filter(pk__in=belonging.ends_of(record)).first() if belonging else None
