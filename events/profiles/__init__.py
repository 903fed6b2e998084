"""The public formats of event tables: what their columns mean, as data, and events as rows of them."""

from events.profiles.base_registry import BASE_REGISTRY
from events.profiles.recommended import RECOMMENDED
from events.profiles.record import EventRecord
from portal.core.importing.columns import Column, Kind, Profile

# A third format is a third table here. The first is the one that is given when none is asked for.
PROFILES: dict[str, Profile] = {profile.id: profile for profile in (RECOMMENDED, BASE_REGISTRY)}

__all__ = ["BASE_REGISTRY", "PROFILES", "RECOMMENDED", "Column", "EventRecord", "Kind", "Profile"]
