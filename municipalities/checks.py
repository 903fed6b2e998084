"""What is doubtful about municipalities, and about who is tied with, a member of or party to what when.

Pure functions.
"""

from collections.abc import Iterator
from datetime import date

from municipalities.models import AgreementMember, Membership, Municipality, WardTie
from portal.core.checks import Doubt
from portal.core.periods import last_day
from portal.core.wareki import long_date


def check_municipality(municipality: Municipality) -> Iterator[Doubt]:
    """What is not known of a municipality."""
    if not municipality.name_kana:
        yield Doubt("missing_reading", "name_kana", "読みがありません。五十音順の一覧や読み上げに使います。")
    if municipality.latitude is None:
        yield Doubt("missing_coordinates", "latitude", "緯度と経度がありません。")


def check_agreement_member(member: AgreementMember) -> Iterator[Doubt]:
    """Whether a member belongs to its agreement only while that holds. The agreement must be fetched with it."""
    yield from _outlives(member.municipality, member.left_on, "left_on")
    signed_on, ends_on = member.agreement.signed_on, member.agreement.ends_on
    if member.joined_on < signed_on:
        yield Doubt("period", "joined_on", f"参加日が、協定の締結日（{long_date(signed_on)}）より前です。")
    if ends_on is None:
        return
    if member.joined_on >= ends_on:
        yield Doubt("period", "joined_on", "参加日が、協定の終了日より後です。")
    elif member.left_on is not None and member.left_on > ends_on:
        yield Doubt("period", "left_on", "離脱日が、協定の終了日より後です。")


def check_tie(tie: WardTie) -> Iterator[Doubt]:
    """Whether a tie is over by the day its municipality was dissolved. The municipality must be fetched with it."""
    yield from _outlives(tie.municipality, tie.ends_on, "ends_on")


def check_membership(membership: Membership) -> Iterator[Doubt]:
    """The same of a membership."""
    yield from _outlives(membership.municipality, membership.withdrawn_on, "withdrawn_on")


def _outlives(municipality: Municipality, ends: date | None, field: str) -> Iterator[Doubt]:
    """What goes on with a municipality that is no longer there; ``ends`` is the first day after the period."""
    gone = municipality.dissolved_on
    if gone is None or (ends is not None and ends <= gone):
        return
    last = last_day(gone)
    until = f"{long_date(last)}に" if last else ""
    yield Doubt(
        "dissolved", field, f"{municipality.name}は{until}廃止されましたが、その後も続いていることになっています。"
    )
