"""What is doubtful about records of support. Pure functions."""

from collections.abc import Iterator

from disaster_support.models import SupportRecord
from portal.core.checks import Doubt


def check_support_record(record: SupportRecord) -> Iterator[Doubt]:
    """Whether support is told of only after its disaster. The disaster must be fetched with it."""
    struck_on = record.disaster.first_day
    if struck_on is not None and record.as_of is not None and record.as_of < struck_on:
        yield Doubt("period", "as_of", "現在日が、災害の発生日より前です。")
