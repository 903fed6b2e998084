"""The back office pages of municipalities, their ties and agreements, and of what members tell of themselves."""

from municipalities.admin import members, records

__all__ = ["members", "records"]
