"""What authors should look at again once they have saved an event: nothing is refused or mended here."""

from events.checks.records import Surroundings, check_event, check_exhibition

__all__ = ["Surroundings", "check_event", "check_exhibition"]
