"""Constraints that speak of municipalities."""

from django.db.models import CheckConstraint, Q

from municipalities.rules import FIRST_WARD_CODE, LAST_WARD_CODE


def ward_code(field: str, message: str) -> CheckConstraint:
    """The column holds the code of a special ward, or nothing: no other table is needed to know one."""
    is_ward = Q(**{f"{field}_id__gte": FIRST_WARD_CODE, f"{field}_id__lte": LAST_WARD_CODE})
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_code",
        condition=Q(**{f"{field}__isnull": True}) | is_ward,
        violation_error_message=message,
    )
