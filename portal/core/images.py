"""Pictures people upload: read, checked and written anew, so that nothing but the picture is kept."""

import zipfile
from contextlib import suppress
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2400
QUALITY = 85

_HEAD = 1024
_OTHER_KINDS = (b"%pdf-", b"<!doctype", b"<html", b"<script", b"<svg", b"<?php")
_NOT_A_PICTURE = "画像として読めません。JPEG、PNG、WebP、AVIF、GIFの画像を選んでください。"


def normalise(upload: File) -> ContentFile:
    """The picture of an upload as WebP: upright, in sRGB, at most 2,400 pixels long, without metadata.

    The type is told from the content, the name is random. Of moving pictures the first frame is kept.
    Raises ValidationError for anything over 20 MB or 40 megapixels, and for what is no picture or more than one.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError("画像は20MBまでです。")
    upload.seek(0)
    raw = upload.read()
    if _is_something_else_too(raw):
        raise ValidationError(_NOT_A_PICTURE)
    try:
        picture = _decode(raw)
    except Image.DecompressionBombError as error:
        raise ValidationError(_too_large()) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(_NOT_A_PICTURE) from error
    written = BytesIO()
    picture.save(written, "WEBP", quality=QUALITY)
    return ContentFile(written.getvalue(), name=f"{uuid4().hex}.webp")


def _is_something_else_too(raw: bytes) -> bool:
    """Whether a file is also an archive, a PDF or a page, whatever else it may be."""
    head = raw[:_HEAD].lower()
    return any(mark in head for mark in _OTHER_KINDS) or zipfile.is_zipfile(BytesIO(raw))


def _decode(raw: bytes) -> Image.Image:
    with Image.open(BytesIO(raw), formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValidationError(_too_large())
        # JPEG can be read at a half, a quarter, an eighth: what is scaled down anyway needs less memory.
        opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        picture = in_srgb(ImageOps.exif_transpose(opened))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def in_srgb(picture: Image.Image) -> Image.Image:
    """A new picture with the same colours, whose colour profile and metadata are gone."""
    profile = picture.info.get("icc_profile")
    converted: Image.Image | None = None
    if profile and picture.mode in ("RGB", "CMYK"):
        # A broken profile says nothing about the colours.
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if converted is None:
        converted = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    converted.info = {}
    return converted


def _too_large() -> str:
    return "画像は4,000万画素までです。小さくしてから選び直してください。"
