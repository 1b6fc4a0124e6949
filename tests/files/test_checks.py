"""A file is what its content says; each thing we do not take has a sentence of its own."""

import errno
import io
import random
import struct
import unicodedata
import zipfile
import zlib

import pytest
from PIL import Image

from tests.factories import files as made
from viche.files import checks, photographs
from viche.methods.refusals import Refused


def look(content, name="звіт.pdf", **more):
    return checks.look(io.BytesIO(content), name, **more)


def refusal(content, name="звіт.pdf", **more):
    with pytest.raises(Refused) as no:
        look(content, name, **more)
    return no.value.sentence


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (made.PDF, "a.pdf", "pdf"),
        (b"\xef\xbb\xbf\n" + made.PDF, "a.pdf", "pdf"),
        (made.PDF, "a.docx", "pdf"),
        (made.picture("JPEG"), "a.jpg", "jpg"),
        (made.picture("PNG"), "a.jpg", "png"),
        (made.picture("WEBP"), "a.webp", "webp"),
        (made.office(made.WORD), "a.docx", "docx"),
        (made.office(made.SHEET), "a.xlsx", "xlsx"),
        (made.opendocument("text"), "a.odt", "odt"),
        (made.opendocument("spreadsheet"), "a.ods", "ods"),
        ("Їжак: 5 ₴\n".encode(), "a.txt", "txt"),
        ("\ufeffгромада;сума\n".encode(), "a.csv", "csv"),
        ("громада,сума".encode(), "a.xlsx", "txt"),
        (b"MZ is how this letter begins", "a.txt", "txt"),
    ],
)
def test_content_tells_the_kind(content, name, ending):
    found = look(content, name)
    assert found.ending == ending
    assert found.content_type == checks.TYPES[ending]
    assert found.is_image == (ending in checks.PHOTOS)


def test_a_program_named_pdf_is_called_a_program():
    assert refusal(made.EXE, "звіт.pdf") == "Це програма, а не PDF. Програм не приймаємо: додайте сам документ."
    assert refusal(made.EXE, "фото.jpeg").startswith("Це програма, а не JPEG.")
    assert refusal(made.EXE, "setup.exe") == "Це програма. Програм не приймаємо: додайте документ або світлину."


@pytest.mark.parametrize("start", [b"\x7fELF\x02\x01\x01\x00", b"#!/bin/sh\n", b"\xcf\xfa\xed\xfe\x07\x00\x00\x01"])
def test_programs_of_other_systems_too(start):
    assert refusal(start + b"echo", "звіт.pdf").startswith("Це програма, а не PDF")


@pytest.mark.parametrize("content", [b"", b"\x00" * 5000, b" \r\n\t"])
def test_an_empty_file(content):
    assert refusal(content, "звіт.pdf").startswith("Файл «звіт.pdf» порожній.")


@pytest.mark.parametrize(
    ("content", "name", "beginning"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "Це документ старого зразка"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x01" * 300, "a.heic", "Це знімок у форматі HEIC"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x01" * 300, "a.mp4", "Це відео або звук"),
        (b"ID3\x03\x00\x00\x00" + b"\x01" * 300, "a.mp3", "Це відео або звук"),
        (b"Rar!\x1a\x07\x00" + b"\x01" * 300, "a.rar", "Це архів"),
        (b"7z\xbc\xaf\x27\x1c" + b"\x01" * 300, "a.7z", "Це архів"),
        (made.zipped(**{"a.txt": "x"}), "a.zip", "Це архів"),
        (made.zipped(**{"a.txt": "x"}), "a.docx", "Це архів"),
        (
            made.office("application/vnd.ms-word.document.macroEnabled.main+xml"),
            "a.docx",
            "У цьому документі є макроси",
        ),
        (made.office(made.WORD, word__vbaProject="x"), "a.docx", "У цьому документі є макроси"),
        (made.opendocument("text", Basic__Standard="x"), "a.odt", "У цьому документі є макроси"),
        (made.office("presentationml.presentation.main+xml"), "a.pptx", "Таких документів не приймаємо"),
        (made.opendocument("presentation"), "a.odp", "Таких документів не приймаємо"),
        (b"PK\x03\x04 and nothing more", "a.docx", "Файл пошкоджений"),
        (b"<!DOCTYPE html><p>hello", "a.txt", "Це вебсторінка"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "Це вебсторінка"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "a.svg", "Це вебсторінка"),
        (b"hello <script>alert(1)</script>", "a.csv", "Це вебсторінка"),
        ("Їжак".encode("cp1251"), "a.csv", "Цей текст не в кодуванні UTF-8"),
        ("Їжак".encode("utf-16"), "a.txt", "Цей текст не в кодуванні UTF-8"),
        (b"\xfd\xfe\x81\x82\x83", "a.bin", "Не вдалося впізнати цей файл"),
        (b"one\x07two", "a.txt", "Не вдалося впізнати цей файл"),
        (made.picture("GIF"), "a.gif", "Не вдалося впізнати цей файл"),
    ],
)
def test_what_is_not_taken_has_its_sentence(content, name, beginning):
    assert refusal(content, name).startswith(beginning)


