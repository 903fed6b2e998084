"""Records that are published: what is public stays as it is until its change was approved by somebody else."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from portal.core.admin.autocomplete import RecordForm
from portal.core.admin.base import RecordAdmin
from portal.core.admin.previewing import LinkForm, OffersPreviews
from portal.core.admin.steps import StepForm, take_step
from portal.core.approval.actions import as_applied, close_for, draft
from portal.core.approval.models import Proposal, ProposalState, StepKind
from portal.core.approval.rules import authors_since, possible_steps
from portal.core.history.actions import restore
from portal.core.history.differences import differences
from portal.core.history.models import Version, VersionKind
from portal.core.history.snapshots import changes_between, take
from portal.core.previewing.models import PreviewLink
from portal.core.publishing import PublicationState, Publishable

UNDER_REVIEW = "確認中か承認済みのため、内容は変えられません。直すときは、手続きの画面で取り戻してください。"
SUBMIT = "_submit_for_review"
WAY = PublicationState.choices


class PublishableForm(RecordForm):
    """Holds what is typed against the moment of publication too, which a form of a public record does not ask for."""

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions if "publish_at" in self.errors else exclusions - {"publish_at"}


class PublishableAdmin(OffersPreviews, RecordAdmin):
    """A record that was public is changed by a proposal; what was public cannot be deleted.

    ``has_moments``: its form asks when it is to be public.
    """

    form = PublishableForm
    has_moments = True

    def proposal_of(self, request: HttpRequest, record: Any) -> Proposal | None:
        """The open proposal of a record, asked for once in a request."""
        known: dict[Any, Proposal | None] = request.__dict__.setdefault("proposals", {})
        if record.pk not in known:
            known[record.pk] = Proposal.objects.open_for(record)
        return known[record.pk]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        fieldsets = list(super().get_fieldsets(request, obj))
        if not self.has_moments:
            return fieldsets
        if obj is None or self.access(request).knows(obj):
            note: Any = ("内部メモ", {"fields": ("internal_note",)})
            fieldsets.append(note)
        moments = () if obj is not None and obj.was_public() else ("publish_at",)
        publishing: Any = ("公開", {"fields": (*moments, "unpublish_at", "change_note")})
        return [*fieldsets, publishing]

    def get_list_display(self, request: HttpRequest) -> tuple:
        return (*super().get_list_display(request), "publication_state", "publish_at")

    def get_list_filter(self, request: HttpRequest) -> tuple:
        return ("publication_state", *super().get_list_filter(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.was_public():
            return False
        return super().has_delete_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or obj.pk is None or not self._is_under_review(request, obj)

    def _is_under_review(self, request: HttpRequest, record: Any) -> bool:
        proposal = self.proposal_of(request, record)
        return proposal is not None and proposal.state != ProposalState.DRAFT

    def state_of(self, record: Any) -> str:
        proposal = Proposal.objects.of(record).open().values_list("updated_at", flat=True).first()
        return f"{super().state_of(record)}-{proposal.isoformat() if proposal else ''}"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        record = self.get_object(request, object_id) if object_id else None
        view = super().changeform_view

        def shown() -> Any:
            return self._described(request, record, view, object_id, form_url, extra_context)

        return self._on_trial(request, record, shown)

    def writing_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.get_object(request, object_id)
        view = super().writing_view
        response: HttpResponse = self._on_trial(request, record, lambda: view(request, object_id))
        return response

    def _on_trial(self, request: HttpRequest, record: Any, view: Callable[[], Any]) -> Any:
        """What a page of a public record shows and writes is what is proposed: nothing of it reaches the record."""
        if record is None or not record.was_public():
            return view()
        proposal = self.proposal_of(request, record) or Proposal(changes={})
        public = take(record) if request.method == "POST" else None
        try:
            with as_applied(proposal, self.model._default_manager.get(pk=record.pk)):
                response = view()
                response = response.render() if hasattr(response, "render") else response
        except ValidationError as error:
            messages.error(request, f"変更案が、いまの公開内容と合わなくなりました。{' '.join(error.messages)}")
            return redirect(self._address("review", record.pk))
        written = request.__dict__.get("written_in_trial")
        if written is not None and public is not None:
            self._propose(request, record, changes_between(public, written))
        return response

    def _described(self, request: HttpRequest, record: Any, view: Any, *args: Any) -> Any:
        """The form with what its page says of the proposal."""
        response = view(request, *args)
        if not getattr(response, "context_data", None):
            return response
        response.context_data["may_submit"] = self.has_change_permission(request, record)
        if record is not None:
            response.context_data |= {
                "proposal": self.proposal_of(request, record),
                "review_url": self._address("review", record.pk) if self.access(request).knows(record) else "",
                "under_review": UNDER_REVIEW if self._is_under_review(request, record) else "",
                "is_public_record": record.was_public(),
            }
        return response

    def _propose(self, request: HttpRequest, record: Any, changes: Any) -> None:
        if not changes:
            messages.info(request, "公開中の内容と同じため、変更案はありません。")
            return
        request.__dict__.pop("proposals", None)
        proposal = draft(record=record, by=request.user, changes=changes)
        if SUBMIT in request.POST:
            take_step(request, self, record, proposal, StepKind.SUBMITTED, {})
        else:
            messages.success(request, "変更案を保存しました。公開中の内容は、承認されるまで変わりません。")

    def written(self, request: HttpRequest, record: Any, kind: VersionKind) -> None:
        """A record in public was written on trial only; any other is a draft of the person's."""
        if record.was_public():
            request.__dict__["written_in_trial"] = take(record)
            return
        super().written(request, record, kind)
        request.__dict__.pop("proposals", None)
        proposal = draft(record=record, by=request.user)
        if SUBMIT in request.POST:
            take_step(request, self, record, proposal, StepKind.SUBMITTED, {})

    def table_fields(self, request: HttpRequest) -> list[str]:
        return [*super().table_fields(request), "publication_state"]

    def may_bring_in(self, request: HttpRequest, record: Any) -> bool:
        """A table does not write over what somebody else proposes, nor what is under review."""
        if not super().has_change_permission(request, record):
            return False
        state = self._open_states(request).get(str(record.pk))
        return state is None or (state == ProposalState.DRAFT and not record.was_public())

    def _open_states(self, request: HttpRequest) -> dict[str, str]:
        """The states of all open proposals of records of this kind, asked for once in a request."""
        if "open_states" not in request.__dict__:
            request.__dict__["open_states"] = Proposal.objects.open_states(self.model)
        states: dict[str, str] = request.__dict__["open_states"]
        return states

    def bring_in(self, request: HttpRequest, form: Any, change: bool, *, apply: bool) -> None:
        """What a table says of a public record becomes a proposal."""
        former = self.model._default_manager.get(pk=form.instance.pk) if change else None
        if former is None or not former.was_public():
            super().bring_in(request, form, change, apply=apply)
            return
        public = take(former)
        with transaction.atomic():
            super().bring_in(request, form, change, apply=False)
            wanted = take(form.instance)
            transaction.set_rollback(True)
        if apply:
            draft(record=former, by=request.user, changes=changes_between(public, wanted))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """A change on trial says for itself what became of it."""
        if "written_in_trial" in request.__dict__ or SUBMIT in request.POST:
            return HttpResponseRedirect(self._address("review" if SUBMIT in request.POST else "change", obj.pk))
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if SUBMIT in request.POST:
            return HttpResponseRedirect(self._address("review", obj.pk))
        return super().response_add(request, obj, post_url_continue)

    def bring_back(self, request: HttpRequest, record: Any, version: Version) -> None:
        """A record in public is brought back by a proposal like every other change."""
        if not record.was_public():
            super().bring_back(request, record, version)
            return
        public = take(record)
        with as_applied(Proposal(changes={}), record):
            restore(record=record, version=version, by=request.user)
            wanted = take(record)
        self._propose(request, record, changes_between(public, wanted))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for record in queryset:
            close_for(record=record, by=request.user)
        return super().log_deletions(request, queryset)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        page = path("<path:object_id>/review/", self.admin_site.admin_view(self.review_view), name=name)
        return [page, *super().get_urls()]

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Where a record stands on its way to the public, what would change, and the steps that can be taken."""
        record = self._known(request, object_id)
        proposal = self.proposal_of(request, record)
        possible = self.steps_for(request, record, proposal)
        form = StepForm(request.POST or None, possible=possible, moment=self._wished_moment(record, proposal))
        if request.method == "POST":
            if not possible:
                raise PermissionDenied
            if form.is_valid() and take_step(
                request, self, record, proposal, form.cleaned_data["step"], form.cleaned_data
            ):
                return redirect(self._address("review", record.pk))
        steps = proposal.steps.select_related("by") if proposal else []
        context = {
            **self.admin_site.each_context(request),
            "title": f"公開の手続き：{record}",
            "object": record,
            "opts": self.opts,
            "proposal": proposal,
            "way": WAY,
            "stage": self._stage(record, proposal),
            "steps": steps,
            "form": form,
            "possible": possible,
            "differences": self._proposed(record, proposal),
            "is_own": self._is_own(request, proposal, steps),
            "is_withdrawn": record.was_public() and not record.is_public(),
            "preview_url": self._address("preview", record.pk),
            "link_form": LinkForm(label_suffix=""),
            "links": PreviewLink.objects.of(record).open().select_related("made_by"),
            "links_url": self._address("links", record.pk),
        }
        return TemplateResponse(request, "admin/review.html", context)

    def steps_for(self, request: HttpRequest, record: Any, proposal: Proposal | None) -> list[StepKind]:
        """The steps that the person may take with a record, in the order in which they are offered."""
        access = self.access(request)
        holds = access.holds(record) and super().has_change_permission(request, record)
        approves = access.approves(record)
        steps = []
        if proposal is not None:
            authors = authors_since(proposal.steps.all())
            steps = possible_steps(
                proposal,
                by=request.user,
                holds=holds,
                approves=approves,
                authors=authors,
                is_change=record.was_public(),
            )
        elif holds and not record.was_public():
            steps = [StepKind.SUBMITTED]
        if approves and record.is_public():
            steps.append(StepKind.WITHDRAWN)
        return steps

    @staticmethod
    def _stage(record: Publishable, proposal: Proposal | None) -> str:
        return proposal.state if proposal else record.publication_state

    @staticmethod
    def _is_own(request: HttpRequest, proposal: Proposal | None, steps: Any) -> bool:
        return (
            proposal is not None
            and proposal.state == ProposalState.IN_REVIEW
            and (request.user.pk in authors_since(steps) | {proposal.written_by_id, proposal.submitted_by_id})
        )

    @staticmethod
    def _wished_moment(record: Publishable, proposal: Proposal | None) -> Any:
        wished = record.publish_at if proposal and not record.was_public() else None
        return wished if wished and wished > timezone.now() else None

    def _proposed(self, record: Any, proposal: Proposal | None) -> list:
        """What the public would see differently."""
        if proposal is None:
            return []
        if record.was_public():
            return differences(self.model, take(record), proposal.changes)
        return differences(self.model, {}, take(record))
