"""What is doubtful about municipalities and about who belongs to an agreement when. Pure functions.

There is no rule yet for what is tied with, a member of or party to something as a municipality that no longer exists:
nothing here records that one was merged or renamed (``MunicipalitySuccession`` of the design).
"""

from collections.abc import Iterator

from municipalities.models import AgreementMember, Municipality
from portal.core.checks import Doubt
from portal.core.wareki import long_date


def check_municipality(municipality: Municipality) -> Iterator[Doubt]:
    """What is not known of a municipality."""
    if not municipality.name_kana:
        yield Doubt("missing_reading", "name_kana", "読みがありません。五十音順の一覧や読み上げに使います。")
    if municipality.latitude is None:
        yield Doubt("missing_coordinates", "latitude", "緯度と経度がありません。")


def check_agreement_member(member: AgreementMember) -> Iterator[Doubt]:
    """Whether a member belongs to its agreement only while that holds. The agreement must be fetched with it."""
    signed_on, ends_on = member.agreement.signed_on, member.agreement.ends_on
    if member.joined_on < signed_on:
        yield Doubt("period", "joined_on", f"参加日が、協定の締結日（{long_date(signed_on)}）より前です。")
    if ends_on is None:
        return
    if member.joined_on >= ends_on:
        yield Doubt("period", "joined_on", "参加日が、協定の終了日より後です。")
    elif member.left_on is not None and member.left_on > ends_on:
        yield Doubt("period", "left_on", "離脱日が、協定の終了日より後です。")
