"""What was given for reconstruction, disaster by disaster: drawn, and in a table."""

import pytest

from disaster_support.choices import SupportKind
from disaster_support.models import Disaster
from disaster_support.rules import yen_by_disaster
from tests.factories.disaster_support import DisasterFactory, SupportRecordFactory

pytestmark = pytest.mark.django_db


def test_the_greatest_comes_first_and_only_one_official_kind_counts():
    flood, quake = DisasterFactory(), DisasterFactory()
    SupportRecordFactory(disaster=flood, amount_yen=3_000_000)
    SupportRecordFactory(disaster=quake, amount_yen=5_000_000)
    SupportRecordFactory(disaster=quake, amount_yen=1_000_000)
    SupportRecordFactory(disaster=quake, amount_yen=9_000_000, is_demo=True)
    SupportRecordFactory(disaster=flood, amount_yen=9_000_000, kind=SupportKind.DONATION)
    SupportRecordFactory(disaster=DisasterFactory(is_demo=True), amount_yen=9_000_000)
    DisasterFactory()

    found = yen_by_disaster(Disaster.objects.for_list(), SupportKind.RECONSTRUCTION)

    assert found == [(quake, 6_000_000), (flood, 3_000_000)]


def test_the_page_draws_the_amounts_and_prints_them(client):
    SupportRecordFactory(disaster=DisasterFactory(name="熊本地震"), amount_yen=55_000_000)
    html = client.get("/disaster-support/").content.decode()

    assert '<desc id="by-disaster-desc">熊本地震5,500万円。</desc>' in html
    assert '<data class="money" value="55000000">5,500万円</data>' in html


def test_without_amounts_there_is_no_drawing(client):
    DisasterFactory()

    assert 'id="by-disaster' not in client.get("/disaster-support/").content.decode()
