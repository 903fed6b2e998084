"""Files as they come in: of one that no form takes nothing is kept, and its form says so."""

import tracemalloc
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest

from portal.core.receiving import LARGEST_FILE, LARGEST_REQUEST

MEGABYTE = 1024 * 1024
HEAD = (
    b'--edge\r\nContent-Disposition: form-data; name="title"\r\n\r\nbefore\r\n'
    b'--edge\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
    b"Content-Type: image/jpeg\r\n\r\n"
)
TAIL = b'\r\n--edge\r\nContent-Disposition: form-data; name="last"\r\n\r\nafter\r\n--edge--\r\n'


class Stream:
    """A request body with a file of so many bytes, of which no more is in memory than is read."""

    def __init__(self, size):
        self.parts, self.left = [BytesIO(HEAD), BytesIO(TAIL)], size
        self.length, self.given = len(HEAD) + size + len(TAIL), 0

    def read(self, wanted=-1):
        head = self.parts[0].read(wanted)
        if not head and self.left:
            head = b"\x00" * min(wanted, self.left)
            self.left -= len(head)
        head = head or self.parts[1].read(wanted)
        self.given += len(head)
        return head

    readline = read


def request_with(size):
    stream = Stream(size)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/",
            "CONTENT_TYPE": "multipart/form-data; boundary=edge",
            "CONTENT_LENGTH": str(stream.length),
            "wsgi.input": stream,
        }
    )
    return request, stream


def test_a_file_of_usual_size_comes_in_whole():
    request, _ = request_with(3 * MEGABYTE)
    assert (request.FILES["file"].size, len(request.FILES["file"].read())) == (3 * MEGABYTE, 3 * MEGABYTE)


def test_of_a_hundred_megabytes_only_the_size_is_kept_and_all_that_was_typed():
    request, _ = request_with(100 * MEGABYTE)
    tracemalloc.start()
    found = request.FILES["file"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (found.name, found.size, found.read()) == ("photo.jpg", 100 * MEGABYTE, b"")
    assert (request.POST["title"], request.POST["last"]) == ("before", "after")
    assert peak < 4 * MEGABYTE


def test_of_a_request_beyond_all_limits_nothing_is_read():
    request, stream = request_with(LARGEST_REQUEST)
    with pytest.raises(RequestDataTooBig):
        request.FILES  # noqa: B018
    assert stream.given == 0


def test_the_limit_stands_before_what_keeps_files():
    assert settings.FILE_UPLOAD_HANDLERS[0] == "portal.core.receiving.LimitingHandler"
    assert LARGEST_FILE > 20 * MEGABYTE
