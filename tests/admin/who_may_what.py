"""Who may open and do what in the back office, written down once; ``test_who_may_what`` holds the portal to it.

Each rule names the answer to each role, in the order of ``ROLES``. Visitors and people who are no staff are always led
to sign in (302). ``post`` says what becomes of a form that is sent: 「yes」 is done, everything else changes nothing.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.auth.models import Group

from disaster_support.models import DisasterMode
from events.models import Event, EventReport, EventRole, TourStop, Venue, WardProject
from municipalities.models import (
    MemberPost,
    MembershipApplication,
    MembershipConfirmation,
    Municipality,
    MunicipalityProfile,
    Prefecture,
    Ward,
    WardStaff,
    WardTie,
)
from portal.core.models import Attachment, AuditEntry, ContactPoint, Image, OutgoingMail, Proposal, SourceNote, User
from portal.links.models import LinkUse
from portal.models import Finding, Inquiry, PageFeedback
from portal.search.models import SearchMiss

# An editor of another ward, the editor and the approver of the ward whose records they are, and those for the whole.
ROLES = ("other", "editor", "approver", "auditor", "secretariat", "administrator")
OUTSIDERS = ("visitor", "member")


class Rule(NamedTuple):
    """The answers to each role: to whoever opens a page, and to whoever sends its form (where empty: as opened)."""

    get: str
    post: str = ""


Rules = Mapping[str, Rule]
_NOBODY = "403 403 403 403 403 403"
_SECRETARIAT = Rule("403 403 403 403 200 200", "403 403 403 403 yes yes")

# Records of a ward: its own people keep them, others do not find them.
OWN: Rules = {
    "changelist": Rule("200 200 200 200 200 200"),
    "add": Rule("200 200 200 403 200 200", "yes yes yes 403 yes yes"),
    "change": Rule("404 200 200 200 200 200", "404 yes yes 403 yes yes"),
    "delete": Rule("404 200 200 403 200 200", "404 yes yes 403 yes yes"),
    "history": Rule("404 200 200 200 200 200"),
    "restore": Rule("404 200 200 403 200 200", "404 yes yes 403 yes yes"),
    "editors": Rule("404 200 200 404 200 200"),
    "review": Rule("404 200 200 200 200 200", "404 yes yes 403 yes yes"),
    "preview": Rule("404 200 200 200 200 200"),
    "links": Rule("404 302 302 302 302 302", "404 yes yes 403 yes yes"),
    "writing": Rule("404 200 200 403 200 200"),
    "copy": Rule("404 200 200 403 200 200"),
    "import": Rule("200 200 200 403 200 200", "yes yes yes 403 yes yes"),
    "export": Rule("200 200 200 200 200 200", "yes yes yes yes yes yes"),
    "filters": Rule("200 200 200 200 200 200"),
    "old address": Rule("302 302 302 302 302 302"),
}
# Records of all, or of nobody: the wards read them as they stand.
READ: Rules = OWN | {
    "add": _SECRETARIAT,
    "change": Rule("200 200 200 200 200 200", "403 403 403 403 yes yes"),
    "delete": _SECRETARIAT,
    "history": Rule("403 403 403 200 200 200"),
    "restore": _SECRETARIAT,
    "editors": Rule("404 404 404 404 200 200"),
    "review": Rule("403 403 403 200 200 200", "403 403 403 403 yes yes"),
    "preview": Rule("403 403 403 200 200 200"),
    "links": Rule("403 403 403 302 302 302", "403 403 403 403 yes yes"),
    "writing": Rule("403 403 403 403 200 200"),
    "copy": Rule("403 403 403 403 200 200"),
    "import": _SECRETARIAT,
    "freeze": _SECRETARIAT,
}
# Venues are a ward's, and all may use them.
SHARED: Rules = OWN | {
    "change": Rule("200 200 200 200 200 200", "403 yes yes 403 yes yes"),
    "delete": Rule("403 200 200 403 200 200", "403 yes yes 403 yes yes"),
    "history": Rule("403 200 200 200 200 200"),
    "restore": Rule("403 200 200 403 200 200", "403 yes yes 403 yes yes"),
    "writing": Rule("403 200 200 403 200 200"),
}
# What only those see who answer for the whole.
CLOSED: Rules = READ | {
    "changelist": Rule("403 403 403 200 200 200"),
    "change": Rule("403 403 403 200 200 200", "403 403 403 403 yes yes"),
    "history": Rule("404 404 404 200 200 200"),
    "restore": Rule("404 404 404 403 200 200", "404 404 404 403 yes yes"),
    "export": Rule("403 403 403 200 200 200", "403 403 403 yes yes yes"),
    "filters": Rule("403 403 403 200 200 200"),
}
_RIGHTS: Rules = {
    "changelist": Rule("403 403 403 403 403 200"),
    "add": Rule("403 403 403 403 403 200", "403 403 403 403 403 yes"),
    "change": Rule("403 403 403 403 403 200", "403 403 403 403 403 yes"),
    "delete": Rule("403 403 403 403 403 200", "403 403 403 403 403 yes"),
    "history": Rule("404 404 404 404 404 200"),
    "restore": Rule("404 404 404 404 404 200", "404 404 404 404 404 yes"),
    "editors": Rule("404 404 404 404 404 200"),
    "writing": Rule("403 403 403 403 403 200"),
    "export": Rule("403 403 403 403 403 200", "403 403 403 403 403 yes"),
    "filters": Rule("403 403 403 403 403 200"),
    "old address": OWN["old address"],
}
# What nobody of a role may do with any record of a kind is refused before a record is looked for.
_NO_ADDING: Rules = {"add": Rule(_NOBODY)}
_NO_DELETING: Rules = {"delete": Rule(_NOBODY)}
_LOG: Rules = {
    **_NO_ADDING,
    **_NO_DELETING,
    "change": Rule("403 403 403 200 200 200", _NOBODY),
    "restore": Rule("404 404 404 403 403 403"),
    "editors": Rule("404 404 404 404 404 404"),
    "writing": Rule(_NOBODY),
}
_ABOUT: Rules = {
    **_NO_ADDING,
    "change": Rule("404 200 200 200 200 200", "403 403 403 403 yes yes"),
    **_NO_DELETING,
    "history": Rule("404 403 403 200 200 200"),
    "restore": Rule("404 403 403 403 200 200", "404 403 403 403 yes yes"),
    "editors": Rule("404 404 404 404 200 200"),
    "writing": Rule("404 403 403 403 200 200"),
}
# Whose workbook it is: here another ward's than those people work for.
_WORKBOOKS: Rules = {
    "workbook": Rule("404 404 404 200 200 200", "404 404 404 yes yes yes"),
    "workbook_import": Rule("404 404 404 403 200 200", "404 404 404 403 200 200"),
}
# Every model that is not named here is one that the wards read.
GROUPS: Mapping[type, Rules] = {
    WardTie: OWN,
    WardProject: OWN,
    TourStop: OWN,
    Event: OWN,
    EventReport: OWN | _NO_ADDING | _NO_DELETING,
    EventRole: OWN,
    Venue: SHARED,
    **dict.fromkeys((ContactPoint, Image, Attachment), READ | {"add": OWN["add"]}),
    Prefecture: READ | _NO_DELETING,
    Municipality: READ | _NO_DELETING,
    Ward: READ | _NO_ADDING | _NO_DELETING | _WORKBOOKS,
    User: CLOSED | _NO_DELETING,
    WardStaff: CLOSED,
    SourceNote: CLOSED | _NO_ADDING,
    MemberPost: OWN | _NO_ADDING,
    MunicipalityProfile: CLOSED
    | _NO_ADDING
    | {
        "review": Rule("404 404 404 200 200 200", "404 404 404 403 yes yes"),
        "preview": Rule("404 404 404 200 200 200"),
        "links": Rule("404 404 404 302 302 302", "404 404 404 403 yes yes"),
    },
    MembershipConfirmation: CLOSED | _LOG,
    AuditEntry: CLOSED | _LOG,
    # Nothing of it is changed but by deciding.
    MembershipApplication: CLOSED | _LOG | {"change": CLOSED["change"]},
    OutgoingMail: CLOSED | _LOG,
    SearchMiss: CLOSED | _LOG,
    Inquiry: OWN | _NO_ADDING | _NO_DELETING,
    PageFeedback: OWN
    | _ABOUT
    | {
        "change": Rule("404 200 200 200 200 200", _NOBODY),
        "history": Rule("404 200 200 200 200 200"),
        "restore": Rule("404 403 403 403 403 403"),
        "editors": Rule("404 404 404 404 404 404"),
        "writing": Rule("404 403 403 403 403 403"),
    },
    Group: _RIGHTS,
    Finding: OWN | _ABOUT,
    DisasterMode: READ
    | {
        **_NO_ADDING,
        **_NO_DELETING,
        "change": Rule("200 200 200 200 200 200", _NOBODY),
        "restore": Rule(_NOBODY),
        "writing": Rule(_NOBODY),
        "switch": Rule("403 403 403 403 200 200"),
        "editors": Rule("404 404 404 404 404 404"),
    },
    # Here of a common record.
    LinkUse: OWN
    | _ABOUT
    | {
        "change": Rule("404 404 404 302 302 302"),
        "history": Rule("404 404 404 200 200 200"),
        "restore": Rule("404 404 404 403 403 403"),
        "editors": Rule("404 404 404 404 404 404"),
        "writing": Rule("404 404 404 403 403 403"),
    },
    Proposal: OWN
    | _ABOUT
    | {
        "change": Rule("404 302 302 302 302 302"),
        "restore": Rule("404 403 403 403 403 403"),
        "editors": Rule("404 404 404 404 404 404"),
        "writing": Rule("404 403 403 403 403 403"),
    },
}
# What came to the secretariat is no ward's to read.
_FOR_SECRETARIAT: Rules = {
    "change": Rule("404 404 404 200 200 200", "404 404 404 403 yes yes"),
    "delete": Rule(_NOBODY),
    "history": Rule("404 404 404 200 200 200"),
    "restore": Rule("404 404 404 403 200 200", "404 404 404 403 yes yes"),
    "editors": Rule("404 404 404 404 200 200"),
    "writing": Rule("404 404 404 403 200 200"),
    "old address": OWN["old address"],
}
# Records of those kinds that belong to no ward.
COMMON: Mapping[type, Rules] = {
    Event: READ | {"copy": Rule("200 200 200 403 200 200")},
    EventReport: READ | _NO_DELETING,
    EventRole: READ,
    TourStop: READ,
    Venue: READ,
    Inquiry: _FOR_SECRETARIAT,
    PageFeedback: _FOR_SECRETARIAT
    | {
        "change": Rule("404 404 404 200 200 200", _NOBODY),
        "restore": Rule("404 404 404 403 403 403"),
        "editors": Rule("404 404 404 404 404 404"),
        "writing": Rule("404 404 404 403 403 403"),
    },
}
# The actions above the lists. Where it is done, the chosen records change; where not, nothing does.
_BY_KEEPERS = "no yes yes no yes yes"
_BY_SECRETARIAT = "no no no no yes yes"
ACTIONS: Mapping[tuple[str, type | None], str] = {
    ("delete_selected", None): _BY_SECRETARIAT,
    **{
        ("delete_selected", model): _BY_KEEPERS
        for model in (WardTie, WardProject, TourStop, Event, EventRole, Venue, MemberPost)
    },
    ("delete_selected", Group): "no no no no no yes",
    **{
        ("delete_selected", model): "no no no no no no"
        for model in (
            User,
            Prefecture,
            Municipality,
            Ward,
            EventReport,
            AuditEntry,
            Finding,
            LinkUse,
            Proposal,
            MembershipApplication,
            DisasterMode,
            MembershipConfirmation,
        )
    },
    **{("delete_selected", model): "no no no no no no" for model in (OutgoingMail, Inquiry, PageFeedback, SearchMiss)},
    ("send_again", None): _BY_SECRETARIAT,
    ("reset_second_factor", None): "no no no no no yes",
    ("freeze", None): _BY_SECRETARIAT,
    ("invite_again", None): _BY_SECRETARIAT,
    # There is no invitation to take back.
    ("revoke_invitation", None): "no no no no no no",
}
# The pages of the site itself; the visitor's and the member's answers stand first.
SITE: Mapping[str, str] = {
    "index": "302 302 200 200 200 200 200 200",
    "login": "302 403 302 302 302 302 302 302",
    "logout": "302 302 405 405 405 405 405 405",
    "password_change": "302 302 302 302 302 302 302 302",
    "password_change_done": "302 302 200 200 200 200 200 200",
    "jsi18n": "302 302 200 200 200 200 200 200",
    "autocomplete": "302 302 403 403 403 403 403 403",
    "view_on_site": "302 302 404 302 302 302 302 302",
    "app_list": "302 302 200 200 200 200 200 200",
    "desk_list": "302 302 200 200 200 200 200 200",
    "handover": "302 302 403 403 403 403 200 200",
    "handover_gaps": "302 302 403 403 403 200 200 200",
    "handover_table": "302 302 403 403 403 403 200 200",
    "handover_template": "302 302 403 403 403 403 200 200",
    "connections": "302 302 200 200 200 200 200 200",
    "connections_file": "302 302 302 302 302 302 302 302",
    "everything else": "302 302 404 404 404 404 404 404",
}
