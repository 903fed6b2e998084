"""Which events, exhibitions, tour stops and ward projects: by time, place, kind."""

from events.querysets.event import EventQuerySet
from events.querysets.exhibition import ExhibitionQuerySet, HostingCount, TourStopQuerySet
from events.querysets.project import WardProjectQuerySet
from events.querysets.schedule import RecordQuerySet, ScheduledQuerySet

__all__ = [
    "EventQuerySet",
    "ExhibitionQuerySet",
    "HostingCount",
    "RecordQuerySet",
    "ScheduledQuerySet",
    "TourStopQuerySet",
    "WardProjectQuerySet",
]
