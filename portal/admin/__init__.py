"""The back office pages of what the project says of itself and of its numbers."""

from portal.admin import figures, papers
from portal.contact import admin as contact
from portal.links import admin as links
from portal.members.applications import admin as applications
from portal.members.area import admin as members
from portal.search import admin as search

__all__ = ["applications", "contact", "figures", "links", "members", "papers", "search"]
