"""Which addresses public records name: in columns for addresses, and in the texts that people read.

Collected are published records with the rows that belong to them, and what is public without being published. Demo
rows are fictional, and so are their addresses.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE, ForeignKey, Model, Q, QuerySet, URLField
from django.utils.encoding import iri_to_uri

from events.models import Venue
from municipalities.models import Company, Municipality, PartnerBody, Prefecture, WardTie
from portal.core.checks.texts import text_fields
from portal.core.models import ContactPoint
from portal.core.publishing import Publishable
from portal.core.rich_text import RichTextField
from portal.links.models import LONGEST_ADDRESS
from portal.models import Aim, FoundingDocument, Milestone, PlanItem, PolicyDocument
from portal.roles import OUR_APPS

# What the public sees without anybody publishing it.
ALWAYS_PUBLIC: tuple[type[Model], ...] = (
    Prefecture,
    Municipality,
    Venue,
    ContactPoint,
    PartnerBody,
    Company,
    WardTie,
    FoundingDocument,
    Aim,
    Milestone,
    PlanItem,
    PolicyDocument,
)
# Shown only once the record is public no more, or never.
_NOT_SHOWN = ("withdrawal_note", "internal_note")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_ENDS_A_SENTENCE = ".,;:!?'"


class Named(NamedTuple):
    """A place in a record where an address is named."""

    address: str
    kind: ContentType
    key: str
    field: str
    subject: str


def named_addresses(at: Any = None) -> Iterator[Named]:
    """Every place in a public record where an address is named; the same place and address once."""
    for model in models_looked_through():
        yield from _named_in(model, at)


def models_looked_through() -> list[type[Model]]:
    """The models whose records, as far as they are public, are looked through."""
    ours = (model for app in OUR_APPS for model in apps.get_app_config(app).get_models())
    return [model for model in ours if not model._meta.proxy and (_is_public(model) or _wholes_of(model))]


def addresses_in(text: str) -> list[str]:
    """The web addresses in a text, each once, without what ends the sentence around it."""
    found = (_without_sentence(match[0]) for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(address for address in found if "://" in address and not address.endswith("://")))


def address_fields(model: type[Model]) -> tuple[str, ...]:
    """The columns that hold an address and nothing else."""
    return tuple(field.name for field in model._meta.concrete_fields if isinstance(field, URLField))


def _is_public(model: type[Model]) -> bool:
    return issubclass(model, Publishable) or model in ALWAYS_PUBLIC


def _wholes_of(model: type[Model]) -> list[str]:
    """The columns by which the rows of a model belong to published records."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete is CASCADE
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Publishable)
        and field.related_model is not model
    ]


def _public_rows(model: type[Model], at: Any) -> QuerySet:
    rows: Any = model._default_manager.all()
    if any(field.name == "is_demo" for field in model._meta.concrete_fields):
        rows = rows.filter(is_demo=False)
    if issubclass(model, Publishable):
        return rows.published(at)
    if model in ALWAYS_PUBLIC:
        return rows
    belongs = Q(pk__in=[])
    for name in _wholes_of(model):
        whole: Any = model._meta.get_field(name).related_model
        belongs |= Q(**{f"{name}__in": whole._default_manager.official().published(at).order_by().values("pk")})
    return rows.filter(belongs)


def _named_in(model: type[Model], at: Any) -> Iterator[Named]:
    columns, texts = address_fields(model), [name for name in text_fields(model) if name not in _NOT_SHOWN]
    telling = Q(pk__in=[])
    for name in columns:
        telling |= ~Q(**{name: ""})
    for name in texts:
        telling |= Q(**{f"{name}__contains": "://"})
    if not columns and not texts:
        return
    kind = ContentType.objects.get_for_model(model)
    rows = _public_rows(model, at).filter(telling).select_related(*_shown_in_name(model)).order_by("pk")
    for row in rows.iterator(chunk_size=500):
        for field in (*columns, *texts):
            value = _text_of(row, field)
            for address in [value] if field in columns and value else addresses_in(value):
                plain = iri_to_uri(address.strip())
                if len(plain) <= LONGEST_ADDRESS:
                    yield Named(plain, kind, str(row.pk), field, str(row)[:300])


def _text_of(row: Any, field: str) -> str:
    """What a column says, without the signs that HTML needs."""
    value = getattr(row, field) or ""
    return unescape(value) if isinstance(row._meta.get_field(field), RichTextField) else value


def _shown_in_name(model: type[Model]) -> list[str]:
    """What the name of a record is made of lies, in part, in the records it belongs to."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is not model
    ]


def _without_sentence(address: str) -> str:
    address = address.rstrip(_ENDS_A_SENTENCE)
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(_ENDS_A_SENTENCE)
    return address
