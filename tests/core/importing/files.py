"""Files as town halls send them, in memory: CSV in several encodings, workbooks, and hostile ones."""

import csv
import io
import struct
import zipfile
import zlib

import openpyxl


def csv_file(header, *rows, encoding="utf-8-sig", delimiter=",", line_end="\r\n", above=()):
    """A text file; a row may be a dict by header or a list of cells."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([*above, header, *(_cells(header, row, "") for row in rows)])
    return io.BytesIO(text.getvalue().encode(encoding))


def workbook(header, *rows, above=(), title="一覧", before=None):
    """A workbook; cells keep the types they are given. ``before`` is the name of an empty sheet that comes first."""
    book = openpyxl.Workbook()
    sheet = book.active
    if before:
        sheet.title = before
        sheet = book.create_sheet()
    sheet.title = title
    for row in [*above, header, *(_cells(header, row, None) for row in rows)]:
        sheet.append(list(row))
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    return target


def _cells(header, row, empty):
    return [row.get(name, empty) for name in header] if isinstance(row, dict) else row


def with_parts(source, **parts):
    """A workbook of which some parts are others, or more; ``__`` stands for ``/`` and ``_xml`` for ``.xml``."""
    replaced = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    target.seek(0)
    return target


def telling_a_smaller_size(source, name):
    """A workbook whose directory says that a part is 100 bytes long, with the checksum of those 100 bytes."""
    with zipfile.ZipFile(source) as archive:
        checksum = zlib.crc32(archive.read(name)[:100])
    raw = bytearray(source.getvalue())
    place = raw.index(b"PK\x01\x02")
    while raw[place + 46 : place + 46 + len(name)] != name.encode():
        place = raw.index(b"PK\x01\x02", place + 4)
    raw[place + 16 : place + 20] = struct.pack("<L", checksum)
    raw[place + 24 : place + 28] = struct.pack("<L", 100)
    return io.BytesIO(bytes(raw))
