"""Which records the rows of a file speak of. What is known is looked up for a batch of rows at once."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from events.models import Event, Venue
from events.profiles.address import full_address, split_address
from events.profiles.writing import TOKYO_CODE
from municipalities.models import Company, Municipality, PartnerBody
from municipalities.rules import is_municipality_code
from portal.core.importing.refusal import FileRefused
from portal.core.models import ContactPoint

Owner = Municipality | None


class Places:
    """Every municipality by code and by name; loaded once."""

    def __init__(self) -> None:
        rows = list(Municipality.objects.select_related("prefecture"))
        self.by_code = {row.code: row for row in rows}
        self.by_name: dict[str, list[Municipality]] = {}
        for row in rows:
            self.by_name.setdefault(row.name, []).append(row)
            self.by_name.setdefault(f"{row.prefecture.name}{row.name}", []).append(row)

    def owner(self, code: str) -> Owner:
        """Who publishes under a code: a municipality, or None for the 23 wards together. Raises ValueError."""
        if code == TOKYO_CODE:
            return None
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValueError(f"団体コードは半角数字6桁です（{code}）。")
        if not is_municipality_code(code):
            raise ValueError(f"団体コードの検査数字（6桁目）が合いません（{code}）。")
        if code not in self.by_code:
            raise ValueError(f"この団体コードの市区町村はありません（{code}）。")
        return self.by_code[code]

    def named(self, name: str, owner: Owner = None) -> Municipality | None:
        """The municipality of a name, if there is only one; an owner knows itself by its name."""
        found = self.by_name.get(name, [])
        if owner in found:
            return owner
        return found[0] if len(found) == 1 else None

    def at(self, address: str, owner: Owner) -> Municipality | None:
        """The municipality in which an address lies, where the address tells."""
        parts = split_address(address)
        city = re.sub(r"^.*郡", "", parts.city)
        for name in (f"{parts.prefecture}{parts.city}", f"{parts.prefecture}{city}"):
            if parts.city and (found := self.named(name)):
                return found
        return owner if owner and address.startswith(owner.name) else None


def owner_of_file(code: str, places: Places) -> Owner:
    """The owner that a whole file is said to be of. Raises FileRefused."""
    try:
        return places.owner(code)
    except ValueError as error:
        raise FileRefused(str(error)) from error


class Known:
    """What there is already, and what this file adds to it: venues, contact points, holders of roles, events."""

    def __init__(self) -> None:
        self.places = Places()
        self.bodies = {body.name: body for body in PartnerBody.objects.all()}
        self.companies: dict[str, Company] = {}
        self.venues: dict[str, Venue] = {}
        self.contacts: dict[str, list[ContactPoint]] = {}
        self.offices: set[tuple[str, str]] = set()
        self._asked: set[str] = set()

    def load(self, venues: Iterable[str], contacts: Iterable[str], holders: Iterable[str]) -> None:
        """Looks up the names of a batch that were not asked for before, in a fixed number of queries."""
        names = {*venues, *contacts, *holders} - self._asked - {""}
        self._asked |= names
        for venue in Venue.objects.select_related("municipality__prefecture").filter(name__in=names):
            self.venues.setdefault(venue.name, venue)
        for contact in _contacts_named(names):
            self.add_contact(contact)
        for company in Company.objects.filter(name__in=names):
            self.companies[company.name] = company

    def add_contact(self, contact: ContactPoint) -> None:
        office = (contact.organization, contact.department)
        if office not in self.offices:
            self.offices.add(office)
            self.contacts.setdefault(str(contact), []).append(contact)

    def holder(self, name: str, owner: Owner) -> dict[str, Any]:
        """Who a name stands for, as the columns of a role."""
        if municipality := self.places.named(name, owner):
            return {"municipality": municipality}
        if body := self.bodies.get(name):
            return {"body": body}
        if company := self.companies.get(name):
            return {"company": company}
        return {"name": name}


def _contacts_named(names: set[str]) -> QuerySet[ContactPoint]:
    """The contact points of which organization, department or both together have one of these names."""
    whole = Concat("organization", Value(" "), "department")
    named = Q(organization__in=names) | Q(department__in=names) | Q(whole__in=names)
    return ContactPoint.objects.alias(whole=whole).filter(named).order_by("pk")


def events_by_identity(keys: Iterable[tuple[Owner, str]], at: datetime) -> dict[tuple[str, str], list[Event]]:
    """The events that rows speak of, by code of the owner and number.

    Those that the owner numbered so come first; else it is our row of that key, where it has no number.
    """
    wanted = {(owner.code if owner else TOKYO_CODE, number) for owner, number in keys}
    numbers = {number for _, number in wanted}
    rows = {int(number) for number in numbers if re.fullmatch(r"[0-9]{1,18}", number)}
    named = Q(number__in=numbers) | Q(number="", pk__in=rows)
    of_owner = Q(owner__in={code for code, _ in wanted}) | Q(owner__isnull=True)
    found: dict[tuple[str, str], list[Event]] = {}
    for event in Event.objects.filter(named, of_owner).for_open_data(at):
        found.setdefault((event.owner_id or TOKYO_CODE, event.number or str(event.pk)), []).append(event)
    return {key: [event for event in same if event.number] or same for key, same in found.items()}


def plain_address(address: str, municipality: Municipality | None = None) -> str:
    """An address for comparison: from its prefecture on, with signs and widths made one."""
    place = (municipality.prefecture.name, municipality.name) if municipality else ("", "")
    folded = unicodedata.normalize("NFKC", full_address(address, *place))
    return re.sub(
        r"(?<=\d)(丁目|番地?|号|の)(?=\d|$)", "-", re.sub(r"[‐‑‒–—―−ー－]", "-", re.sub(r"\s", "", folded))
    ).strip("-")


def is_same_address(one: str, other: str) -> bool:
    """Whether two plain addresses are one: equal, one more complete, or one unknown."""
    return one.endswith(other) or other.endswith(one)
