"""Mail to those who keep a record in which a link has newly broken."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import WardRole
from municipalities.models import WardStaff
from portal.core.mail.actions import post
from portal.core.models import User, Version
from portal.links.models import LinkCheck, LinkUse
from portal.roles import Access, secretaries, wards_of

# A mail of hundreds of lines is read by nobody: the list in the back office has them all.
MOST_IN_A_MAIL = 20


@transaction.atomic
def tell_keepers(at: datetime | None = None) -> int:
    """Mails each keeper, in one mail, the links that broke since the last time; how many people were told."""
    at = at or timezone.now()
    uses = list(LinkUse.objects.not_told())
    by_person: dict[User, list[LinkUse]] = defaultdict(list)
    writers = _last_writers(uses)
    for use in uses:
        for person in _keepers_of(use, writers.get((use.content_type_id, use.object_id)), at):
            by_person[person].append(use)
    for person, found in sorted(by_person.items(), key=lambda entry: entry[0].email):
        _mail(person, found)
    LinkCheck.objects.filter(pk__in={use.link_id for use in uses}).update(told_at=at)
    return len(by_person)


def _last_writers(uses: Iterable[LinkUse]) -> dict[tuple[int, str], User]:
    """Who made the latest version of each record, where somebody did; one query for each kind of records."""
    keys: dict[int, set[str]] = defaultdict(set)
    for use in uses:
        keys[use.content_type_id].add(use.object_id)
    found: dict[tuple[int, str], User] = {}
    for kind, of_kind in keys.items():
        versions = Version.objects.filter(content_type=kind, object_id__in=of_kind, made_by__isnull=False)
        for version in versions.select_related("made_by").order_by("number"):
            if version.made_by is not None:
                found[kind, version.object_id] = version.made_by
    return found


def _keepers_of(use: LinkUse, writer: User | None, at: datetime) -> list[User]:
    """Who last wrote the record, if it is still theirs to keep; else the editors of its ward; else the secretariat."""
    record: Any = use.record
    if record is None:
        # It was deleted while the addresses were asked.
        return []
    if writer is not None and Access(writer, at).is_staff and Access(writer, at).holds(record):
        return [writer]
    wards = wards_of(record)
    posts = WardStaff.objects.filter(ward__in=wards, role=WardRole.EDITOR, user__is_active=True, user__is_staff=True)
    editors = [post.user for post in posts.in_force(timezone.localdate(at)).select_related("user")] if wards else []
    return editors or list(secretaries())


def _mail(person: User, uses: list[LinkUse]) -> None:
    body = render_to_string(
        "mail/broken_links.txt",
        {
            "uses": uses[:MOST_IN_A_MAIL],
            "more": max(0, len(uses) - MOST_IN_A_MAIL),
            "list": f"{settings.SITE_URL}{reverse('admin:portal_linkuse_changelist')}",
        },
    )
    post(to=person.email, subject=f"つながらないリンクが{len(uses)}件あります", text=body)
