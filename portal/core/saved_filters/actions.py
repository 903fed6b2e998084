"""Keeping, renaming and choosing filters."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from portal.core.saved_filters.models import MOST_PER_LIST, SavedFilter

ENOUGH = f"一つの一覧に保存できる条件は{MOST_PER_LIST}個までです。使わないものを削除してください。"


@transaction.atomic
def keep_filter(*, by: Any, model: type[Model], name: str, query: str, is_default: bool = False) -> SavedFilter:
    """Keeps what a person asks of a list. Raises ValidationError where the name is taken or there are enough."""
    if SavedFilter.objects.of(by, model).count() >= MOST_PER_LIST:
        raise ValidationError(ENOUGH)
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    return _write(SavedFilter(user=by, content_type=kind, query=query), name, is_default)


@transaction.atomic
def change_filter(*, saved: SavedFilter, name: str, is_default: bool) -> SavedFilter:
    """Gives a filter another name, and makes it the one with which its list opens or not."""
    return _write(saved, name, is_default)


def _write(saved: SavedFilter, name: str, is_default: bool) -> SavedFilter:
    saved.name, saved.is_default = name.strip(), is_default
    if is_default:
        others = SavedFilter.objects.filter(user=saved.user, content_type=saved.content_type, is_default=True)
        others.exclude(pk=saved.pk).update(is_default=False)
    saved.full_clean()
    saved.save()
    return saved
