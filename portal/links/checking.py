"""The nightly check: what is named is collected, asked, and noted down; what has newly broken is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from portal.links.collecting import Named, named_addresses
from portal.links.fetching import Answer, Visitor
from portal.links.internal import ask_inside, is_internal
from portal.links.models import LinkCheck, LinkState, LinkUse
from portal.links.telling import tell_keepers

HOSTS_AT_ONCE = 8
_AT_ONCE = 500
_CHANGING = ("state", "code", "reason", "first_failed_at", "checked_at", "told_at")


@dataclass(frozen=True)
class Outcome:
    """How many addresses were asked, how many are broken now, how many people were told.

    ``is_offline``: this side reached nothing, so nothing outside was held against anybody.
    """

    asked: int
    broken: int
    told: int
    is_offline: bool


def check_links(*, visitor: Visitor | None = None, at: datetime | None = None) -> Outcome:
    """Asks every address that public records name, and mails those who keep the records what has newly broken."""
    at, visitor = at or timezone.now(), visitor or Visitor()
    named = list(dict.fromkeys(named_addresses(at)))
    addresses = list(dict.fromkeys(place.address for place in named))
    inside = {address: ask_inside(address, at) for address in addresses if is_internal(address)}
    outside = dict(_ask_outside(visitor, [address for address in addresses if address not in inside]))
    is_offline = _reached_nothing(outside.values()) and not visitor.is_online()
    heard = {
        address: answer
        for address, answer in outside.items()
        if answer.is_refused or not (is_offline or answer.is_ours)
    }
    with transaction.atomic():
        _note(named, inside | heard, at)
        told = tell_keepers(at=at)
    broken = LinkCheck.objects.filter(state=LinkState.BROKEN).count()
    return Outcome(len(addresses), broken, told, is_offline)


def _reached_nothing(answers: Iterable[Answer]) -> bool:
    """Whether something outside was asked, and nothing of it answered."""
    asked = [answer for answer in answers if not answer.is_refused]
    return bool(asked) and all(answer.code is None for answer in asked)


def _ask_outside(visitor: Visitor, addresses: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    """Several hosts at once, the addresses of each host one after another."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc.lower()].append(address)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as workers:
        for found in workers.map(
            lambda of_host: [(address, visitor.ask(address)) for address in of_host], by_host.values()
        ):
            yield from found


def _note(named: list[Named], answers: Mapping[str, Answer], at: datetime) -> None:
    """Writes down how each address answered and where it is named; what nothing names any more is forgotten."""
    wanted = {place.address for place in named}
    known = {link.address: link for link in LinkCheck.objects.all()}
    LinkCheck.objects.filter(pk__in=[link.pk for link in known.values() if link.address not in wanted]).delete()
    new = [LinkCheck(address=address) for address in wanted - known.keys()]
    known |= {link.address: link for link in LinkCheck.objects.bulk_create(new, batch_size=_AT_ONCE)}
    for address, answer in answers.items():
        hear(known[address], answer, at)
    LinkCheck.objects.bulk_update([known[address] for address in answers], _CHANGING, batch_size=_AT_ONCE)
    _note_uses(named, known)


def _note_uses(named: list[Named], known: Mapping[str, LinkCheck]) -> None:
    wanted = {(known[place.address].pk, place.kind.pk, place.key, place.field): place for place in named}
    there = {(use.link_id, use.content_type_id, use.object_id, use.field): use for use in LinkUse.objects.all()}
    LinkUse.objects.filter(pk__in=[use.pk for where, use in there.items() if where not in wanted]).delete()
    LinkUse.objects.bulk_create(
        (
            LinkUse(link_id=link, content_type_id=kind, object_id=key, field=field, subject=place.subject)
            for (link, kind, key, field), place in wanted.items()
            if (link, kind, key, field) not in there
        ),
        batch_size=_AT_ONCE,
    )
    renamed = [use for where, use in there.items() if where in wanted and use.subject != wanted[where].subject]
    for use in renamed:
        use.subject = wanted[use.link_id, use.content_type_id, use.object_id, use.field].subject
    LinkUse.objects.bulk_update(renamed, ["subject"], batch_size=_AT_ONCE)


def hear(link: LinkCheck, answer: Answer, at: datetime) -> None:
    """Brings a link to where it stands after an answer: one that fails again on another day is broken."""
    link.code, link.reason, link.checked_at = answer.code, answer.reason, at
    if not answer.reason:
        link.state, link.first_failed_at, link.told_at = LinkState.WORKS, None, None
    elif link.first_failed_at is None:
        link.state, link.first_failed_at = LinkState.FAILED, at
    elif timezone.localdate(link.first_failed_at) < timezone.localdate(at):
        link.state = LinkState.BROKEN
