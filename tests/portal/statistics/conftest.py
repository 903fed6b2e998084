"""The back office, for what is done with numbers there."""

from tests.admin.conftest import administrator, office

__all__ = ["administrator", "office"]
