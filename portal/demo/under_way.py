"""What is under way at the demo wards: a queue, a remand, a change that waits for its day, and notes about them.

Everything here is for staff alone, so every text carries its canary: wherever else one turns up, it leaked.
"""

from typing import Any

from events.models import Event, WardProject
from municipalities.choices import AddressKind, ApplicationState
from municipalities.models import MembershipApplication, Municipality
from portal.contact.choices import InquiryState, Topic
from portal.core.approval import actions
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction, AuditEntry
from portal.core.history.actions import keep_version
from portal.core.history.models import VersionKind
from portal.core.models import Proposal, SourceNote, User, Version
from portal.core.previewing.actions import make_link
from portal.core.previewing.models import PreviewLink
from portal.demo.writing import KEY_PREFIX, DemoWriter
from portal.models import Inquiry, PageFeedback
from portal.quality.choices import FindingState, Severity
from portal.quality.models import Finding
from portal.quality.rules import digest

SCHEDULED_AHEAD = 30


def write(writer: DemoWriter) -> None:
    """Once for each record: what became of it since is the staff's own doing."""
    people = {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith="@demo.example")}
    _queue(writer, people)
    _remand(writer, people)
    _approved(writer, people)
    _scheduled(writer, people)
    _notes(writer, people)
    _application(writer)
    _letters(writer, people)


def record_of(key: str) -> Any:
    """A record of the demo data by its name; None where it was left out."""
    found = SourceNote.objects.filter(key=KEY_PREFIX + key).first()
    return found.record if found else None


def is_new(record: Any) -> bool:
    """Whether nothing has become of a record yet."""
    return record is not None and not Proposal.objects.of(record).exists()


def _queue(writer: DemoWriter, people: dict[str, User]) -> None:
    event: Event = record_of("event-in-review")
    if is_new(event):
        editor = people["shinagawa-editor"]
        proposal = actions.draft(record=event, by=editor, at=writer.days.moment(-5))
        words = "CANARY-shinagawa-40 会場の予約が取れましたので、確認をお願いします。"
        actions.submit(proposal=proposal, by=editor, comment=words, at=writer.days.moment(-4))


def _remand(writer: DemoWriter, people: dict[str, User]) -> None:
    project: WardProject = record_of("project-draft")
    if is_new(project):
        editor, approver = people["shinagawa-editor"], people["shinagawa-approver"]
        proposal = actions.draft(record=project, by=editor, at=writer.days.moment(-9))
        actions.submit(proposal=proposal, by=editor, at=writer.days.moment(-8))
        words = "CANARY-shinagawa-41 連携自治体の正式な名称を確かめてから、もう一度出してください。"
        actions.remand(proposal=proposal, by=approver, comment=words, at=writer.days.moment(-7))


def _approved(writer: DemoWriter, people: dict[str, User]) -> None:
    event: Event = record_of("event-approved")
    if is_new(event):
        editor, approver = people["meguro-editor"], people["meguro-approver"]
        proposal = actions.draft(record=event, by=editor, at=writer.days.moment(-6))
        actions.submit(proposal=proposal, by=editor, at=writer.days.moment(-5))
        words = "CANARY-meguro-40 区長室の確認も済んでいます。"
        actions.approve(proposal=proposal, by=approver, comment=words, at=writer.days.moment(-3))


def _scheduled(writer: DemoWriter, people: dict[str, User]) -> None:
    """A change of a public project; what it will say in public carries no canary, its note does."""
    project = WardProject.objects.filter(is_demo=True, ward=writer.ward(9), publication_state="published").first()
    if project is None or not is_new(project):
        return
    editor, approver = people["shinagawa-editor"], people["shinagawa-approver"]
    fields = {
        "summary": f"{project.summary}今年度は、参加できる人数を増やしました。",
        "internal_note": "CANARY-shinagawa-42 増員の予算は議決後に公表します。",
    }
    changes = {"fields": fields, "sets": {}, "rows": {}}
    proposal = actions.draft(record=project, by=editor, changes=changes, at=writer.days.moment(-3))
    actions.submit(proposal=proposal, by=editor, at=writer.days.moment(-2))
    actions.approve(proposal=proposal, by=approver, at=writer.days.moment(-1))
    moment = writer.days.moment(SCHEDULED_AHEAD)
    actions.publish(proposal=proposal, by=editor, moment=moment, at=writer.days.moment(-1, hour=10))


