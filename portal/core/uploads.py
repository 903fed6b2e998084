"""Files people upload for others to download: what they are is told from their content, not from their name."""

import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File

MAX_BYTES = 20 * 1024 * 1024

# The part that makes a zip file a document of each kind.
_OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MACROS = "vbaproject.bin"


def check_attachment(upload: File) -> None:
    """Raises ValidationError unless a file is at most 20 MB and what its name says: PDF, Office, ZIP or CSV."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError("ファイルは20MBまでです。")
    extension = PurePosixPath(upload.name or "").suffix.removeprefix(".").lower()
    upload.seek(0)
    if not _is_what_it_says(upload, extension):
        raise ValidationError(f"ファイルの中身が、拡張子（{extension or 'なし'}）と合いません。")
    upload.seek(0)


def _is_what_it_says(upload: File, extension: str) -> bool:
    if extension == "pdf":
        # What is an archive as well is more than it says.
        return upload.read(5) == b"%PDF-" and not zipfile.is_zipfile(upload)
    if extension == "csv":
        return _is_text(upload.read())
    if extension == "zip":
        return zipfile.is_zipfile(upload)
    return extension in _OFFICE_PARTS and _is_office_document(upload, _OFFICE_PARTS[extension])


def _is_office_document(upload: File, part: str) -> bool:
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    if any(name.lower().endswith(_MACROS) for name in names):
        raise ValidationError("マクロを含むファイルは登録できません。")
    return "[Content_Types].xml" in names and part in names


def _is_text(raw: bytes) -> bool:
    """Whether bytes are text in one of the two encodings that Japanese CSV files come in."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return "\x00" not in raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return False
