"""What the checks of every app share: what a doubt is, and what texts give away. Nothing is refused or mended here."""

from portal.core.checks.doubt import Doubt
from portal.core.checks.texts import doubts_in, doubts_in_texts

__all__ = ["Doubt", "doubts_in", "doubts_in_texts"]
