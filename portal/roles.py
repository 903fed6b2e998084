"""What the staff of the wards may do in the back office: one group for each role."""

from enum import StrEnum

from django.contrib.auth.models import Group, Permission

OUR_APPS = ("core", "municipalities", "events", "disaster_support", "portal")


class Role(StrEnum):
    """The roles of staff; the value is the name of the group."""

    SECRETARIAT = "事務局"
    WARD_EDITOR = "区担当者"
    WARD_APPROVER = "区承認者"
    AUDITOR = "監査"


def ensure_groups() -> dict[Role, Group]:
    """The group of each role, with exactly the permissions of its role; made or put right where it is not so.

    The secretariat may do everything with the records of our own apps, the others may look at them.
    """
    everything = Permission.objects.filter(content_type__app_label__in=OUR_APPS)
    looking = everything.filter(codename__startswith="view_")
    groups = {}
    for role in Role:
        groups[role], _ = Group.objects.get_or_create(name=role)
        groups[role].permissions.set(everything if role is Role.SECRETARIAT else looking)
    return groups
