"""Which events, exhibitions, tour stops and ward projects: by time, place, kind."""

from events.querysets.event import EventQuerySet
from events.querysets.exhibition import ExhibitionQuerySet, HostingCount, TourStopQuerySet
from events.querysets.project import WardProjectQuerySet
from events.querysets.schedule import RecordQuerySet, ScheduledQuerySet
from events.querysets.venue import VenueQuerySet

__all__ = [
    "EventQuerySet",
    "ExhibitionQuerySet",
    "HostingCount",
    "RecordQuerySet",
    "ScheduledQuerySet",
    "TourStopQuerySet",
    "VenueQuerySet",
    "WardProjectQuerySet",
]
