"""The back office pages of what the project says of itself and of its numbers."""

from portal.admin import figures, papers

__all__ = ["figures", "papers"]
