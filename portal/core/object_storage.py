"""Uploaded files in a storage that speaks S3; imported only where ``MEDIA_STORAGE`` names one.

Addresses stay those of the portal, which reads the files itself: the bucket need not be open to anybody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Seconds; a page waits for one try and for one more.
PATIENCE = {"connect_timeout": 2, "read_timeout": 10, "retries": {"total_max_attempts": 2}}


class StorageSilent(OSError):
    """The storage did not answer, or refused: whoever expects a full disk expects this, too."""


@contextmanager
def _as_of_a_disk() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise StorageSilent(type(error).__name__) from error


class ObjectStorage(S3Storage):
    def __init__(self, **options: Any):
        super().__init__(client_config=Config(**PATIENCE), file_overwrite=False, **options)

    def url(self, name: str, *args: Any, **options: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    def exists(self, name: str) -> bool:
        with _as_of_a_disk():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with _as_of_a_disk():
            return int(super().size(name))

    def delete(self, name: str) -> None:
        with _as_of_a_disk():
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> File:
        """Whole, so that what fails does so here: no file is larger than a form takes."""
        with _as_of_a_disk(), super()._open(name, mode) as stored:
            return ContentFile(stored.read(), name)

    def _save(self, name: str, content: File) -> str:
        with _as_of_a_disk():
            return str(super()._save(name, content))
