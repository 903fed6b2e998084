"""What the staff may do in the back office: one table of rights for each role, and the records each may see.

The secretariat and the auditor are groups of people; who works for a ward is told by ``WardStaff``, for a period.
Rights are reckoned from this table at every request: nothing that was handed out once can be forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from events.models import Event, EventReport, EventRole, TourStop, Venue, WardProject
from municipalities.choices import WardRole
from municipalities.models import (
    MemberPost,
    MembershipApplication,
    MembershipConfirmation,
    MunicipalityProfile,
    Ward,
    WardStaff,
    WardTie,
)
from portal.contact.models import Inquiry, PageFeedback
from portal.core.models import (
    Attachment,
    AuditEntry,
    ContactPoint,
    Image,
    OutgoingMail,
    Proposal,
    SourceNote,
    User,
)
from portal.links.models import LinkUse
from portal.quality.models import Finding
from portal.search.models import SearchMiss

OUR_APPS = ("core", "municipalities", "events", "disaster_support", "portal")


class Role(StrEnum):
    """The roles of staff, as people call them."""

    SECRETARIAT = "事務局"
    WARD_EDITOR = WardRole.EDITOR.label
    WARD_APPROVER = WardRole.APPROVER.label
    AUDITOR = "監査"


# Roles that are held by belonging to a group of this name.
GROUP_ROLES = (Role.SECRETARIAT, Role.AUDITOR)


@dataclass(frozen=True)
class Belonging:
    """How a record is known to be a ward's.

    ``path`` leads from the record to a municipality, or with ``to_person`` to the person who brought it in: then it is
    the ward's for which they work. ``or_path`` leads to the ward that a record of somebody else is addressed to: it is
    that ward's too. Records that belong to nobody (every path ends in nothing) are common: the wards read them, unless
    they are ``for_secretariat``. ``is_read_by_all``: the wards read those of others too.
    """

    path: str
    or_path: str = ""
    to_person: bool = False
    is_read_by_all: bool = False
    for_secretariat: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.path, self.or_path)))

    def leads_to(self, keys: Iterable[Any]) -> Q:
        """The condition that a path ends in one of these."""
        keys = list(keys)
        return reduce(or_, (Q(**{f"{path}__in": keys}) for path in self.paths))

    def leads_nowhere(self) -> Q:
        """The condition that every path ends in nothing."""
        return Q(**{f"{path}__isnull": True for path in self.paths})

    def ends_of(self, record: Any) -> frozenset[Any]:
        """The keys of that to which the paths from a record lead."""
        return frozenset(_end_of(record, path) for path in self.paths) - {None}


# What the wards keep themselves. Nothing else do they add, change or delete.
KEPT_BY_WARDS: Mapping[type[Model], Belonging] = {
    WardTie: Belonging("ward"),
    WardProject: Belonging("ward"),
    TourStop: Belonging("ward"),
    Event: Belonging("owner", "addressed_to"),
    EventReport: Belonging("owner", "addressed_to"),
    EventRole: Belonging("event__owner", "event__addressed_to"),
    MemberPost: Belonging("owner", "addressed_to"),
    Inquiry: Belonging("ward", for_secretariat=True),
    PageFeedback: Belonging("ward", for_secretariat=True),
    Venue: Belonging("municipality", is_read_by_all=True),
    Image: Belonging("uploaded_by", to_person=True, is_read_by_all=True),
    Attachment: Belonging("uploaded_by", to_person=True, is_read_by_all=True),
}
# What anybody may add to, and only the secretariat puts right.
ADDED_TO_BY_WARDS = (ContactPoint,)
# What only those see who answer for the whole.
NOT_FOR_WARDS = (
    User,
    Group,
    WardStaff,
    SourceNote,
    AuditEntry,
    MembershipApplication,
    MembershipConfirmation,
    MunicipalityProfile,
    OutgoingMail,
    SearchMiss,
)
# Records about any other record, told by its kind and key.
ABOUT_OTHERS = (Finding, Proposal, LinkUse)


class Access:
    """What one person may see and do at a moment."""

    def __init__(self, user: Any, at: datetime | None = None):
        self.user, self.at = user, at

    @cached_property
    def groups(self) -> frozenset[str]:
        return frozenset(self.user.groups.values_list("name", flat=True))

    @cached_property
    def posts(self) -> tuple[WardStaff, ...]:
        """The person's posts at wards on the day."""
        return tuple(WardStaff.objects.of(self.user, timezone.localdate(self.at)))

    @cached_property
    def wards(self) -> frozenset[str]:
        """The codes of the wards the person works for."""
        return frozenset(post.ward_id for post in self.posts)

    @cached_property
    def colleagues(self) -> frozenset[int]:
        """The keys of all who work for one of the person's wards on the day, the person too."""
        posts = WardStaff.objects.in_force(timezone.localdate(self.at)).filter(ward__in=self.wards)
        return frozenset(posts.values_list("user", flat=True))

    @property
    def is_staff(self) -> bool:
        return bool(self.user.is_active and self.user.is_staff)

    @property
    def answers_for_all(self) -> bool:
        """The secretariat and administrators: every record is theirs."""
        return self.is_staff and (self.user.is_superuser or Role.SECRETARIAT in self.groups)

    @property
    def reads_all(self) -> bool:
        return self.answers_for_all or (self.is_staff and Role.AUDITOR in self.groups)

    @property
    def roles(self) -> list[str]:
        """The roles of the person in words, for pages that say who somebody is."""
        held = [role for role in GROUP_ROLES if role in self.groups]
        administrator = ["管理者"] if self.user.is_superuser else []
        return [*administrator, *held, *(str(post) for post in self.posts)]

    def allows(self, model: type[Model], verb: str) -> bool:
        """Whether the person may ``add``, ``change``, ``delete`` or ``view`` any record of a model at all."""
        if not self.is_staff or model._meta.app_label not in OUR_APPS:
            return False
        if self.answers_for_all or (verb == "view" and self.reads_all):
            return True
        return bool(self.wards) and _allows_wards(model, verb)

    def visible(self, rows: QuerySet) -> QuerySet:
        """The rows that the person may see."""
        if self.reads_all:
            return rows
        if rows.model in ABOUT_OTHERS:
            return rows.filter(self._about_kept_by(self.wards))
        belonging = KEPT_BY_WARDS.get(rows.model)
        if belonging is None or belonging.is_read_by_all:
            return rows
        own = belonging.leads_to(self.wards)
        has_common = not belonging.for_secretariat and _may_be_common(rows.model)
        return rows.filter(own | belonging.leads_nowhere() if has_common else own)

    def kept(self, rows: QuerySet) -> QuerySet:
        """The rows that somebody looks to this person for: all for who reads all, a ward's own for a ward."""
        if self.reads_all:
            return rows
        belonging = KEPT_BY_WARDS.get(rows.model)
        if belonging is None:
            return rows.none()
        mine = self.colleagues if belonging.to_person else self.wards
        return rows.filter(belonging.leads_to(mine))

    def approvable(self, proposals: QuerySet) -> QuerySet:
        """The proposals of records whose changes the person may approve."""
        if self.answers_for_all:
            return proposals
        return proposals.filter(self._about_kept_by(self.approving_wards))

    @property
    def approving_wards(self) -> frozenset[str]:
        """The codes of the wards for which the person approves."""
        return frozenset(post.ward_id for post in self.posts if post.role == WardRole.APPROVER and self.is_staff)

    @staticmethod
    def _about_kept_by(wards: frozenset[str]) -> Q:
        """The rows about records that wards keep."""
        condition = Q(pk__in=[])
        if not wards:
            return condition
        of_wards = (model for model, belonging in KEPT_BY_WARDS.items() if not belonging.to_person)
        for model, kind in ContentType.objects.get_for_models(*of_wards).items():
            kept = model._default_manager.filter(KEPT_BY_WARDS[model].leads_to(wards)).order_by()
            condition |= Q(content_type=kind, object_id__in=kept.values_list(Cast("pk", CharField())))
        return condition

    def holds(self, record: Model) -> bool:
        """Whether a record, saved or not, is the person's to keep: all for the secretariat, a ward's own for a ward."""
        if self.answers_for_all:
            return True
        belonging = KEPT_BY_WARDS.get(type(record))
        if belonging is None:
            # Without a belonging only what is new is anybody's.
            return isinstance(record, ADDED_TO_BY_WARDS) and record._state.adding
        if belonging.to_person:
            return record._state.adding or not self.colleagues.isdisjoint(belonging.ends_of(record))
        return not self.wards.isdisjoint(belonging.ends_of(record))

    def knows(self, record: Model) -> bool:
        """Whether the person may see how a record came about: its versions, its steps, notes and previews.

        What a ward merely reads it sees as it stands, and no more of it.
        """
        return self.reads_all or self.holds(record)

    def is_of_ward(self, record: Model, ward: Any) -> bool:
        """Whether a record is this ward's to keep."""
        return ward in wards_of(record)

    def approves(self, record: Model) -> bool:
        """Whether the person may approve changes of a record, be they anybody's but their own."""
        if self.answers_for_all:
            return True
        return self._post_for(record) is not None

    def substitutes_for(self, record: Model) -> bool:
        """Whether the person approves a record in the place of another."""
        post = self._post_for(record)
        return not self.answers_for_all and post is not None and post.is_substitute

    def _post_for(self, record: Model) -> WardStaff | None:
        """The post by which the person approves a record: a regular one before a substitute's."""
        wards = wards_of(record)
        posts = [post for post in self.posts if post.role == WardRole.APPROVER and post.ward_id in wards]
        return min(posts, key=lambda post: post.is_substitute, default=None) if self.is_staff else None


