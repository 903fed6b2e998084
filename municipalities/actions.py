"""Changes across tables: who belongs to an agreement."""

from django.db import transaction

from municipalities.models import AgreementMember, CooperationAgreement, Municipality
from portal.core.loading import Tally


@transaction.atomic
def derive_members(*, agreement: CooperationAgreement) -> Tally:
    """Makes the members of an agreement those that its bodies represent, from the day it was signed and still.

    Members that do not follow from the rule are removed. To be used where an agreement is loaded; what changes later
    (a merger, a municipality that leaves) is recorded by staff, member by member.
    """
    represented = Municipality.objects.represented_by(agreement.bodies.all())
    had = set(agreement.members.values_list("municipality", flat=True))
    right = agreement.members.filter(municipality__in=represented, joined_on=agreement.signed_on, left_on__isnull=True)
    agreement.members.exclude(pk__in=right).delete()
    right_codes = set(right.values_list("municipality", flat=True))
    missing = [municipality for municipality in represented if municipality.pk not in right_codes]
    AgreementMember.objects.bulk_create(
        AgreementMember(agreement=agreement, municipality=municipality, joined_on=agreement.signed_on)
        for municipality in missing
    )
    updated = sum(municipality.pk in had for municipality in missing)
    return Tally(str(AgreementMember._meta.verbose_name), len(missing) - updated, updated, len(right_codes))
