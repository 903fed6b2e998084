"""The files of the media library: written before the row that names them is saved."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from PIL import Image as Picture

from portal.core.images import in_srgb
from portal.core.library import Image, Uploaded
from portal.core.stored_files import remove

QUALITY = 80


def write_upload(row: Uploaded) -> None:
    """Writes the file that was given to a row, under a random name. Raises OSError; then nothing is left behind."""
    given = row.file
    if not given._committed:
        name = given.field.generate_filename(row, given.name)
        _write(given.storage, [(name, given.file)])
        row.file = name


def write_image(image: Image) -> None:
    """Writes the file that was given to a picture, and its sizes. Raises OSError; then nothing is left behind."""
    before = str(image.file)
    write_upload(image)
    try:
        write_sizes(image)
    except BaseException:
        remove({str(image.file)} - {before})
        raise


def write_sizes(image: Image) -> None:
    """Makes the files of a picture's crop under new names: what was fetched under the old ones may be kept for good.

    Raises OSError, also where what is stored is no picture any more; then nothing is left behind, nor changed.
    """
    former, image.sizes_key = image.sizes_key, uuid4().hex
    try:
        with image.file.storage.open(str(image.file)) as stored, Picture.open(stored) as opened:
            _write(image.file.storage, _made_of(in_srgb(opened), image))
    except BaseException as error:
        image.sizes_key = former
        if isinstance(error, SyntaxError | ValueError):
            # Pillow's words for what is broken.
            raise OSError(str(error)) from error
        raise


def _made_of(picture: Picture.Image, image: Image) -> Iterator[tuple[str, File]]:
    for size in [*image.sizes, *image.card_sizes]:
        left, top, width, height = size.box
        edges = (left, top, left + width, top + height)
        made = picture.resize((size.width, size.height), Picture.Resampling.LANCZOS, edges, reducing_gap=3.0)
        yield size.name, ContentFile(_as_webp(made))


def _as_webp(picture: Any) -> bytes:
    written = BytesIO()
    picture.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def _write(storage: Storage, files: Iterable[tuple[str, File]]) -> None:
    """Writes all files or none: what a full disk holds by half is removed."""
    names: list[str] = []
    try:
        for name, content in files:
            names.append(name)
            storage.save(name, content)
    except BaseException:
        remove(names)
        raise