def wards_of(record: Model) -> frozenset[Any]:
    """The codes of the municipalities by which a record is a ward's to keep; what is a person's is no ward's."""
    belonging = KEPT_BY_WARDS.get(type(record))
    return belonging.ends_of(record) if belonging and not belonging.to_person else frozenset()


def _end_of(record: Any, path: str) -> Any:
    *way, last = path.split("__")
    for step in way:
        record = getattr(record, step)
    return getattr(record, f"{last}_id")


def _may_be_common(model: type[Model]) -> bool:
    """Whether the path from the records of a model may end in nothing."""
    for step in KEPT_BY_WARDS[model].path.split("__"):
        field: Any = model._meta.get_field(step)
        if field.null:
            return True
        model = field.related_model
    return False


def access_of_many(users: Iterable[User], at: datetime | None = None) -> dict[Any, Access]:
    """What several people may do at a moment, by their keys, without a query for each."""
    found = {user.pk: Access(user, at) for user in users}
    memberships = User.groups.through.objects.filter(user__in=found)
    groups: dict[Any, set[str]] = {}
    for key, name in memberships.values_list("user", "group__name"):
        groups.setdefault(key, set()).add(name)
    posts: dict[Any, list[WardStaff]] = {}
    for post in WardStaff.objects.in_force(timezone.localdate(at)).filter(user__in=found):
        posts.setdefault(post.user_id, []).append(post)
    for key, access in found.items():
        access.groups, access.posts = frozenset(groups.get(key, ())), tuple(posts.get(key, ()))
    return found


