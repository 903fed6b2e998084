"""Fields of the back office in which a record is found by typing, without a query for each row of a page."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch, Q, QuerySet, URLField, prefetch_related_objects
from django.http import HttpRequest

from portal.core.admin.entries import ENTRIES, FISCAL_YEAR, FISCAL_YEAR_ENTRY
from portal.core.admin.rich_text import rich_text_entry
from portal.core.rich_text import RichTextField


def label_of(record: Model) -> str:
    """What the back office calls a record where it must not be mistaken for another."""
    model_admin: Any = admin.site.get_model_admin(type(record))
    return model_admin.label(record)


def labels_of(model: type[Model], keys: Iterable[Any]) -> dict[str, str]:
    """What the back office calls records of a model, by their keys as texts; one query, none without keys."""
    keys = list(keys)
    if not keys:
        return {}
    rows: QuerySet = model._default_manager.filter(pk__in=keys)
    if not admin.site.is_registered(model):
        return {str(row.pk): str(row) for row in rows}
    model_admin: Any = admin.site.get_model_admin(model)
    return {str(row.pk): model_admin.label(row) for row in with_related(rows, model_admin.list_select_related)}


def is_key(model: type[Model], text: str) -> bool:
    """Whether a text could be the key of a record: what is none must not be looked for."""
    try:
        model._meta.pk.clean(text, None)
    except ValidationError:
        return False
    return True


class KnowsItsRecords(AutocompleteSelect):
    """Draws the chosen records from those fetched along with the row; others are looked up as Django does."""

    known: Iterable[Model] = ()

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        known = {str(record.pk): record for record in self.known}
        chosen = [key for key in value if key in known or (key and is_key(self.choices.queryset.model, key))]
        if any(key not in known for key in chosen):
            return super().optgroups(name, chosen, attrs)
        labels = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        labels += [(key, label_of(known[key])) for key in chosen]
        options = [self.create_option(name, key, label, bool(key), index) for index, (key, label) in enumerate(labels)]
        return [(None, options, 0)]


class OneRecord(KnowsItsRecords):
    pass


class SeveralRecords(KnowsItsRecords, AutocompleteSelectMultiple):
    pass


NOT_YOURS = "この内容では、ほかの区などの記録になります。ご自身の担当の記録として入力してください。"


class RecordForm(forms.ModelForm):
    """Hands each autocomplete field the records that the row already has.

    ``holds`` says whether a record is the person's to keep; the admin of the record sets it and ``refusal``.
    """

    holds: ClassVar[Any] = staticmethod(lambda record: True)
    # Why nothing is saved, whatever was typed.
    refusal: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any):
        instance = kwargs.get("instance")
        if instance is not None and instance.pk:
            many = (Prefetch(name, field.queryset) for name, field in self._fields_of(SeveralRecords, self.base_fields))
            prefetch_related_objects([instance], *many)
        super().__init__(*args, **kwargs)
        for name, field in self._fields_of(OneRecord, self.fields):
            key = getattr(self.instance, f"{name}_id")
            _widget(field).known = [getattr(self.instance, name)] if key else []
            if key and getattr(field, "is_limited", False):
                field.queryset = _and_this(field.queryset, key)
        for name, field in self._fields_of(SeveralRecords, self.fields):
            _widget(field).known = list(getattr(self.instance, name).all()) if self.instance.pk else []

    def _post_clean(self) -> None:
        """A record may not be given to somebody else to keep."""
        super()._post_clean()  # type: ignore[misc]
        if self.refusal:
            self.add_error(None, self.refusal)
        if not self.errors and not self.holds(self.instance):
            self.add_error(None, NOT_YOURS)

    @staticmethod
    def _fields_of(kind: type, fields: dict[str, Any]) -> list[tuple[str, Any]]:
        return [(name, field) for name, field in fields.items() if isinstance(_widget(field), kind)]


def _and_this(rows: QuerySet, key: Any) -> QuerySet:
    """The rows, and one more: what a record says already may stay, whoever else sees it."""
    return rows.model._default_manager.filter(Q(pk__in=rows.order_by().values("pk")) | Q(pk=key))


def _widget(field: forms.Field) -> Any:
    """The control of a field, without the links to add or change records that surround it."""
    return getattr(field.widget, "widget", field.widget)


def with_related(rows: QuerySet, names: tuple[str, ...]) -> QuerySet:
    """The rows with the relations named; with none named, none."""
    return rows.select_related(*names) if names else rows


class FindsRecords(BaseModelAdmin):
    """For admins and inlines: the fields of ``autocomplete_fields``, drawn as above; dates and numbers as typed.

    A field takes no record that the person may not see, and tells nothing of one.
    """

    admin_site: Any
    form: Any = RecordForm
    formfield_overrides = {**ENTRIES, URLField: {"assume_scheme": "https"}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        entry = FISCAL_YEAR_ENTRY if db_field.name == FISCAL_YEAR and not db_field.choices else {}
        if isinstance(db_field, RichTextField):
            entry = rich_text_entry(db_field)
        return super().formfield_for_dbfield(db_field, request, **entry, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return self._labelled(super().formfield_for_foreignkey, OneRecord, db_field, request, kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return self._labelled(super().formfield_for_manytomany, SeveralRecords, db_field, request, kwargs)

    def _labelled(self, make: Any, widget: type, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> Any:
        if db_field.name not in self.autocomplete_fields:
            return make(db_field, request, **kwargs)
        every = db_field.remote_field.model._default_manager.all()
        seen = self.admin_site.access(request).visible(every)
        if seen is not every:
            kwargs["queryset"] = seen
        field = make(db_field, request, **kwargs | {"widget": widget(db_field, self.admin_site)})
        related_admin: Any = self.admin_site.get_model_admin(field.queryset.model)
        field.queryset = with_related(field.queryset, related_admin.list_select_related)
        field.label_from_instance, field.is_limited = label_of, seen is not every
        return field
