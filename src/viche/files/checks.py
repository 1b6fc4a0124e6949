"""What a file really is, told by its content and never by its name; and the sentence for each thing we do not take."""

import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import IO, NamedTuple

import filetype
from django.utils.translation import gettext as _

from viche.files import photographs
from viche.methods.refusals import Refused

PHOTOS = frozenset({"jpg", "png", "webp"})
DOCUMENTS = frozenset({"pdf", "docx", "odt", "txt"})
TABLES = frozenset({"xlsx", "ods", "csv"})
ALL = PHOTOS | DOCUMENTS | TABLES

TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
    "csv": "text/csv",
}
# In the order in which a sentence lists them.
NAMES = {
    "pdf": "PDF",
    "docx": "DOCX",
    "odt": "ODT",
    "xlsx": "XLSX",
    "ods": "ODS",
    "csv": "CSV",
    "txt": "TXT",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
SAME_ENDING = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "text": "txt"}

HEAD = 8192
LARGEST_INDEX = 1024 * 1024
MOST_ENTRIES = 10_000
LONGEST_NAME = 120
# What unpacking raises on files that are cut off, damaged or locked, each way of packing its own.
STUMBLES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
)
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"dex\n")
PAGE_STARTS = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body")
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
PAGE_SIGNS = ("<html", "<svg", "<script", "<iframe")


class Found(NamedTuple):
    """What the content turned out to be, told by its true ending."""

    ending: str

    @property
    def content_type(self) -> str:
        """The type as HTTP names it."""
        return TYPES[self.ending]

    @property
    def is_image(self) -> bool:
        """Whether it is a photograph or a picture."""
        return self.ending in PHOTOS


