"""What a row of a file would change: the event it makes or alters, its venue, its contact point, its roles."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jaconv

from events.choices import EventKind, EventRoleKind, Status
from events.importing.checking import faults_of
from events.importing.matching import Known, Owner
from events.importing.sharing import CONTACT, VENUE, CannotPlan, Sharing
from events.models import Event, Venue
from portal.core.cells import as_text
from portal.core.importing.remarks import Change, Remark
from portal.core.importing.values import is_free
from portal.core.models import ContactPoint

# Fields of the record that are columns of the event, with the name of the column.
_WORDS = {
    **{name: name for name in ("title", "title_kana", "title_en", "short_title", "summary", "url", "target_industry")},
    **{name: name for name in ("meeting_place", "audience", "capacity", "fee", "fee_detail", "languages", "remarks")},
    **{name: name for name in ("application", "application_deadline", "application_deadline_time", "status_reason")},
    "subtitle": "theme",
    "description": "programme",
}
_OWN_ROLES = {"organizer": EventRoleKind.ORGANIZER, "co_organizers": EventRoleKind.CO_ORGANIZER}
ROLES = {
    **{name: [kind] for name, kind in _OWN_ROLES.items()},
    "other_bodies": [kind for kind in EventRoleKind if kind not in _OWN_ROLES.values()],
}
_KIND_BY_LABEL = {str(kind.label): kind for kind in EventKind}
_LONGEST_HOLDER = 100


@dataclass
class Plan:
    """What is to be written for one row; nothing has been yet. ``former`` is the event as it was, if it was."""

    event: Event
    former: Event | None = None
    attributes: set[str] = field(default_factory=set)
    roles: dict[EventRoleKind, list[dict[str, Any]]] = field(default_factory=dict)
    completed: list[Venue | ContactPoint] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.former is None

    @property
    def is_change(self) -> bool:
        return bool(self.attributes or self.roles or self.completed)


class Planner:
    """Plans one row. ``said`` are its values; ``differing`` are those in which it says something else than we would.

    Without ``completes``, venues and offices that are known stay as they are.
    """

    def __init__(self, known: Known, owner: Owner, headers: Mapping[str, str], *, completes: bool = True):
        self.known, self.owner, self.headers, self.completes = known, owner, headers, completes

    def plan(self, said: Mapping[str, Any], event: Event | None, differing: set[str]) -> Plan:
        """Raises CannotPlan."""
        self.said, self.differing = said, differing
        self.sharing = Sharing(self.known, self.owner, said)
        self.result = Plan(event or Event(owner=self.owner, number=said["number"]), copy.copy(event))
        self._words()
        self._schedule()
        self._status()
        self._kind()
        self._roles()
        for name, message in faults_of(self.result.event):
            raise CannotPlan(name, message)
        if differing & {"contact_name", *CONTACT.values()}:
            self._contact()
        if differing & {"venue_name", *VENUE.values()}:
            self._venue()
        return self.result

    def _set(self, attribute: str, value: Any, name: str) -> None:
        """Sets an attribute of the event where it is another; ``name`` is that of the field it came from."""
        old = getattr(self.result.event, attribute)
        if old != value:
            setattr(self.result.event, attribute, value)
            self.result.attributes.add(attribute)
            self._changed(name, as_text(old), as_text(value))

    def _changed(self, name: str, old: str, new: str) -> None:
        if old != new:
            self.result.changes.append(Change(self.headers.get(name, name), old, new))

    def _note(self, name: str, message: str) -> None:
        self.result.notes.append(Remark(self.headers.get(name, ""), message))

    def _words(self) -> None:
        for name, attribute in _WORDS.items():
            if name in self.differing and not self._reads_alike(name, getattr(self.result.event, attribute)):
                self._set(attribute, self.said[name], name)
        if "fee" in self.differing:
            self._set("is_free", is_free(self.said["fee"]), "fee")

    def _reads_alike(self, name: str, kept: Any) -> bool:
        """Whether what is kept only looks different: hiragana, or a reason of several lines."""
        if name == "title_kana":
            return bool(jaconv.hira2kata(kept) == jaconv.hira2kata(self.said[name]))
        return name == "status_reason" and " ".join(kept.split()) == self.said[name]

    def _schedule(self) -> None:
        if "schedule" not in self.differing:
            return
        schedule = self.said["schedule"]
        if schedule.fiscal_year is None:
            schedule = schedule._replace(fiscal_year=self.result.event.fiscal_year)
        for attribute, value in schedule._asdict().items():
            self._set(
                attribute, value, {"date_precision": "日付の確かさ", "fiscal_year": "年度"}.get(attribute, attribute)
            )

    def _status(self) -> None:
        status = self.said.get("status")
        if status and "status" in self.differing:
            self._set("status", Status(status), "status")

    def _kind(self) -> None:
        said = self.said.get("kind", "")
        kind = _KIND_BY_LABEL.get(said)
        if kind is None and self.result.is_new:
            kind = self._kind_of_owner()
            self._note("kind", f"種別は「{kind.label}」とします。")
        elif kind is None and said:
            self._note("kind", f"「{said}」は種別にないため、変えません。")
        if kind and (self.result.is_new or "kind" in self.differing):
            self._set("kind", kind, "kind")

    def _kind_of_owner(self) -> EventKind:
        if self.owner is None:
            return EventKind.PROMOTION
        return EventKind.WARD if self.owner.is_ward else EventKind.MEMBER

    def _venue(self) -> None:
        name = self.said.get("venue_name") or self.sharing.address
        if not name:
            if "venue_name" in self.said:
                self._move(None)
            return
        venue = self._kept_venue(name) or self.sharing.venue(name)
        if venue is None:
            venue = self.sharing.new_venue(name)
            self._note("venue_name", f"会場「{venue.name}」を新しく登録します。")
        self._move(venue)
        self._complete(venue, VENUE)

    def _kept_venue(self, name: str) -> Venue | None:
        """The venue that the event has: who corrects an address does not move the event."""
        venue = self.result.event.venue
        return venue if venue and venue.name in self.sharing.venue_names(name) else None

    def _move(self, venue: Venue | None) -> None:
        event = self.result.event
        if event.venue is not venue and event.venue != venue:
            self._changed("venue_name", str(event.venue or ""), str(venue or ""))
            event.venue = venue
            self.result.attributes.add("venue")

    def _contact(self) -> None:
        name, event = self.said.get("contact_name", ""), self.result.event
        if not name and self.said.get("contact_phone"):
            self._note("contact_phone", "連絡先名称がないため、登録しません。")
        if not name and "contact_name" not in self.said:
            return
        contact = (self.sharing.contact(name) or self.sharing.new_contact(name)) if name else None
        if event.contact is not contact and event.contact != contact:
            self._changed("contact_name", str(event.contact or ""), str(contact or ""))
            event.contact = contact
            self.result.attributes.add("contact")
        if contact:
            self._complete(contact, CONTACT)

    def _complete(self, row: Venue | ContactPoint, fields: Mapping[str, str]) -> None:
        """Fills what a shared record lacks. Where it says otherwise, it stays so, and the difference is told."""
        missing = self.sharing.complete(row, fields) if self.completes else {}
        if missing and row.pk:
            self.result.completed.append(row)
        for column, value in missing.items():
            self._changed(fields[column], "", as_text(value))
        for column in self.sharing.otherwise(row, fields):
            kept = as_text(getattr(row, column))
            self._note(
                fields[column],
                f"「{row}」には「{kept or '（空欄）'}」と登録されています。変えるときは、{self._keeper}",
            )

    @property
    def _keeper(self) -> str:
        return "管理画面で直してください。" if self.completes else "事務局へご連絡ください。"

    def _roles(self) -> None:
        for name in (name for name in ROLES if name in self.differing):
            had = self.result.event.roles.all() if self.result.event.pk else []
            for kind in ROLES[name]:
                names = [str(role.holder) for role in had if role.role == kind]
                self._role(name, kind, names, self.said[name].get(kind, []))

    def _role(self, name: str, kind: EventRoleKind, had: list[str], wanted: list[str]) -> None:
        if had == wanted:
            return
        if any(len(one) > _LONGEST_HOLDER for one in wanted):
            raise CannotPlan(name, f"団体の名称は{_LONGEST_HOLDER}文字までです。")
        self.result.roles[kind] = [self.known.holder(one, self.owner) for one in wanted]
        label = f"{kind.label}：" if name not in _OWN_ROLES else ""
        self._changed(name, label + "、".join(had), label + "、".join(wanted))
