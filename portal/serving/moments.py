"""When, without anybody writing anything, public pages change: a publish time passes, a notice begins or ends."""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, models

from disaster_support.models import DisasterMode, EmergencyNotice
from portal.core.publishing import Publishable


@cache
def _columns() -> tuple[tuple[type[models.Model], str], ...]:
    """The columns that hold such moments."""
    published = [model for model in apps.get_models() if issubclass(model, Publishable) and not model._meta.proxy]
    return (
        *((model, name) for model in published for name in ("publish_at", "unpublish_at")),
        (EmergencyNotice, "starts_at"),
        (EmergencyNotice, "ends_at"),
        (DisasterMode, "ended_at"),
    )


def moments(after: datetime, until: datetime, using: str = DEFAULT_DB_ALIAS) -> list[datetime]:
    """The moments within (``after``, ``until``] at which something public changes, the first first."""
    first, *others = [
        model._base_manager.using(using)
        .order_by()
        .filter(**{f"{name}__gt": after, f"{name}__lte": until})
        .values_list(name, flat=True)
        for model, name in _columns()
    ]
    return sorted(set(first.union(*others)))
