"""Rules by which the stops of a tour and venues are looked through. Pure functions."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from events.choices import StopState
from events.models import TourStop, Venue
from events.tour import latest_day
from portal.core.checks import Doubt
from portal.core.wareki import long_date

_YET_TO_COME = (StopState.PLANNED, StopState.ARRANGING)


def check_tour_stop(stop: TourStop, at: datetime | None = None) -> Iterator[Doubt]:
    """What is doubtful about a stop at a moment. Its exhibition must be fetched with it."""
    exhibition = stop.exhibition
    if stop.state in _YET_TO_COME and latest_day(stop, exhibition.fiscal_year) < timezone.localdate(at):
        message = f"巡回の時期は過ぎていますが、「{stop.get_state_display()}」のままです。"
        yield Doubt("stop_still_planned", "state", message)
    if stop.first_day and exhibition.first_day and stop.first_day < exhibition.first_day:
        first_day = long_date(exhibition.first_day)
        yield Doubt("period", "first_day", f"巡回の初日が、展示の初日（{first_day}）より前です。")


def check_venue(venue: Venue) -> Iterator[Doubt]:
    """What is not known of a venue; one that is online stands nowhere."""
    if not venue.is_online and venue.latitude is None:
        yield Doubt("missing_coordinates", "latitude", "緯度と経度がありません。地図やカレンダーに場所を示せません。")
