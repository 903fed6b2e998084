"""What can be asked of the lists of events and projects, in their addresses."""

from events.forms.event import CalendarFilter, EventFilter
from events.forms.project import ProjectFilter
from events.forms.record import RecordFilter

__all__ = ["CalendarFilter", "EventFilter", "ProjectFilter", "RecordFilter"]
