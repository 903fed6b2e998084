"""The back office pages of people, sources, pictures, files and contacts, and what the other apps build theirs on."""

from portal.core.admin import approval, audit, library, mail, people, records

__all__ = ["approval", "audit", "library", "mail", "people", "records"]
