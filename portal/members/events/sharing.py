"""The venue and the office that an event of a member names: found among what there is, else made for it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from events.importing.checking import too_long
from events.importing.matching import Known
from events.importing.sharing import CannotPlan, Sharing, digits_of
from events.models import Event, Venue
from municipalities.models import Municipality
from portal.core.models import ContactPoint


def venue_named(name: str, address: str, owner: Municipality, kept: Venue | None = None) -> Venue | None:
    """The venue of a name and an address, as a file of the municipality would find or make it; not saved yet if new.

    ``kept`` is the venue the event has: its name alone stands for it. Raises CannotPlan.
    """
    if not name:
        return None
    if kept is not None and kept.name == name and not address:
        return kept
    known = Known()
    sharing = Sharing(known, owner, {"venue_name": name, "address": address})
    known.load(venues=sharing.venue_names(name), contacts=[], holders=[])
    found = sharing.venue(name)
    if found is not None:
        return found
    theirs = known.venues.get(name)
    if theirs is not None and _is_theirs_alone(Event.objects.filter(venue=theirs), owner):
        theirs.address = address
        return theirs
    made = sharing.new_venue(name)
    made.municipality = made.municipality or owner
    return made


def office_named(said: Mapping[str, str], owner: Municipality, kept: ContactPoint | None = None) -> ContactPoint | None:
    """The municipality's office of a department; not saved yet if new, or if its number may be corrected.

    ``said`` holds department, phone and email. Raises CannotPlan where others rely on another number.
    """
    department = said["department"]
    if not department:
        if said["phone"] or said["email"]:
            raise CannotPlan("department", "問い合わせ先の部署名を入れてください。")
        return None
    if kept is not None and department == (kept.department or kept.organization) and _says(kept, said):
        return kept
    for organization in (owner.name, f"{owner.prefecture.name}{owner.name}"):
        office = ContactPoint.objects.filter(organization=organization, department=department).first()
        if office is None:
            return _checked(ContactPoint(organization=organization, department=department), said)
        if _says(office, said):
            return office
        if _is_theirs_alone(Event.objects.filter(contact=office), owner):
            return _checked(office, said)
    raise CannotPlan(
        "phone",
        "この部署は、別の電話番号かメールアドレスで登録されています。係名まで書いて分けるか、事務局へご連絡ください。",
    )


def _says(office: ContactPoint, said: Mapping[str, str]) -> bool:
    """Whether nothing is said otherwise of an office than is known."""
    is_same_phone = not said["phone"] or digits_of(said["phone"]) == digits_of(office.phone)
    return is_same_phone and said["email"] in ("", office.email)


def _checked(office: ContactPoint, said: Mapping[str, str]) -> ContactPoint:
    office.phone, office.email = said["phone"], said["email"]
    for name, message in too_long(office):
        raise CannotPlan(name.removeprefix("contact_"), message)
    return office


def _is_theirs_alone(uses: Any, owner: Municipality) -> bool:
    """Whether only this municipality uses something, and nothing of that was public yet."""
    ours = uses.owned_by(owner).never_public().count()
    return bool(ours) and uses.count() == ours


def keep(row: Venue | ContactPoint | None) -> None:
    """Saves what is new or corrected; what somebody else saved in the same moment is found by the next look."""
    if row is None:
        return
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.pk = None
