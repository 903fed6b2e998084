"""Support that is told of before its disaster."""

from datetime import date

import pytest

from disaster_support.checks import check_support_record
from disaster_support.models import Disaster, SupportRecord


@pytest.mark.parametrize(
    ("struck_on", "as_of", "found"),
    [
        (date(2018, 9, 6), date(2018, 9, 5), [("period", "as_of", "現在日が、災害の発生日より前です。")]),
        (date(2018, 9, 6), date(2018, 9, 6), []),
        (None, date(2018, 9, 5), []),
        (date(2018, 9, 6), None, []),
    ],
)
def test_support_follows_its_disaster(struck_on, as_of, found):
    record = SupportRecord(disaster=Disaster(name="地震", first_day=struck_on), as_of=as_of)

    assert [(doubt.code, doubt.field, doubt.message) for doubt in check_support_record(record)] == found
