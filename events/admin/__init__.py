"""The back office pages of events, exhibitions and projects."""

from events.admin import event, exhibition, project, venue

__all__ = ["event", "exhibition", "project", "venue"]
