"""Where a record is used, as the back office shows it: with a way to each of the records that use it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from portal.core.publishing import Publishable
from portal.core.uses import Use, uses_of

# A page names so many of the records of one kind.
MOST_NAMED = 100


class ShownUse(NamedTuple):
    """One use: the kind and name of the record, in which of its fields; addresses are empty where there is no page."""

    kind: str
    name: str
    field: str
    address: str
    public_address: str


class ShownUses(NamedTuple):
    """Uses to show; ``unnamed``: how many more there are, beyond the limit or out of sight for this person."""

    named: list[ShownUse]
    unnamed: int

    @property
    def total(self) -> int:
        return len(self.named) + self.unnamed


def shown_uses(records: Sequence[Model], request: HttpRequest, site: AdminSite) -> ShownUses:
    """The uses of records of one model: one query for all, and one for each kind of record that uses them."""
    uses = uses_of(type(records[0]), [record.pk for record in records]) if records else []
    by_model: defaultdict[Any, list[Use]] = defaultdict(list)
    for use in uses:
        by_model[use.field.model].append(use)
    named = [shown for model, found in by_model.items() for shown in _named(model, found, request, site)]
    return ShownUses(named, len(uses) - len(named))


def _named(model: type[Model], uses: list[Use], request: HttpRequest, site: AdminSite) -> list[ShownUse]:
    """The uses by records that somebody may look at."""
    model_admin: Any = site.get_model_admin(model) if site.is_registered(model) else None
    if model_admin is None or not model_admin.has_view_permission(request):
        return []
    keys = list(dict.fromkeys(use.user for use in uses))[:MOST_NAMED]
    records = {str(record.pk): record for record in model_admin.get_queryset(request).filter(pk__in=keys)}
    change = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_change"
    return [
        ShownUse(
            kind=str(model._meta.verbose_name),
            name=model_admin.label(records[use.user]),
            field=str(use.field.verbose_name),
            address=reverse(change, args=[use.user]),
            public_address=_public_address(records[use.user]),
        )
        for use in uses
        if use.user in records
    ]


def _public_address(record: Any) -> str:
    """Its page for everybody, where it has one that is public now."""
    is_hidden = isinstance(record, Publishable) and not record.is_public()
    return "" if is_hidden or not hasattr(record, "get_absolute_url") else record.get_absolute_url()
