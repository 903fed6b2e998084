"""Seeding a demo site, and what is asked of it."""

import re
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

from django.core.management import call_command

from disaster_support.models import Disaster, SupportRecord
from events.models import Event, Exhibition, Venue, WardProject
from municipalities.choices import Relation
from municipalities.models import (
    Company,
    CompanyAgreement,
    CooperationAgreement,
    MemberPost,
    Membership,
    Municipality,
    MunicipalityProfile,
    WardTie,
)
from portal.core.models import Attachment, ContactPoint, Image
from portal.models import NewsItem, Publication, PublishedFigure

TODAY = date(2026, 11, 23)  # a Monday
PASSWORD, TOTP_SECRET = "fixed for the demo", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SOURCED = [
    *(WardTie, Membership, CompanyAgreement, Event, Exhibition, WardProject),
    *(Disaster, SupportRecord, NewsItem, Publication, MunicipalityProfile, MemberPost),
]
PUBLISHABLE = [
    *(CompanyAgreement, Event, Exhibition, WardProject, Disaster, NewsItem, Publication),
    *(MunicipalityProfile, MemberPost),
]
NAMED = [Company, Venue, ContactPoint, Image, Attachment]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Tokyo"))


def seed(today: date = TODAY, **options) -> str:
    said = StringIO()
    call_command("seed_demo", today=today.isoformat(), stdout=said, **options)
    return said.getvalue()


def counts(said: str) -> dict[str, tuple[int, int]]:
    """Created and updated, by kind."""
    lines = re.findall(r"^(.+)：新規([\d,]+)件、更新([\d,]+)件", said, re.MULTILINE)
    return {kind: (int(new), int(changed)) for kind, new, changed in lines}


def official_numbers() -> dict[str, object]:
    agreements = CooperationAgreement.objects.published().official()
    return {
        "figures": list(PublishedFigure.objects.order_by("pk").values()),
        "agreement members": agreements.member_total(TODAY),
        "ties": WardTie.objects.official().count(),
        "memberships": Membership.objects.official().count(),
        "linked": Municipality.objects.linked(Relation.UNION, TODAY, official=True).count(),
        "support": list(SupportRecord.objects.counted().totals()),
        "company agreements": CompanyAgreement.objects.official().count(),
        "events": Event.objects.official().count(),
        "projects": WardProject.objects.official().count(),
    }
