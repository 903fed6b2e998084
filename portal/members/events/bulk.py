"""Many events at once, from the file that a municipality publishes anyway."""

from typing import Any, BinaryIO, cast

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from events.choices import EventKind
from events.importing.events import Options, import_events
from events.models import Event
from events.profiles import PROFILES
from municipalities.models import Municipality
from portal.core.approval.models import ProposalState
from portal.core.importing.pages import ImportPage, Read
from portal.core.importing.proposing import by_approval
from portal.core.importing.remarks import Report
from portal.core.models import Proposal
from portal.members.access import writing_page


class OwnFile:
    """Reads files of a municipality's own events for one of its people."""

    def __init__(self, municipality: Municipality, by: Any):
        self.municipality, self.by = municipality, by
        self.states = Proposal.objects.open_states(Event)
        self.options = Options(
            owner=municipality.code, may_write=self._may_write, kind=EventKind.MEMBER, completes=False
        )

    def read(self, source: BinaryIO, *, apply: bool) -> Report:
        """What becomes of a file: drafts of new events, proposals of public ones. Raises FileRefused."""
        return by_approval(
            Event, lambda write: import_events(source, self.options, apply=write), by=self.by, apply=apply
        )

    def _may_write(self, record: Model) -> bool:
        """A file writes over nothing that is under review, nor over what is proposed of a public event."""
        event: Any = record
        state = self.states.get(str(event.pk))
        is_free = state is None or (state == ProposalState.DRAFT and not event.was_public())
        return is_free and event.owner_id == self.municipality.pk


@writing_page
def member_event_import(request: Any) -> HttpResponse:
    """The file is looked at, what would change is shown, and only then is it written."""
    return cast(HttpResponse, _page(request, OwnFile(request.member.municipality, request.user)).answer())


def _page(request: HttpRequest, own: OwnFile) -> ImportPage:
    def read_file(source: BinaryIO, apply: bool) -> list[Read]:
        return [Read("催し", own.read(source, apply=apply))]

    context = {
        "page_title": "催しをまとめて載せる",
        "profiles": [profile.title for profile in PROFILES.values()],
        "municipality": own.municipality,
    }
    return ImportPage(
        request,
        read_file,
        done=reverse("member_events"),
        context=context,
        template="members/events/event_import.html",
    )
