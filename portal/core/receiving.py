"""Taking in what browsers send: of a file that no form takes nothing is kept, while it comes in."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

_MEGABYTE = 1024 * 1024
# More than any form takes of one file, so that each says in its own words how much it takes.
LARGEST_FILE = 25 * _MEGABYTE
# More than any form takes in all: of what says that it is longer nothing is read.
LARGEST_REQUEST = 250 * _MEGABYTE


class TooLarge(UploadedFile):
    """A file of which only the name and the size are known: it was let go as it came in."""

    def __init__(self, name: str, content_type: str, size: int):
        super().__init__(ContentFile(b""), name, content_type, size)


class LimitingHandler(FileUploadHandler):
    """The first of the handlers: those behind it see no more of a file than the limit."""

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *args: Any) -> None:
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start + len(raw_data) <= LARGEST_FILE else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size <= LARGEST_FILE:
            return None
        return TooLarge(self.file_name or "", self.content_type or "", file_size)
