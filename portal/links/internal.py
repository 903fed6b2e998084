"""Whether an address of the portal itself leads to a page, without asking over the network."""

from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import Http404
from django.urls import Resolver404, resolve

from municipalities.models import Municipality, Ward
from portal.core.publishing import Publishable, Withdrawn
from portal.links.fetching import Answer

GONE = Answer(404, "このサイトにないページです。")
WITHDRAWN = Answer(410, "このサイトで取り下げられたページです。")


def is_internal(address: str) -> bool:
    """Whether an address is one of this site."""
    ours = urlsplit(settings.SITE_URL)
    return bool(ours.netloc) and urlsplit(address).netloc.lower() == ours.netloc.lower()


def ask_inside(address: str, at: Any = None) -> Answer:
    """How the portal would answer at an address of its own: 200, 404, or 410 for what was withdrawn."""
    path = unquote(urlsplit(address).path) or "/"
    if path.startswith(settings.STATIC_URL):
        return Answer(200)
    try:
        match = resolve(path)
        if match.view_name == "media":
            return Answer(200) if default_storage.exists(match.kwargs["name"]) else GONE
        model = _models_at().get(match.view_name)
        if model is not None and match.kwargs:
            _find(model, match.kwargs, at)
    except Withdrawn:
        return WITHDRAWN
    except (Http404, Resolver404, ValueError, ValidationError, OSError):
        return GONE
    return Answer(200)


def record_at(path: str) -> Model | None:
    """The record whose page is at a path that leads to one of our pages, public or not."""
    match = resolve(path)
    model = _models_at().get(match.view_name)
    return model._default_manager.filter(**match.kwargs).first() if model is not None and match.kwargs else None


def _find(model: Any, lookup: dict[str, Any], at: Any) -> None:
    """Raises Http404 or Withdrawn where the public finds no such record."""
    if issubclass(model, Publishable):
        model.objects.get_public(at, **lookup)
    elif not model._default_manager.filter(**lookup).exists():
        raise Http404


@cache
def _models_at() -> dict[str, type[Model]]:
    """The model whose records have their pages under the name of an address."""
    # The page of a ward is that of a municipality of this kind: no record without its kind tells so. On the page of a
    # municipality stands its profile too.
    found: dict[str, type[Model]] = {"ward_detail": Ward, "municipality_detail": Municipality}
    for model in apps.get_models():
        record: Any = model(pk=1)
        if hasattr(record, "get_absolute_url") and not model._meta.proxy:
            found.setdefault(resolve(record.get_absolute_url()).view_name, model)
    return found
