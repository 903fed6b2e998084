"""Keeping versions, and bringing one back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.core.history.models import Version, VersionKind
from portal.core.history.snapshots import Snapshot, put_back, take
from portal.core.publishing import PUBLISHING_FIELDS


@transaction.atomic
def keep_version(
    *, record: Model, by: Any, kind: VersionKind, reason: str = "", at: datetime | None = None, data: Any = None
) -> Version | None:
    """Keeps how a record is now (or ``data``, taken before). None where it is as its latest version says."""
    data = data or take(record)
    latest = Version.objects.of(record).first()
    if latest is not None and latest.data == data and kind not in (VersionKind.DELETED, VersionKind.STATE):
        return None
    return Version.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        number=latest.number + 1 if latest else 1,
        kind=kind,
        data=data,
        subject=str(record)[:300],
        made_at=at or timezone.now(),
        made_by=by,
        reason=reason[:200],
    )


def save_and_keep(*, record: Any, by: Any, at: datetime | None = None, **values: Any) -> None:
    """Gives a record values and saves it as any save in the back office does: held to the rules, kept as a version.

    Raises ValidationError where it would break a rule.
    """
    is_new = record.pk is None
    if not is_new:
        keep_former(record=record, before=lambda: take(record))
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
    keep_version(record=record, by=by, kind=VersionKind.ADDED if is_new else VersionKind.CHANGED, at=at)


def keep_former(*, record: Model, before: Callable[[], Snapshot]) -> None:
    """Before its first change here: keeps how a record that came from elsewhere was."""
    if not Version.objects.of(record).exists():
        keep_version(record=record, by=None, kind=VersionKind.FORMER, data=before())


@transaction.atomic
def restore(*, record: Any, version: Version, by: Any, reason: str = "", at: datetime | None = None) -> Version | None:
    """Makes a record what it was in a version; where it stands in public stays as it is.

    Raises ValidationError where the record can no longer be so.
    """
    put_back(record, version.data, keep=PUBLISHING_FIELDS)
    told = f"第{version.number}版に戻しました。{reason}"
    return keep_version(record=record, by=by, kind=VersionKind.RESTORED, reason=told, at=at)