def look(content: IO[bytes], name: str, *, accept: Collection[str] = ALL) -> Found:
    """Tell what the content is, or refuse it with a sentence that says what it is and what to do."""
    content.seek(0)
    head = content.read(HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise Refused(_("Файл «%(name)s» порожній. Перевірте, чи він зберігся, і додайте ще раз.") % {"name": name})
    ending = _ending(content, head, name)
    if ending not in accept:
        raise Refused(
            _("Це %(what)s, а тут потрібен інший файл. Можна додати: %(list)s.")
            % {"what": NAMES[ending], "list": listed(accept)}
        )
    if ending in PHOTOS:
        photographs.look(content)
    return Found(ending)


def listed(accept: Collection[str] = ALL) -> str:
    """Which kinds of files are taken, for a sentence or for the help of a field: «PDF, DOCX або JPEG»."""
    names = [name for ending, name in NAMES.items() if ending in accept]
    if len(names) == 1:
        return names[0]
    return _("%(some)s або %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def clean_name(name: str, ending: str) -> str:
    """The name as it may be shown and handed out: no path, no hidden characters, the true ending, not too long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    # Category C holds control characters and the marks that turn text around, by which "annfdp.exe" reads "annexe.pdf".
    name = "".join(" " if char in '<>:"|?*' or unicodedata.category(char)[0] in "CZ" else char for char in name)
    name = " ".join(name.split()).strip(". ")
    stem, claimed = _split(name)
    if _claimed(name) != ending:
        claimed = ending
    stem = stem.strip(". ")[: LONGEST_NAME - len(claimed) - 1].rstrip()
    return f"{stem or _('файл')}.{claimed}"


def _split(name: str) -> tuple[str, str]:
    """Part a name into stem and ending; "Звіт за 01.02" has none."""
    suffix = PurePosixPath(name).suffix[1:].lower()
    if suffix.isascii() and suffix.isalnum() and not suffix.isdigit() and len(suffix) <= 5:  # noqa: PLR2004
        return name[: -len(suffix) - 1], suffix
    return name, ""


def _claimed(name: str) -> str:
    """Which kind of file the name claims to be."""
    ending = _split(name)[1]
    return SAME_ENDING.get(ending, ending)


def _ending(content: IO[bytes], head: bytes, name: str) -> str:
    """The true ending of the content, or the refusal of what we do not take."""
    # A letter may begin with "MZ" too, but only a program goes on with zeros.
    if head.startswith(b"#!") or (head.startswith(PROGRAM_STARTS) and b"\x00" in head):
        raise Refused(_program(name))
    if b"%PDF-" in head[:1024]:
        return "pdf"
    guess = filetype.guess(head)
    kind = guess.extension if guess else ""
    if kind in PHOTOS:
        return kind
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(content)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("Це документ старого зразка (DOC, XLS, PPT). Збережіть його як DOCX, XLSX або PDF."))
    if kind in {"heic", "avif"}:
        raise Refused(_("Це знімок у форматі HEIC або AVIF. Збережіть його як JPEG і додайте ще раз."))
    if guess and guess.mime.startswith(("video/", "audio/")):
        raise Refused(_("Це відео або звук. Викладіть запис в інтернеті й додайте посилання на нього."))
    if guess and kind in {"zip", "rar", "7z", "gz", "tar", "bz2", "xz"}:
        raise Refused(_archive())
    return _as_text(content, name)


def _program(name: str) -> str:
    claimed = _claimed(name)
    if claimed in NAMES:
        return _("Це програма, а не %(what)s. Програм не приймаємо: додайте сам документ.") % {"what": NAMES[claimed]}
    return _("Це програма. Програм не приймаємо: додайте документ або світлину.")


def _archive() -> str:
    return _("Це архів. Додайте файли з нього по одному.")


def _macros() -> str:
    return _(
        "У цьому документі є макроси, тобто програма. Збережіть його без макросів: як DOCX, XLSX, ODT, ODS або PDF."
    )


def _inside_zip(content: IO[bytes]) -> str:
    """Tell an office document by the parts it is packed of."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as pack:
            entries = {entry.filename: entry for entry in pack.infolist()}
            if len(entries) > MOST_ENTRIES:
                raise Refused(_archive())
            if "[Content_Types].xml" in entries:
                return _microsoft(entries, _small(pack, entries["[Content_Types].xml"]))
            if "mimetype" in entries:
                return _opendocument(entries, _small(pack, entries["mimetype"]))
    except STUMBLES as broken:
        raise Refused(_("Файл пошкоджений або захищений паролем, його не вдається відкрити.")) from broken
    raise Refused(_archive())


def _small(pack: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """The text of a part that is small in every honest document, read no further than that."""
    with pack.open(entry) as part:
        return part.read(LARGEST_INDEX).decode("utf-8", errors="replace")


def _microsoft(entries: Collection[str], index: str) -> str:
    if "macroEnabled" in index or "vbaProject" in index or any("vbaproject" in name.lower() for name in entries):
        raise Refused(_macros())
    if "wordprocessingml.document.main+xml" in index:
        return "docx"
    if "spreadsheetml.sheet.main+xml" in index:
        return "xlsx"
    raise Refused(_presentation())


def _opendocument(entries: Collection[str], kind: str) -> str:
    if any(name.startswith(("Basic/", "Scripts/")) for name in entries):
        raise Refused(_macros())
    for ending in ("odt", "ods"):
        if kind.strip() == TYPES[ending]:
            return ending
    raise Refused(_presentation())


def _presentation() -> str:
    return _("Таких документів не приймаємо. Презентацію чи малюнок збережіть як PDF.")


def _as_text(content: IO[bytes], name: str) -> str:
    """Take plain text in UTF-8; refuse pages, pictures in SVG, and whatever we cannot name."""
    content.seek(0)
    claimed = _claimed(name)
    try:
        text = content.read().decode("utf-8-sig")
    except UnicodeDecodeError as other:
        if claimed in {"txt", "csv"}:
            raise Refused(_("Цей текст не в кодуванні UTF-8. Збережіть його в UTF-8 і додайте ще раз.")) from other
        raise Refused(_unknown()) from other
    start = text[:HEAD].lstrip().lower()
    if start.startswith(PAGE_STARTS) or any(sign in start for sign in PAGE_SIGNS):
        raise Refused(_("Це вебсторінка або малюнок SVG. Збережіть її як PDF, а малюнок як PNG."))
    if HIDDEN.search(text):
        raise Refused(_unknown())
    return "csv" if claimed == "csv" else "txt"


def _unknown() -> str:
    return _("Не вдалося впізнати цей файл. Можна додати: %(list)s.") % {"list": listed()}
