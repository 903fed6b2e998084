"""A town, one of its people in front of the browser, and what they type of an event."""

from datetime import date

from events.choices import EventKind
from portal.core.publishing import PublicationState
from portal.roles import Role, ensure_groups
from tests.accounts.signing_in import sign_in
from tests.conftest import StrictClient
from tests.factories.core import UserFactory
from tests.factories.events import EventFactory
from tests.factories.municipalities import (
    MembershipFactory,
    MemberStaffFactory,
    MunicipalityFactory,
    PrefectureFactory,
)


def town(name="角田市", code="042081"):
    """A member municipality of 宮城県."""
    municipality = MunicipalityFactory(
        code=code, name=name, prefecture=PrefectureFactory(code="04", name="宮城県", region="東北")
    )
    MembershipFactory(municipality=municipality)
    return municipality


def browser_of(municipality, name="町の職員"):
    """Somebody of the municipality, signed in with both factors."""
    client = StrictClient()
    client.person = MemberStaffFactory(user__name=name, municipality=municipality).user
    sign_in(client, client.person)
    return client


def secretary(name="事務局の人"):
    person = UserFactory(name=name, is_staff=True)
    person.groups.add(ensure_groups()[Role.SECRETARIAT])
    return person


def own_event(municipality, **values):
    """A public event of the municipality, on 10 October 2026 unless said otherwise."""
    return EventFactory(**{"owner": municipality, "kind": EventKind.MEMBER, "title": "架空の梅まつり", **values})


def draft_of(municipality, **values):
    return own_event(
        municipality, **{"publication_state": PublicationState.DRAFT, "publish_at": None, "title": "下書き", **values}
    )


def day(name, value: date | None):
    """A day as its four parts are sent."""
    parts = {"era": "西暦", "year": value.year, "month": value.month, "day": value.day} if value else {"era": "令和"}
    return {f"{name}_{part}": str(number) for part, number in parts.items()}


def typed(first_day=date(2027, 3, 6), last_day=None, deadline=None, **values):
    """What is sent of a new event; a test says what it is about."""
    return {
        "title": "架空の梅まつり",
        "summary": "梅の花の下で、町の味を楽しめます。",
        **day("first_day", first_day),
        **day("last_day", last_day),
        **day("application_deadline", deadline),
        "start_time": "午前10時",
        "end_time": "15:30",
        "venue_name": "市民センター",
        "venue_address": "宮城県角田市角田字大坊41",
        "capacity": "１，２００人",
        "is_free": "True",
        "application": "電話で",
        "department": "商工観光課",
        "phone": "0224-00-0000",
        "email": "",
        "addressed_to": "",
        **values,
    }
