"""Venues and contact points, which events share: found, made, or completed, never altered by somebody's file."""

import copy
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from events.importing.checking import point_faults, too_long
from events.importing.matching import Known, Owner, is_same_address, plain_address
from events.models import Venue
from portal.core.models import ContactPoint

# Fields of the record, by the column of the venue or contact point that they fill.
VENUE = {
    name: name
    for name in (
        *("address", "postal_code", "address_detail", "latitude", "longitude"),
        *("access", "parking", "bicycle_parking"),
    )
}
CONTACT = {"phone": "contact_phone", "extension": "contact_extension", "email": "contact_email"}
BLANK = (None, "")
_ONLINE = {"オンライン", "オンライン開催", "オンライン会場", "Web", "WEB", "Zoom"}


class CannotPlan(Exception):
    """A row that reads well but fits nothing that is there: ``field`` is that of the record."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


class Sharing:
    """Finds or makes what one row names. ``said`` are the values of the row by field."""

    def __init__(self, known: Known, owner: Owner, said: Mapping[str, Any]):
        self.known, self.owner, self.said = known, owner, said

    @property
    def address(self) -> str:
        return self.said.get("address") or ""

    def venue(self, name: str) -> Venue | None:
        """The venue of this name at the address of the row; one of whose address nothing is known fits as well."""
        for candidate in self.venue_names(name):
            venue = self.known.venues.get(candidate)
            if venue and is_same_address(plain_address(venue.address, venue.municipality), plain_address(self.address)):
                return venue
        return None

    def venue_names(self, name: str) -> Iterator[str]:
        """As what a venue may stand in the records: names are unique there, halls of the same name are not."""
        yield name
        for place in (self.known.places.at(self.address, self.owner), self.owner):
            if place:
                yield f"{name}（{place.name}）"

    def new_venue(self, name: str) -> Venue:
        """A venue that is not written yet. Raises CannotPlan."""
        free = next((one for one in self.venue_names(name) if one not in self.known.venues), None)
        if free is None:
            raise CannotPlan("venue_name", f"会場「{name}」は、別の住所で登録されています。")
        values = self._said_of(VENUE)
        municipality = self.known.places.at(self.address, self.owner)
        venue = Venue(name=free, municipality=municipality, is_online=name in _ONLINE, **values)
        _check(venue)
        self.known.venues[free] = venue
        return venue

    def contact(self, name: str) -> ContactPoint | None:
        """The contact point of this name with the telephone number of the row, where both have one."""
        phone = self.said.get("contact_phone") or ""
        labels = dict.fromkeys([name, *(" ".join(filter(None, office)) for office in self._offices(name))])
        for contact in (contact for label in labels for contact in self.known.contacts.get(label, [])):
            if not phone or not contact.phone or digits_of(phone) == digits_of(contact.phone):
                return contact
        return None

    def _offices(self, name: str) -> Iterator[tuple[str, str]]:
        """As which organization and department an office may stand in the records."""
        yield name, ""
        if self.owner:
            yield self.owner.name, name

    def new_contact(self, name: str) -> ContactPoint:
        """A contact point that is not written yet. Raises CannotPlan."""
        free = next((office for office in self._offices(name) if office not in self.known.offices), None)
        if free is None:
            raise CannotPlan("contact_phone", f"「{name}」は、別の電話番号で登録されています。")
        contact = ContactPoint(organization=free[0], department=free[1], **self._said_of(CONTACT))
        _check(contact)
        self.known.add_contact(contact)
        return contact

    def complete(self, row: Venue | ContactPoint, fields: Mapping[str, str]) -> dict[str, Any]:
        """Fills what is not known yet of a record and returns it, by column. Raises CannotPlan."""
        said = self._said_of(fields)
        missing = {column: value for column, value in said.items() if getattr(row, column) in BLANK}
        completed = copy.copy(row)
        vars(completed).update(missing)
        _check(completed)
        vars(row).update(missing)
        return missing

    def otherwise(self, row: Venue | ContactPoint, fields: Mapping[str, str]) -> Iterator[str]:
        """The columns of a record that hold something else than the row says."""
        said = self._said_of(fields)
        return (column for column, value in said.items() if not _is_alike(row, column, value))

    def _said_of(self, fields: Mapping[str, str]) -> dict[str, Any]:
        """What the row says that is not blank, by column."""
        return {column: self.said[field] for column, field in fields.items() if self.said.get(field) not in BLANK}


def _check(row: Venue | ContactPoint) -> None:
    faults = list(too_long(row))
    if isinstance(row, Venue):
        faults += point_faults(row.latitude, row.longitude)
    for field, message in faults:
        raise CannotPlan(field, message)


def digits_of(phone: str) -> str:
    return "".join(character for character in phone if character.isdigit())


def _is_alike(row: Venue | ContactPoint, column: str, value: Any) -> bool:
    kept = getattr(row, column)
    if column == "address" and isinstance(row, Venue):
        return is_same_address(plain_address(kept, row.municipality), plain_address(value))
    if column == "phone":
        return digits_of(kept) == digits_of(value)
    return bool(kept == value) or unicodedata.normalize("NFKC", str(kept)) == unicodedata.normalize("NFKC", str(value))
