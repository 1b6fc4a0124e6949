"""Files for tests: honest ones of every kind, made in memory, and one already stored."""

import io
import zipfile
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from viche.files import operations

MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def upload(content=PDF, name="звіт.pdf"):
    """A file as it comes with a form."""
    return SimpleUploadedFile(name, content)


def zipped(**entries):
    """A zip file; the names of its entries have `__` for `/` and nothing else changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in entries.items():
            pack.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def office(kind, **more):
    """A document of Microsoft's kind, as far as it can be told by its index."""
    return zipped(**{"[Content_Types].xml": f"<Types><Override ContentType='{kind}'/></Types>", **more})


def opendocument(kind, **more):
    """A document of the OpenDocument kind."""
    return zipped(**{"mimetype": f"application/vnd.oasis.opendocument.{kind}", **more})


def picture(kind="JPEG", size=(64, 48), **options):
    """A picture of two colours, the left half darker, so that one sees whether it was turned."""
    mode = options.pop("mode", "RGB")
    image = Image.new("RGB", size, "white")
    image.paste("navy", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def camera_picture(turned=6, size=(64, 48)):
    """A JPEG as a telephone makes it: lying on its side, with the place and the maker written in."""
    notes = Image.Exif()
    notes[0x0112] = turned
    notes[0x010F] = "Secret Camera Maker"
    notes.get_ifd(0x8825)[1] = "N"
    notes.get_ifd(0x8825)[2] = (50.0, 27.0, 0.0)
    return picture(size=size, exif=notes, comment=b"written by hand")


def stored(content=PDF, name="звіт.pdf", **changes):
    """A file already kept."""
    values = {"owner_kind": "calls.application", "owner_id": 7, "by_id": 3, "at": MOMENT, **changes}
    return operations.store(upload(content, name), **values)
