"""A page on which a record is written: its form, rows for files to send along, and what becomes of what was sent."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.template.loader import render_to_string

from municipalities.models import Municipality
from portal.core.approval import actions
from portal.core.approval.models import Proposal, StepKind
from portal.core.approval.writing import Written, form_as_proposed, write
from portal.core.publishing import Publishable
from portal.members.posting.library import OFFERED, papers_of, pictures_of
from portal.members.posting.uploads import Uploads
from portal.members.posting.way import LONGEST_COMMENT, step_by, way_of

# Makes the form of a record, bound to what was sent, or without it.
MakeForm = Callable[[Any, Any], forms.ModelForm]
SUBMIT = "submit"
NO_LONGER_FITS = "変更案が、いまの公開内容と合わなくなりました。変更案を取りやめてから、書き直してください。"
MEANWHILE = "この画面を開いた後に、内容が変わりました。内容を確かめてから、もう一度保存してください。"
SAME_AS_PUBLIC = "公開中の内容と同じため、変更案はありません。"


class LibraryChoices(forms.CheckboxSelectMultiple):
    """Pictures or papers to choose, each shown: those that are chosen, and those brought in last."""

    template_name = "members/posting/partials/library_choices.html"

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """The first so many, and those that are chosen wherever they stand."""
        groups = super().optgroups(name, value, attrs)
        return [group for place, group in enumerate(groups) if place < OFFERED or group[1][0]["selected"]]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The list itself, where the summary of errors leads: it may be empty."""
        return f"{id_}_{index}" if index else id_

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        return super().create_option(name, value, *args, **options) | {"row": value.instance}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """By the site's own templates, where the rest of the form pack lies."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


def choose_from_library(form: Any, municipality: Municipality, *, pictures: str = "", papers: str = "") -> None:
    """Lets the fields of these names choose among the municipality's own, and what was chosen for the record before."""
    for name, rows, label in ((pictures, pictures_of, "載せる写真"), (papers, papers_of, "載せる資料")):
        if not name:
            continue
        chosen = form.initial.get(name, ())
        field = form.fields[name]
        field.widget = LibraryChoices(choices=field.choices)
        field.queryset, field.label, field.help_text = rows(municipality, chosen), label, ""
        field.required = False


class Together:
    """Several forms that are sent as one, as the summary of errors reads them."""

    def __init__(self, *forms: forms.BaseForm):
        self.forms = forms

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self.forms)

    def non_field_errors(self) -> list[Any]:
        return [error for form in self.forms for error in form.non_field_errors()]

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(self.forms)


class Files(NamedTuple):
    """The names of the fields in which a record's pictures and papers are chosen; empty where it has none."""

    pictures: str = "images"
    papers: str = ""


class Sheet:
    """What a page of writing shows and takes: ``form``, ``uploads``, and whether anything of it is wrong."""

    def __init__(self, request: HttpRequest, record: Publishable, make_form: MakeForm, files: Files):
        self.request, self.record, self.make_form, self.files = request, record, make_form, files
        is_sent = request.method == "POST"
        sent = (request.POST, request.FILES) if is_sent else (None, None)
        self.uploads = Uploads(*sent, has_papers=bool(files.papers))
        self.open = Proposal.objects.open_for(record) if record.pk else None
        self.mark = _mark_of(record, self.open)
        self.form: Any = None
        self.comment = ""
        if not is_sent:
            self.form = self._opened()

    @property
    def errors_of(self) -> Together:
        return Together(self.form, *self.uploads)

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields of the form that do not choose files, each group under its heading; under none where all are one.

        A form names its groups in ``groups``.
        """
        fields = {field.name: field for field in self.form if field.name not in self.files}
        groups = getattr(self.form, "groups", (("", *fields),))
        return [(heading, [fields[name] for name in names if name in fields]) for heading, *names in groups]

    @property
    def chosen_pictures(self) -> Any:
        """The field that chooses among the pictures that are there."""
        return self.form[self.files.pictures]

    @property
    def chosen_papers(self) -> Any:
        return self.form[self.files.papers] if self.files.papers else None

    @property
    def wants_review(self) -> bool:
        return SUBMIT in self.request.POST

    def save(self) -> bool:
        """Stores the files, writes the record and takes it to review where that is asked; whether it was written.

        Where not, ``form`` says why, and holds all that was typed.
        """
        self.comment = self.request.POST.get("comment", "").strip()
        files_are_good = self.uploads.keep(self.request.user)  # type: ignore[arg-type]
        data = self._data()
        refused = MEANWHILE if self._changed_meanwhile() else self._too_long()
        if not files_are_good or refused:
            self.form = self.make_form(self.record, data)
            if refused:
                self.form.add_error(None, refused)
            return False
        written = self._written(data)
        if written is None or not written.form.is_valid():
            return False
        self._go_on(written)
        return True

    def _opened(self) -> Any:
        if self.open is None:
            return self.make_form(self.record, None)
        try:
            return form_as_proposed(self.record, lambda record: self.make_form(record, None), self.open)
        except ValidationError:
            messages.error(self.request, NO_LONGER_FITS)
            return self.make_form(self.record, None)

    def _data(self) -> Any:
        """What was sent, with the files that were stored just now chosen."""
        data = self.request.POST.copy()
        stored = (self.uploads.new_pictures, self.uploads.new_papers)
        for name, keys in zip(self.files, stored, strict=True):
            for key in keys:
                data.appendlist(name, str(key))
        return data

    def _changed_meanwhile(self) -> bool:
        known = self.request.POST.get("mark", self.mark)
        return known != self.mark

    def _too_long(self) -> str:
        too_long = len(self.comment) > LONGEST_COMMENT
        return f"確認する人に伝えたいことは、{LONGEST_COMMENT:,}文字までにしてください。" if too_long else ""

    def _written(self, data: Any) -> Written | None:
        try:
            written = write(
                record=self.record, make_form=lambda record: self.make_form(record, data), by=self.request.user
            )
        except (ValidationError, IntegrityError) as error:
            # Rolled back: the record is what it was. What was typed is shown with the reason.
            if not self.mark:
                self.record.pk = None
            self.form = self.make_form(self.record, data)
            self.form.add_error(None, error if isinstance(error, ValidationError) else actions.TOO_LATE)
            return None
        self.form = written.form
        return written

    def _go_on(self, written: Written) -> None:
        record = written.form.instance if self.record.pk is None else self.record
        self.record = record
        proposal = written.proposal
        if proposal is None:
            self._forget_change(record)
        elif self.wants_review:
            step_by(self.request, proposal, StepKind.SUBMITTED, self.comment)
        elif record.was_public():
            messages.success(self.request, "変更案を保存しました。公開中の内容は、承認されるまで変わりません。")
        else:
            messages.success(self.request, "下書きを保存しました。公開するには、確認に出してください。")

    def _forget_change(self, record: Any) -> None:
        """What is again as the public has it needs no change."""
        proposal = way_of(record).proposal
        if proposal is not None:
            actions.drop(proposal=proposal, by=self.request.user)
        messages.info(self.request, SAME_AS_PUBLIC)


def _mark_of(record: Any, proposal: Proposal | None) -> str:
    """Another one whenever the record, or what is proposed of it, was written."""
    if record.pk is None:
        return ""
    return f"{record.revision}-{proposal.updated_at.isoformat() if proposal else ''}"
