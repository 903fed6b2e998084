"""Prefectures, municipalities and the 23 wards, what ties them to one another, and who works for a ward."""

from municipalities.models.agreement import (
    AgreementMember,
    Company,
    CompanyAgreement,
    CooperationAgreement,
    PartnerBody,
)
from municipalities.models.application import MembershipApplication
from municipalities.models.member import (
    MemberPost,
    MembershipConfirmation,
    MemberStaff,
    MunicipalityProfile,
)
from municipalities.models.place import Municipality, MunicipalitySuccession, Prefecture, Ward
from municipalities.models.relation import Membership, WardTie
from municipalities.models.staff import WardStaff

__all__ = [
    "AgreementMember",
    "Company",
    "CompanyAgreement",
    "CooperationAgreement",
    "MemberPost",
    "MemberStaff",
    "Membership",
    "MembershipApplication",
    "MembershipConfirmation",
    "Municipality",
    "MunicipalityProfile",
    "MunicipalitySuccession",
    "PartnerBody",
    "Prefecture",
    "Ward",
    "WardStaff",
    "WardTie",
]