def test_a_zip_of_very_many_entries_is_not_walked(monkeypatch):
    monkeypatch.setattr(checks, "MOST_ENTRIES", 2)
    assert refusal(made.office(made.WORD, a="1", b="2"), "a.docx").startswith("Це архів")


def test_a_part_that_unpacks_without_end_is_read_only_so_far():
    bomb = made.zipped(**{"[Content_Types].xml": b" " * (50 * 1024 * 1024) + made.WORD.encode()})
    assert len(bomb) < 100_000
    assert refusal(bomb, "a.docx").startswith("Таких документів не приймаємо")


def test_a_document_behind_a_password():
    locked = bytearray(made.opendocument("text"))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + offset] |= 1
    assert zipfile.ZipFile(io.BytesIO(bytes(locked))).infolist()[0].flag_bits & 1
    assert refusal(bytes(locked), "a.odt").startswith("Файл пошкоджений або захищений паролем")


def test_a_narrower_choice_names_what_it_wants():
    assert look(made.picture(), "a.jpg", accept=checks.PHOTOS).ending == "jpg"
    assert refusal(made.PDF, accept=checks.PHOTOS) == (
        "Це PDF, а тут потрібен інший файл. Можна додати: JPEG, PNG або WEBP."
    )
    assert checks.listed({"pdf"}) == "PDF"
    assert checks.listed() == "PDF, DOCX, ODT, XLSX, ODS, CSV, TXT, JPEG, PNG або WEBP"


@pytest.mark.parametrize(
    ("name", "ending", "clean"),
    [
        ("звіт.pdf", "pdf", "звіт.pdf"),
        ("звіт.docx", "pdf", "звіт.pdf"),
        ("рахунок.exe", "pdf", "рахунок.pdf"),
        ("ФОТО.JPEG", "jpg", "ФОТО.jpeg"),
        ("Звіт за 01.02", "pdf", "Звіт за 01.02.pdf"),
        ("C:\\Users\\x\\../акт\u202efdp.pdf", "pdf", "акт fdp.pdf"),
        ("a\r\nSet-Cookie: x=1.txt", "txt", "a Set-Cookie x=1.txt"),
        ("  ..  ", "png", "файл.png"),
        (".pdf", "pdf", "pdf.pdf"),
        ("й".replace("й", unicodedata.normalize("NFD", "й")) + ".txt", "txt", "й.txt"),
    ],
)
def test_names_are_cleaned(name, ending, clean):
    assert checks.clean_name(name, ending) == clean


def test_long_names_keep_their_ending():
    clean = checks.clean_name("ж" * 400 + ".pdf", "pdf")
    assert len(clean) == checks.LONGEST_NAME
    assert clean.endswith("ж.pdf")


