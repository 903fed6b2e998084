"""Changes of the media library that reach beyond one row."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Model

from portal.core.library import Uploaded
from portal.core.models import User
from portal.core.publishing import Publishable, touch
from portal.core.stored_files import remove, remove_after_commit
from portal.core.uses import uses_of


def save_upload(row: Uploaded, *, by: User | None) -> None:
    """Saves a picture or a paper whose files are written, and tells the records that show it where it is another now.

    Files that it no longer has go once that is certain; where it cannot be saved, those that are new go.
    """
    kept: set[str] = set()
    try:
        with transaction.atomic():
            former = type(row)._base_manager.select_for_update().filter(pk=row.pk).first() if row.pk else None
            if former is None:
                row.uploaded_by = by
            else:
                kept = former.stored_names
            row.save()
            if former and any(getattr(former, name) != getattr(row, name) for name in row.told):
                touch_users(row)
            remove_after_commit(kept - row.stored_names)
    except BaseException:
        remove(row.stored_names - kept)
        raise


def touch_users(record: Model) -> None:
    """Marks the published records that use a record as changed."""
    users: defaultdict[Any, set[str]] = defaultdict(set)
    for use in uses_of(type(record), [record.pk]):
        users[use.field.model].add(use.user)
    for model, keys in users.items():
        if issubclass(model, Publishable):
            touch(model._default_manager.filter(pk__in=keys))
