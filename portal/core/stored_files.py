"""Files in the media folder that no row needs any more."""

import logging
from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction

logger = logging.getLogger(__name__)


def remove(names: Iterable[str]) -> None:
    """Removes files. One that cannot be removed is told to the log and left: it costs room, and nothing else."""
    for name in filter(None, names):
        try:
            default_storage.delete(name)
        except OSError:
            logger.warning("A file that is no longer used could not be removed: %s", name, exc_info=True)


def remove_after_commit(names: Iterable[str]) -> None:
    """Removes files once the rows are gone for certain."""
    listed = sorted(names)
    transaction.on_commit(lambda: remove(listed))
