"""The back office pages of people, sources, pictures, files and contacts, and what the other apps build theirs on."""

from portal.core.admin import library, people, records

__all__ = ["library", "people", "records"]
