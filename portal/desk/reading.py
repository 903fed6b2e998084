"""Reading the blocks of the first page for one person at a moment: at most one query for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet, Window
from django.urls import reverse
from django.utils import timezone

from portal.contact.models import Inquiry
from portal.core.approval.rules import waited
from portal.core.audit.models import AuditAction
from portal.core.models import AuditEntry, Proposal, User
from portal.desk.blocks import MOST_ROWS, Block, Row
from portal.desk.coming import COMING, ENDING, short_day
from portal.desk.legs import Leg, Legs, page_of, totals
from portal.desk.staleness import STALE
from portal.links.models import LinkUse
from portal.quality.choices import Severity
from portal.quality.models import Finding
from portal.quality.querysets import urgency
from portal.roles import Access

SIGN_INS_FOR = timedelta(days=30)


@dataclass(frozen=True)
class JoinedList:
    """A list of several kinds that has a page of its own."""

    title: str
    legs: Sequence[Leg]
    empty: str
    note: str = ""


JOINED: Mapping[str, JoinedList] = {
    "coming": JoinedList("今週公開されるもの", COMING, "7日以内に公開されるものはありません。", "7日以内"),
    "ending": JoinedList(
        "まもなく終わるもの",
        ENDING,
        "まもなく終わるものはありません。",
        "公開の終了は14日以内、交流・協定・会員登録は60日以内、画像の使用期限は30日以内",
    ),
    "stale": JoinedList(
        "古くなったページ", STALE, "古くなったページはありません。", "内容がいまと合わないおそれのある公開中の記録"
    ),
}


def desk_of(access: Access, at: datetime | None = None) -> list[Block]:
    """The blocks that concern a person, in the order of their urgency."""
    at = at or timezone.now()
    if not any(access.allows(model, "view") for model in (Proposal, Finding)):
        return [_sign_ins(access, at)]
    waiting = [_waiting(access, at)] if access.answers_for_all or access.approving_wards else []
    joined = _joined(access, at)
    return [
        *waiting,
        _inquiries(access, at),
        _own(access, at),
        joined["coming"],
        joined["ending"],
        joined["stale"],
        _findings(access),
        _links(access),
        _sign_ins(access, at),
    ]


def sign_ins_of(access: Access, at: datetime) -> QuerySet[AuditEntry]:
    """One's own sign-ins and what failed at one's account; of everybody for who answers for the whole or audits it."""
    kinds = (AuditAction.SIGN_IN, AuditAction.SIGN_IN_FAILED)
    entries = AuditEntry.objects.filter(at__gt=at - SIGN_INS_FOR, action__in=kinds).select_related("by")
    if not access.reads_all:
        account = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(access.user.pk))
        entries = entries.filter(Q(by=access.user) | account)
    return entries.order_by("-at", "-pk")


def sign_in_row(entry: AuditEntry) -> Row:
    moment = timezone.localtime(entry.at)
    who = str(entry.by) if entry.by else entry.subject or "登録のないアカウント"
    return Row(who, f"{short_day(moment.date())} {moment:%H:%M}　{entry.get_action_display()}")


def _first(rows: QuerySet, **counted: Any) -> tuple[list[Any], int]:
    """The first rows, and how many there are in all; one query."""
    found = list(rows.annotate(desk_total=Window(Count("pk")), **counted)[:MOST_ROWS])
    return found, found[0].desk_total if found else 0


def _waiting(access: Access, at: datetime) -> Block:
    rows = access.approvable(Proposal.objects.waiting().not_written_by(access.user))
    found, total = _first(rows)
    return Block(
        "waiting",
        "承認を待つもの",
        total,
        [
            Row(
                proposal.subject,
                f"{proposal.content_type.name}　{waited(at - proposal.submitted_at)}待ち　{proposal.written_by or ''}",
                page_of(Proposal, proposal.pk),
            )
            for proposal in found
        ],
        "承認を待つものはありません。",
        reverse("admin:core_proposal_changelist", query={"mine": "0"}),
    )


def _inquiries(access: Access, at: datetime) -> Block:
    found, total = _first(access.visible(Inquiry.objects.unclosed()))
    return Block(
        "inquiries",
        "お問い合わせ",
        total,
        [
            Row(
                inquiry.get_topic_display(),
                f"{inquiry.get_state_display()}　{waited(at - inquiry.created_at)}経過",
                page_of(Inquiry, inquiry.pk),
            )
            for inquiry in found
        ],
        "対応の済んでいないお問い合わせはありません。",
        reverse("admin:portal_inquiry_changelist"),
    )


def _own(access: Access, at: datetime) -> Block:
    rows = Proposal.objects.held_by(access.user).filter(publish_at__isnull=True).with_answer().order_by("-updated_at")
    found, total = _first(rows)
    return Block(
        "own",
        "自分の起案",
        total,
        [
            Row(
                proposal.subject,
                f"{proposal.content_type.name}　{_stage(proposal)}",
                page_of(Proposal, proposal.pk),
                proposal.answer,
            )
            for proposal in found
        ],
        "手続き中の起案はありません。",
        reverse("admin:core_proposal_changelist", query={"mine": "1", "state": "all"}),
    )


def _stage(proposal: Any) -> str:
    if proposal.answer:
        return "差戻し"
    return "承認済み・公開待ち" if proposal.state == "approved" else str(proposal.get_state_display())


def _joined(access: Access, at: datetime) -> dict[str, Block]:
    lists = {slug: Legs(one.legs, access, at) for slug, one in JOINED.items()}
    counts = dict(zip(lists, totals(lists.values()), strict=True))
    return {
        slug: Block(
            slug,
            one.title,
            counts[slug],
            lists[slug][:MOST_ROWS] if counts[slug] else [],
            one.empty,
            reverse("admin:desk_list", args=[slug]),
            one.note,
        )
        for slug, one in JOINED.items()
    }


def _findings(access: Access) -> Block:
    rows = access.visible(Finding.objects.open()).select_related("content_type").order_by(*urgency())
    by_severity = {f"desk_{severity.value}": Window(Count("pk", filter=Q(severity=severity))) for severity in Severity}
    found, total = _first(rows, **by_severity)
    inbox = reverse("admin:portal_finding_changelist")
    return Block(
        "findings",
        "データの点検（未対応）",
        total,
        [Row(finding.subject, finding.message, page_of(Finding, finding.pk)) for finding in found],
        "未対応の指摘はありません。",
        inbox,
        parts=[
            (
                str(severity.label),
                getattr(found[0], f"desk_{severity.value}") if found else 0,
                f"{inbox}?severity__exact={severity.value}",
            )
            for severity in Severity
        ],
    )


def _links(access: Access) -> Block:
    found, total = _first(access.visible(LinkUse.objects.broken().for_list()))
    return Block(
        "links",
        "リンク切れ",
        total,
        [Row(use.subject, use.link.reason, page_of(LinkUse, use.pk), use.link.address) for use in found],
        "リンク切れはありません。",
        reverse("admin:portal_linkuse_changelist"),
    )


def _sign_ins(access: Access, at: datetime) -> Block:
    found, total = _first(sign_ins_of(access, at))
    return Block(
        "sign-ins",
        "最近のサインイン",
        total,
        [sign_in_row(entry) for entry in found],
        "30日以内のサインインはありません。",
        reverse("admin:desk_list", args=["sign-ins"]),
        "30日以内" if access.reads_all else "30日以内のご自身のサインインと、失敗した試み",
    )