def _allows_wards(model: type[Model], verb: str) -> bool:
    if model in KEPT_BY_WARDS:
        return not (model is EventReport and verb in ("add", "delete"))
    if verb == "add":
        return model in ADDED_TO_BY_WARDS
    return verb == "view" and model not in NOT_FOR_WARDS


def access_of(user: Any) -> Access:
    """The person's access now, reckoned once for each request (Django keeps its own rights in the same way)."""
    if not hasattr(user, "_access"):
        user._access = Access(user)
    access: Access = user._access
    return access


class RoleBackend(BaseBackend):
    """Answers Django's questions about rights from the table; whom it lets in is asked elsewhere."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if obj is not None or user_obj.is_anonymous:
            return False
        app_label, _, codename = perm.partition(".")
        verb, _, name = codename.partition("_")
        try:
            model = apps.get_model(app_label, name)
        except LookupError:
            return False
        return access_of(user_obj).allows(model, verb)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if user_obj.is_anonymous or app_label not in OUR_APPS:
            return False
        access = access_of(user_obj)
        return access.reads_all or bool(access.is_staff and access.wards)


def ensure_groups() -> dict[Role, Group]:
    """The groups that stand for roles; made where they are missing."""
    return {role: Group.objects.get_or_create(name=role)[0] for role in GROUP_ROLES}


def secretaries() -> QuerySet[User]:
    """Who works at the secretariat and can sign in."""
    return User.objects.filter(is_active=True, is_staff=True, groups__name=Role.SECRETARIAT)


def people_of(ward: Ward | None, at: datetime | None = None) -> list[User]:
    """Who works for a ward at a moment and can sign in; for none, or a ward without people, the secretariat."""
    posts = WardStaff.objects.in_force(timezone.localdate(at)).filter(ward=ward) if ward else WardStaff.objects.none()
    people = User.objects.filter(is_active=True, is_staff=True, pk__in=posts.values("user")).order_by("email")
    return list(people) or list(secretaries().order_by("email"))


def approvers_of(proposal: Proposal, at: datetime | None = None) -> list[User]:
    """Who may approve a proposal: the approvers of its ward (without one the secretariat), but for its authors."""
    record: Any = proposal.record
    if record is None:
        return []
    authors = {proposal.written_by_id, proposal.submitted_by_id}
    posts = WardStaff.objects.approving(timezone.localdate(at)).filter(ward__in=wards_of(record)).select_related("user")
    of_ward = [post.user for post in posts if post.user_id not in authors]
    return of_ward or [user for user in secretaries() if user.pk not in authors]
