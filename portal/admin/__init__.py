"""The back office pages of what the project says of itself and of its numbers."""

from portal.admin import figures, papers
from portal.contact import admin as contact
from portal.links import admin as links

__all__ = ["contact", "figures", "links", "papers"]