def _letters(writer: DemoWriter, people: dict[str, User]) -> None:
    """What a visitor wrote to a ward, and said of its page."""
    ward = writer.ward(9)
    Inquiry.objects.get_or_create(
        reference="DEM-PRD-9SH",
        defaults={
            "submission": "demo",
            "ward": ward,
            "topic": Topic.EVENT,
            "body": "CANARY-shinagawa-50 車いすで入れる出入口を教えてください。",
            "name": "CANARY-shinagawa-51",
            "email": "visitor@demo.example",
            "created_at": writer.days.moment(-2),
            "state": InquiryState.IN_HAND,
            "handled_by": people["shinagawa-editor"],
            "note": "CANARY-shinagawa-52 会場に確かめています。",
        },
    )
    PageFeedback.objects.get_or_create(
        submission="demo",
        defaults={
            "path": ward.get_absolute_url(),
            "title": ward.name,
            "ward": ward,
            "is_useful": False,
            "comment": "CANARY-shinagawa-53 地図が小さくて見えません。",
            "created_at": writer.days.moment(-1),
        },
    )


def _notes(writer: DemoWriter, people: dict[str, User]) -> None:
    """A version with its reason, an entry of the log, a preview link and a finding that was dismissed."""
    event: Event = record_of("event-in-review")
    if event is None:
        return
    editor = people["shinagawa-editor"]
    if not Version.objects.of(event).exists():
        reason = "CANARY-shinagawa-43 会場からの電話で聞いた内容に直しました。"
        keep_version(
            record=event, by=editor, kind=VersionKind.CHANGED, reason=reason, at=writer.days.moment(-5), data=None
        )
    if not PreviewLink.objects.of(event).exists():
        make_link(record=event, recipient="CANARY-shinagawa-44 区長室", by=editor, at=writer.days.moment(-1))
    detail = "CANARY-shinagawa-45 書き出した表を課内で確かめました。"
    if not AuditEntry.objects.filter(detail=detail).exists():
        note(AuditAction.EXPORT, by=editor, record=event, detail=detail, at=writer.days.moment(-2))
    message = "CANARY-shinagawa-46 申込期限が書かれていません。"
    if not Finding.objects.filter(message=message).exists():
        Finding.objects.create(
            record=event,
            subject=str(event),
            code="misprint",
            severity=Severity.REVIEW,
            field="application_deadline",
            message=message,
            message_digest=digest(message),
            state=FindingState.DISMISSED,
            reason="CANARY-shinagawa-47 申込みの要らない催しです。",
            decided_by=editor,
            decided_at=writer.days.moment(-2),
        )


def _application(writer: DemoWriter) -> None:
    """Somebody wants their town to become a member, from an address that says nothing of it."""
    MembershipApplication.objects.get_or_create(
        reference="DEM-2PQ-RAB",
        defaults={
            "municipality": Municipality.objects.outside_the_wards().in_prefecture("01").existing().latest("code"),
            "department": "CANARY-applicant-1 企画課",
            "name": "CANARY-applicant-2 【デモ】申込者",
            "phone": "CANARY-applicant-3",
            "email": "applicant@demo.example",
            "address_kind": AddressKind.OTHER,
            "state": ApplicationState.IN_REVIEW,
            "requested_at": writer.days.moment(-4),
            "confirmed_at": writer.days.moment(-4, hour=12),
        },
    )
