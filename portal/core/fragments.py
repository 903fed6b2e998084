"""Markup that depends on nothing but plain values: made once for the same values, in each process.

Nothing has to be forgotten when a record changes: a changed record is other values, and so another fragment.
"""

from datetime import date, time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template import loader
from django.utils.safestring import SafeData

# Two kilobytes or so each; the least asked for leaves first.
MOST_FRAGMENTS = 1200
_PLAIN = (str, int, float, date, time, type(None))


def fragment(template_name: str, **values: Any) -> str:
    """A template drawn with these values alone: text, numbers, days, times, None and tuples of them.

    Raises TypeError for anything else. A record is equal to itself of yesterday: its markup would stay as it was.
    """
    # While templates are written, each is read anew.
    return _drawn(template_name, **values) if settings.DEBUG else _remembered(template_name, **values)


def _drawn(template_name: str, **values: Any) -> str:
    for name, value in values.items():
        if not _is_plain(value):
            raise TypeError(f"{template_name}: {name} is {type(value).__name__}, not a plain value")
    return loader.get_template(template_name).render(values)


# A text that is markup is equal to one that is not: ``typed`` tells them apart.
_remembered = lru_cache(MOST_FRAGMENTS, typed=True)(_drawn)


def _is_plain(value: Any, *, inside: bool = False) -> bool:
    if isinstance(value, tuple):
        return all(_is_plain(part, inside=True) for part in value)
    return isinstance(value, _PLAIN) and not (inside and isinstance(value, SafeData))


@receiver(setting_changed)
def forget(**signal: Any) -> None:
    """Forgets all fragments: they may speak of a setting."""
    _remembered.cache_clear()
