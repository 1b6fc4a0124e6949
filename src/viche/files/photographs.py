"""Photographs: their measures, cleaning them of what a camera writes beside the picture, and smaller copies."""

import warnings
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from viche.methods.refusals import Refused

MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
TURNED_TAG = 0x0112
# The orientations that lie on their side.
SIDEWAYS = {5, 6, 7, 8}


def measure(content: IO[bytes]) -> tuple[int, int]:
    """Width and height in pixels as a person sees it, told by the head of the file; refuses bombs and broken files."""
    content.seek(0)
    with _opened(content) as picture:
        width, height = picture.size
        if picture.getexif().get(TURNED_TAG) in SIDEWAYS:
            return height, width
        return width, height


def clean(content: IO[bytes], target: IO[bytes]) -> None:
    """Write the picture upright and without EXIF, GPS, XMP, comments or thumbnails; only its colour profile stays.

    A JPEG that stands upright already keeps its own quality; anything else is written anew at quality 90.
    """
    content.seek(0)
    with _opened(content) as picture:
        # Some telephones write JPEG with a second picture inside, which Pillow calls MPO.
        kind = "JPEG" if picture.format == "MPO" else picture.format
        profile = picture.info.get("icc_profile")
        turned = picture.getexif().get(TURNED_TAG, 1) != 1
        try:
            picture.load()
            upright = ImageOps.exif_transpose(picture) if turned else picture
        except (OSError, SyntaxError, ValueError) as broken:
            raise Refused(_broken()) from broken
        quality = "keep" if picture.format == "JPEG" and not turned else 90
        upright.info = {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}
        upright.save(target, kind, icc_profile=profile, exif=b"", **({} if kind == "PNG" else {"quality": quality}))


def write_copy(source: Path, target: Path, size: int) -> None:
    """Write a copy whose longer side is at most `size` pixels, as WEBP, so that a half-written one is never seen."""
    half_written = target.with_name(target.name + ".part")
    with _opened(source) as picture:
        # A JPEG is read at the nearest coarser scale, which takes a fraction of the time and memory.
        picture.draft("RGB", (size * 2, size * 2))
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        small = picture.convert(mode)
        small.thumbnail((size, size), Image.Resampling.LANCZOS)
        small.save(half_written, "WEBP", quality=80, method=4, icc_profile=picture.info.get("icc_profile"))
    half_written.replace(target)


def _opened(content: IO[bytes] | Path) -> Image.Image:
    """Read the head of the picture; nothing is unpacked before its measures are known to be sane."""
    try:
        with warnings.catch_warnings():
            # Our own bound below is stricter than the warning.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(content, formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise Refused(_too_many_pixels()) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise Refused(_broken()) from broken
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise Refused(_too_many_pixels())
    return picture


def _broken() -> str:
    return _("Зображення пошкоджене, його не вдається відкрити. Додайте іншу копію.")


def _too_many_pixels() -> str:
    return _("У зображенні забагато точок: можна до %(limit)s мільйонів. Зменште його й додайте ще раз.") % {
        "limit": MOST_PIXELS // 1_000_000
    }