def test_a_picture_bomb_is_told_by_its_head():
    """A PNG that says it is 60 000 by 60 000 and has a few bytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    for side in (8_000, 12_000, 60_000):
        head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        bomb = (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(b"\x00" * 100))
            + chunk(b"IEND", b"")
        )
        assert refusal(bomb, "a.png").startswith("У зображенні забагато точок: такого виду можна до ")


def test_each_format_takes_as_many_pixels_as_it_can_be_unpacked_of():
    square = {"JPEG": (8_100, 6_200), "PNG": (4_100, 4_000), "WEBP": (2_900, 2_800)}
    for kind, (width, height) in square.items():
        most = photographs.MOST_PIXELS[kind]
        assert most < width * height < most * 1.05
        over = made.picture(kind, size=(width, height))
        assert refusal(over, "a").startswith(
            f"У зображенні забагато точок: такого виду можна до {most // 1_000_000} мільйонів. Зменште"
        )
        with pytest.raises(Refused, match="забагато точок"):
            photographs.clean(io.BytesIO(over), io.BytesIO())
        look(made.picture(kind, size=(width, height * 9 // 10)), "a")


@pytest.mark.parametrize(
    ("turned", "measures", "kept"),
    [(1, (6000, 4000), (6000, 4000)), (6, (4000, 3000), (3000, 4000)), (1, (6400, 4800), (3200, 2400))],
)
def test_a_jpeg_larger_than_pages_need_is_kept_smaller(turned, measures, kept):
    out = io.BytesIO()
    assert photographs.clean(io.BytesIO(made.camera_picture(turned=turned, size=measures)), out) == kept
    with Image.open(out) as picture:
        assert (picture.format, picture.size) == ("JPEG", kept)


def test_measures_are_those_a_person_sees():
    for turned, measures in ((6, (48, 64)), (3, (64, 48))):
        picture = made.camera_picture(turned=turned, size=(64, 48))
        assert photographs.clean(io.BytesIO(picture), io.BytesIO()) == measures


def test_a_broken_picture():
    whole = made.picture("JPEG", size=(400, 300))
    with pytest.raises(Refused, match="Зображення пошкоджене"):
        photographs.clean(io.BytesIO(whole[: len(whole) // 2]), io.BytesIO())
    assert refusal(b"\x89PNG\r\n\x1a\n" + b"\x01" * 200, "a.png").startswith("Зображення пошкоджене")


CHANCE = random.Random  # the same every time; nothing secret


def noise(kind, size=(60, 45), **options):
    """A picture that does not pack, with a note on how it is turned: a file with something in every part."""
    notes = Image.Exif()
    notes[0x0112] = 6
    pixels = CHANCE(1).randbytes(size[0] * size[1] * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", size, pixels).save(out, kind, exif=notes, **options)
    return out.getvalue()


def packed(way):
    """A document whose index is packed in this way and does not pack well."""
    out = io.BytesIO()
    index = f"<Types><Override ContentType='{made.WORD}'/>{CHANCE(1).randbytes(900).hex()}</Types>"
    with zipfile.ZipFile(out, "w", way) as pack:
        pack.writestr("[Content_Types].xml", index)
    return out.getvalue()


WHOLE = {
    "jpeg": noise("JPEG"),
    "progressive": noise("JPEG", progressive=True),
    "png": noise("PNG"),
    "webp": noise("WEBP"),
    "deflate": packed(zipfile.ZIP_DEFLATED),
    "lzma": packed(zipfile.ZIP_LZMA),
    "bzip2": packed(zipfile.ZIP_BZIP2),
}


def taken(content):
    """Whether the file was taken; it is refused with a sentence, or this fails."""
    source = io.BytesIO(content)
    try:
        if checks.look(source, "файл.docx").is_image:
            photographs.clean(source, io.BytesIO())
    except Refused as no:
        return no.status != 422
    return True


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_cut_off_anywhere_is_refused_with_a_sentence(kind):
    whole = WHOLE[kind]
    assert taken(whole)
    # The last bytes of a picture say nothing but that it ends.
    assert not any(taken(whole[:cut]) for cut in range(0, len(whole) - 60, max(len(whole) // 150, 1)))


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about notes that make no sense
@pytest.mark.parametrize("kind", WHOLE)
def test_a_damaged_file_is_taken_or_refused_with_a_sentence(kind):
    chance = CHANCE(2)
    for _ in range(150):
        damaged = bytearray(WHOLE[kind])
        for _byte in range(chance.randrange(1, 6)):
            damaged[chance.randrange(2, len(damaged))] = chance.randrange(256)
        taken(bytes(damaged))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_each_way_of_packing_stumbles_in_its_own_way_and_all_are_said():
    for kind, start in (("deflate", 49), ("lzma", 51), ("bzip2", 51)):
        damaged = bytearray(WHOLE[kind])
        damaged[start : start + 40] = b"\xff" * 40
        assert refusal(bytes(damaged), "лист.docx").startswith("Файл пошкоджений")


def test_a_full_disk_is_not_said_to_be_a_broken_picture():
    class Full(io.BytesIO):
        def write(self, _piece):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        photographs.clean(io.BytesIO(made.picture("PNG")), Full())
