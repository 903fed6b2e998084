"""What the wards hold together and each by itself: events, touring exhibitions, projects."""

from events.models.event import Event, EventReport, EventRole, FormerSchedule, Speaker
from events.models.exhibition import Exhibition, TourStop
from events.models.project import WardProject
from events.models.schedule import Dated, Scheduled
from events.models.venue import Venue

__all__ = [
    "Dated",
    "Event",
    "EventReport",
    "EventRole",
    "Exhibition",
    "FormerSchedule",
    "Scheduled",
    "Speaker",
    "TourStop",
    "Venue",
    "WardProject",
]
