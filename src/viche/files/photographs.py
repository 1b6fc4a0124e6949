"""Photographs: their measures, cleaning them of what a camera writes beside the picture, and smaller copies."""

import errno
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from viche.methods.refusals import Refused

# How many pixels are taken, by format. A JPEG can be unpacked at a smaller scale; the others take four bytes a pixel,
# and WEBP several times that while it is packed again.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 16_000_000, "WEBP": 8_000_000}
# How many pixels of a JPEG are held at once; turning it holds them twice.
AT_ONCE = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
TURNED_TAG = 0x0112
# What Pillow raises on files that are cut off or damaged, found by damaging thousands of them.
STUMBLES = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EIO}


def look(content: IO[bytes]) -> None:
    """Refuse, by the head of the file alone, what is no picture or has more pixels than we take."""
    content.seek(0)
    with _opened(content) as picture:
        _require_few_pixels(picture)


def clean(content: IO[bytes], target: IO[bytes]) -> tuple[int, int]:
    """Write the picture upright and without EXIF, GPS, XMP, comments or thumbnails; only its colour profile stays.

    A JPEG that stands upright already keeps its own quality; anything else is written anew at quality 90. One that is
    larger than any page needs is kept at half its width or less. Returns width and height, as a person sees them.
    """
    content.seek(0)
    with _opened(content) as picture, _reading():
        _require_few_pixels(picture)
        # Some telephones write JPEG with a second picture inside, which Pillow calls MPO.
        kind = "JPEG" if picture.format == "MPO" else picture.format
        profile = _profile(picture)
        if kind == "JPEG":
            _scale_down(picture)
        picture.load()
        turned = picture.getexif().get(TURNED_TAG, 1) != 1
        upright = ImageOps.exif_transpose(picture) if turned else picture
        quality = "keep" if picture.format == "JPEG" and not turned else 90
        upright.info = {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}
        upright.save(target, kind, icc_profile=profile, exif=b"", **({} if kind == "PNG" else {"quality": quality}))
        return upright.size


def write_copy(source: Path, target: Path, size: int) -> None:
    """Write a copy whose longer side is at most `size` pixels, as WEBP, so that a half-written one is never seen."""
    half_written = target.with_name(target.name + ".part")
    with _opened(source) as picture:
        # A JPEG is read at the nearest coarser scale, which takes a fraction of the time and memory.
        picture.draft("RGB", (size * 3 // 2, size * 3 // 2))
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        small = picture if picture.mode == mode else picture.convert(mode)
        small.thumbnail((size, size), Image.Resampling.LANCZOS)
        small.save(half_written, "WEBP", quality=80, method=4, icc_profile=picture.info.get("icc_profile"))
    half_written.replace(target)


def cover(source: Path, width: int, height: int) -> bytes:
    """The middle of a picture, a little above it, in just these measures and without its transparency, as JPEG."""
    with _opened(source) as picture:
        whole = picture.convert("RGBA")
    ground = Image.new("RGB", whole.size, "white")
    ground.paste(whole, mask=whole)
    target = io.BytesIO()
    ImageOps.fit(ground, (width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.4)).save(
        target, "JPEG", quality=85, progressive=True
    )
    return target.getvalue()


def _profile(picture: Image.Image) -> bytes | None:
    """The colour profile, where it is one: any bytes at all may lie in its place."""
    profile = picture.info.get("icc_profile")
    try:
        ImageCms.ImageCmsProfile(io.BytesIO(profile or b""))
    except (OSError, ValueError, TypeError):
        return None
    return profile


def _scale_down(picture: Image.Image) -> None:
    """Let a JPEG be unpacked at a half, a quarter or an eighth, so that no picture takes more memory than the others."""
    held = picture.width * picture.height * (1 if picture.getexif().get(TURNED_TAG, 1) == 1 else 2)
    scale = 1
    while held > AT_ONCE * scale**2:
        scale *= 2
    if scale > 1:
        picture.draft(None, (picture.width // scale, picture.height // scale))


def _opened(content: IO[bytes] | Path) -> Image.Image:
    """Read the head of the picture; nothing is unpacked yet."""
    with _reading(), warnings.catch_warnings():
        # Our own bound below is stricter than the warning.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(content, formats=FORMATS)


def _require_few_pixels(picture: Image.Image) -> None:
    most = MOST_PIXELS[picture.format or ""]
    if picture.width * picture.height > most:
        raise Refused(_too_many_pixels(most))


@contextmanager
def _reading() -> Iterator[None]:
    """Say in a sentence that the picture is broken, whatever its reader stumbles over; a full disk is no such thing."""
    try:
        yield
    except Image.DecompressionBombError as bomb:
        raise Refused(_too_many_pixels(min(MOST_PIXELS.values()))) from bomb
    except STUMBLES as broken:
        if isinstance(broken, OSError) and broken.errno in FULL:
            raise
        raise Refused(_broken()) from broken


def _broken() -> str:
    return _("Зображення пошкоджене, його не вдається відкрити. Додайте іншу копію.")


def _too_many_pixels(most: int) -> str:
    return _(
        "У зображенні забагато точок: такого виду можна до %(limit)s мільйонів. "
        "Зменште його або збережіть як JPEG і додайте ще раз."
    ) % {"limit": most // 1_000_000}
