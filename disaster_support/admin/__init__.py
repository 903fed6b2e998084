"""The back office pages of disasters, of the support given, and of what is told in an emergency."""

from disaster_support.admin import emergency, support

__all__ = ["emergency", "support"]
