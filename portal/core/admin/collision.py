"""Two people, one record: nobody's save is overwritten unseen, and who else is editing is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from portal.core.admin.access import AsksTheSite
from portal.core.history.differences import Difference, differences
from portal.core.history.models import Version
from portal.core.history.snapshots import (
    Snapshot,
    columns_of,
    plain,
    relation,
    rows_of,
    sets_of,
    take,
    values_of,
)
from portal.core.sessions import asked_by_itself

STATE = "_state_when_opened"
COLLISION = (
    "この画面を開いた後に、ほかの人がこの記録を保存しました。まだ保存していません。"
    "下の表で違いを確かめ、必要なら直してから、もう一度保存してください。"
)
# Who has not been heard of for so many seconds is no longer editing.
EDITING_FOR = 120


@dataclass(frozen=True)
class Collision:
    """Somebody else's newer version, and how it differs from what was typed (before: theirs; after: one's own)."""

    latest: Version | None
    differences: list[Difference]


class RefusesCollisions(AsksTheSite, admin.ModelAdmin):
    """The form carries the state in which its record was opened; a record that moved on since is not overwritten."""

    def state_of(self, record: Any) -> str:
        """What is another after every change of a record or of its rows."""
        latest = Version.objects.of(record).values_list("number", flat=True).first() or 0
        return f"{latest}-{getattr(record, 'revision', '')}"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and obj.pk:
            request.record_state = self.state_of(obj)  # type: ignore[attr-defined]
            if request.method == "POST" and request.POST.get(STATE) != request.record_state:  # type: ignore[attr-defined]
                form.refusal = COLLISION
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        response: Any = super().changeform_view(request, object_id, form_url, extra_context)
        context = getattr(response, "context_data", None)
        if not context or object_id is None:
            return response
        record = context["original"]
        context["record_state"] = getattr(request, "record_state", "")
        if context.get("has_change_permission"):
            context["other_editors"] = note_editor(record, request.user)
            context["editors_url"] = reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_editors", args=[record.pk]
            )
        form = context["adminform"].form
        if getattr(form, "refusal", ""):
            context["collision"] = self._collision(form, context["inline_admin_formsets"])
        return response

    def _collision(self, form: Any, inlines: Any) -> Collision:
        record: Any = self.model._default_manager.get(pk=form.instance.pk)
        return Collision(
            Version.objects.latest_of(record), differences(self.model, take(record), _typed(form, inlines))
        )

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_editors"
        page = path("<path:object_id>/editors/", self.admin_site.admin_view(self.editors_view), name=name)
        return [page, *super().get_urls()]

    @asked_by_itself
    def editors_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For the page of a record that is open: who else is editing it, as JSON."""
        record: Any = self.get_object(request, object_id)
        if record is None or not self.has_change_permission(request, record):
            return JsonResponse({"editors": []}, status=404)
        return JsonResponse({"editors": note_editor(record, request.user)})


def _typed(form: Any, inlines: Any) -> Snapshot:
    """What a form holds, in the shape of a snapshot, as far as it could be read."""
    record, read = form.instance, getattr(form, "cleaned_data", {})
    model = type(record)
    rows = {inline.formset.model: inline.formset for inline in inlines}
    return plain(
        {
            "fields": values_of(record, [field for field in columns_of(model) if field.name in read]),
            "sets": {
                field.name: sorted(row.pk for row in read[field.name]) for field in sets_of(model) if field.name in read
            },
            "rows": {
                name: _typed_rows(rows[relation(model, name)[0]], relation(model, name))
                for name in rows_of(model)
                if relation(model, name)[0] in rows
            },
        }
    )


def _typed_rows(formset: Any, related: tuple[type[Model], tuple[str, ...]]) -> list[dict[str, Any]]:
    model, links = related
    fields = [field for field in columns_of(model) if field.name not in links]
    kept = [form for form in formset.forms if form.instance.pk or form.has_changed()]
    left = [form for form in kept if not getattr(form, "cleaned_data", {}).get("DELETE")]
    return [{"pk": form.instance.pk, **values_of(form.instance, fields)} for form in left]


def note_editor(record: Model, user: Any, at: datetime | None = None) -> list[str]:
    """Notes that somebody has the page of a record open; the names of the others who do.

    Kept in the cache alone: who edits what is nobody's business a few minutes later.
    """
    now = (at or timezone.now()).timestamp()
    key = f"editors:{record._meta.label_lower}:{record.pk}"
    editors = {who: seen for who, seen in cache.get(key, {}).items() if seen[1] > now - EDITING_FOR}
    cache.set(key, editors | {user.pk: (str(user), now)}, timeout=EDITING_FOR)
    return sorted(name for who, (name, _) in editors.items() if who != user.pk)
