"""What authors are told about the words they have just saved, and the page on which these are put right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse

from portal.core.checks.authors import (
    Remark,
    remarks_on,
    remarks_on_alternative,
    remarks_on_rich_text,
    repaired,
    repaired_rich_text,
)
from portal.core.checks.texts import text_fields
from portal.core.comparison import Piece, pieces_of
from portal.core.models import SourceNote
from portal.core.rich_text import RichTextField, plain_text

ALTERNATIVE = "alt_text"
CHANGED_SINCE = "確かめた後に、内容が変わりました。もう一度確かめてください。"


@dataclass(frozen=True)
class Writing:
    """A text of a record, or of a row that belongs to it."""

    row: Model
    field: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.field}"

    @property
    def text(self) -> str:
        return getattr(self.row, self.field) or ""

    @property
    def remarks(self) -> list[Remark]:
        if self._column is not None:
            return remarks_on_rich_text(self.text, self._column.first_heading)
        return remarks_on_alternative(self.text) if self.field == ALTERNATIVE else remarks_on(self.text)

    @property
    def repaired(self) -> str:
        if self._column is not None:
            return repaired_rich_text(self.text, self._column.first_heading)
        return repaired(self.text)

    @property
    def can_be_repaired(self) -> bool:
        return self.repaired != self.text

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()

    @property
    def comparison(self) -> list[Piece]:
        """What goes, what comes and what stays, in order, as plain text: ("del", …), ("ins", …), ("", …)."""
        return pieces_of(*((plain_text(text) if self._column else text) for text in (self.text, self.repaired)))

    @property
    def _column(self) -> RichTextField | None:
        column = self.row._meta.get_field(self.field)
        return column if isinstance(column, RichTextField) else None


class AdvisesAuthors(admin.ModelAdmin):
    """Tells authors of what they have just written, and offers to put it right. Nothing is refused or mended by itself.

    ``written_as_printed`` names the fields that hold the words of a paper.
    """

    written_as_printed: ClassVar[tuple[str, ...]] = ()

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        writings = [writing for writing in self._just_written(form, formsets) if writing.remarks]
        if writings:
            told = {"writings": writings, "address": self._writing_address(form.instance, writings)}
            messages.warning(request, render_to_string("admin/writing/told.html", told))

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_writing"
        page = path("<path:object_id>/writing/", self.admin_site.admin_view(self.writing_view), name=name)
        return [page, *super().get_urls()]

    def writing_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Shows how texts of a record might be written instead, and writes them so where that is chosen."""
        record: Any = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        writings = [writing for writing in self._writings(request, record) if writing.remarks]
        if request.method == "POST" and self._repaired(request, record, writings):
            return redirect(self._change_address(record))
        context = {
            **self.admin_site.each_context(request),
            "title": "書き方の提案",
            "subtitle": str(record),
            "opts": self.opts,
            "original": record,
            "writings": writings,
            "chosen": request.POST if request.method == "POST" else request.GET.getlist("field"),
            "can_be_repaired": any(writing.can_be_repaired for writing in writings),
            "back": self._change_address(record),
        }
        return render(request, "admin/writing/offer.html", context)

    def _repaired(self, request: HttpRequest, record: Any, writings: Iterable[Writing]) -> bool:
        """Writes the chosen texts anew; False, with messages, where one has changed since or is refused."""
        chosen = [writing for writing in writings if writing.can_be_repaired and writing.key in request.POST]
        if not chosen:
            messages.warning(request, "直すものを選んでください。")
            return False
        if any(request.POST[writing.key] != writing.digest for writing in chosen):
            messages.error(request, CHANGED_SINCE)
            return False
        labels = [writing.label for writing in chosen]
        rewriting = [_form_of(row, [one for one in chosen if one.row is row]) for row in _rows_of(chosen)]
        if not all(form.is_valid() for form in rewriting):
            for message in (text for form in rewriting for errors in form.errors.values() for text in errors):
                messages.error(request, str(message))
            return False
        with transaction.atomic():
            self.before_change(record)  # type: ignore[attr-defined]
            for form in rewriting:
                form.save()
            self.log_change(request, record, f"書き方を直しました（{'、'.join(labels)}）。")
        messages.success(request, f"{'、'.join(labels)}の書き方を直しました。")
        return True

    def _just_written(self, form: forms.ModelForm, formsets: Any) -> Iterator[Writing]:
        """The texts that this save has changed."""
        yield from self._in_form(form, form.changed_data)
        for rows in formsets:
            if _is_of_authors(rows):
                kept = (row for row in rows.forms if row.has_changed() and row.instance.pk)
                yield from (one for row in kept for one in self._in_form(row, row.changed_data, is_row=True))

    def _writings(self, request: HttpRequest, record: Any) -> Iterator[Writing]:
        """All texts that somebody may change on the page of a record."""
        form: Any = self.get_form(request, record, change=True)
        yield from self._in_fields(record, form.base_fields)
        for formset, inline in self.get_formsets_with_inlines(request, record):
            if _is_of_authors(formset) and inline.has_change_permission(request, record):
                rows = inline.get_queryset(request).filter(**{formset.fk.name: record})
                for row in rows:
                    yield from self._in_fields(row, formset.form.base_fields, is_row=True)

    def _in_form(self, form: forms.ModelForm, names: Iterable[str], *, is_row: bool = False) -> Iterator[Writing]:
        return self._in_fields(form.instance, [name for name in names if name in form.fields], is_row=is_row)

    def _in_fields(self, row: Any, names: Iterable[str], *, is_row: bool = False) -> Iterator[Writing]:
        model: Any = type(row)
        texts = set(text_fields(model)) - (set() if is_row else set(self.written_as_printed))
        for name in names:
            if name in texts:
                label = str(row._meta.get_field(name).verbose_name)
                yield Writing(row, name, f"{row._meta.verbose_name}「{row}」の{label}" if is_row else label)

    def _change_address(self, record: Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(record.pk)])

    def _writing_address(self, record: Model, writings: Iterable[Writing]) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_writing"
        return reverse(name, args=[quote(record.pk)], query={"field": [writing.key for writing in writings]})


def _is_of_authors(formset: Any) -> bool:
    """Sources hold the words of a paper; they are written as printed."""
    return formset.model is not SourceNote and hasattr(formset, "fk")


def _rows_of(writings: Iterable[Writing]) -> list[Model]:
    rows: list[Model] = []
    for writing in writings:
        if all(writing.row is not row for row in rows):
            rows.append(writing.row)
    return rows


def _form_of(row: Model, writings: Iterable[Writing]) -> forms.ModelForm:
    """A form that writes texts of one row anew, under the rules of every other form."""
    texts = {writing.field: writing.repaired for writing in writings}
    return modelform_factory(type(row), fields=list(texts))(texts, instance=row)
