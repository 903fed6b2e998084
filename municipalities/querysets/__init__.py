"""Which prefectures, municipalities, ties, agreements and memberships: by place, by kind, on a day."""

from municipalities.querysets.agreement import (
    AgreementMemberQuerySet,
    CompanyAgreementQuerySet,
    CooperationAgreementQuerySet,
    Signing,
)
from municipalities.querysets.period import ALWAYS, NEVER, InForceQuerySet
from municipalities.querysets.place import (
    MunicipalityQuerySet,
    PrefectureQuerySet,
    RelationCount,
    WardManager,
)
from municipalities.querysets.relation import MembershipQuerySet, WardTieQuerySet

__all__ = [
    "ALWAYS",
    "NEVER",
    "AgreementMemberQuerySet",
    "CompanyAgreementQuerySet",
    "CooperationAgreementQuerySet",
    "InForceQuerySet",
    "MembershipQuerySet",
    "MunicipalityQuerySet",
    "PrefectureQuerySet",
    "RelationCount",
    "Signing",
    "WardManager",
    "WardTieQuerySet",
]
