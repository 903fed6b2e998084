"""Two readers of PDF that are not ours: poppler and qpdf."""

import os
import shutil
import subprocess

import pytest

from portal.statistics import pdf

PROGRAMS = ("pdfinfo", "pdftotext", "pdffonts", "qpdf")


def need_pdf() -> None:
    """Skips the test where WeasyPrint or a reader is missing; fails it where REQUIRE_PDF=1 says they must be there."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if pdf.typesetter() is None:
        missing.append("WeasyPrint")
    if missing:
        reason = f"Not here: {', '.join(missing)}. On Debian: apt-get install libpango-1.0-0 poppler-utils qpdf."
        pytest.fail(reason) if os.environ.get("REQUIRE_PDF") == "1" else pytest.skip(reason)


def read(program: str, *arguments: str, content: bytes, folder) -> str:
    """What a reader says of a PDF, with its warnings."""
    file = folder / "document.pdf"
    file.write_bytes(content)
    done = subprocess.run(
        [program, *(argument.replace("FILE", str(file)) for argument in arguments)],
        capture_output=True,
        text=True,
        errors="replace",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def plain_objects(content: bytes, folder) -> str:
    """What a PDF is made of, nothing of it compressed."""
    return read("qpdf", "--qdf", "--object-streams=disable", "FILE", "-", content=content, folder=folder)
