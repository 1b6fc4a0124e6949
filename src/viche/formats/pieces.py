"""Texts packed one by one beforehand and bound to one gzip file (RFC 1952) without being unpacked.

Deflate (RFC 1951) is a row of blocks. A piece here ends on a whole octet and looks back at nothing before itself, so pieces
may stand after one another in any order. Only the checksum is of the whole, and CRC-32 is linear: what a text does to it
after others is what as many zeros would do, and a step of its own, which is kept with the piece.
"""

import struct
import zlib
from collections.abc import Iterable
from typing import Final

HARD: Final = 9  # a piece is packed once and sent many times
_HEAD: Final = struct.Struct("<II")  # how long the text is, and its step of the checksum
_FIRST: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # gzip of deflate, no moment, no name, any system
_LAST: Final = b"\x03\x00"  # the block that is the last; it is empty
_ZEROS: Final = memoryview(bytes(1 << 16))
_WORD: Final = 0xFFFFFFFF


def pack(text: bytes, level: int = HARD) -> bytes:
    """A piece: the length of its text, its step of the checksum, and its blocks."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    blocks = packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
    return _HEAD.pack(len(text), zlib.crc32(text) ^ zlib.crc32(_zeros(len(text)))) + blocks


def bind(pieces: Iterable[bytes]) -> bytes:
    """A gzip file of these pieces, one after another."""
    checksum = length = 0
    blocks = [_FIRST]
    for piece in pieces:
        size, step = _HEAD.unpack_from(piece)
        checksum = zlib.crc32(_zeros(size), checksum) ^ step
        length += size
        blocks.append(piece[_HEAD.size :])
    return b"".join([*blocks, _LAST, _HEAD.pack(checksum, length & _WORD)])


def text(piece: bytes) -> bytes:
    """What was packed. Raises `zlib.error` where these are no blocks."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(piece[_HEAD.size :])


def _zeros(size: int) -> memoryview:
    return _ZEROS[:size] if size <= len(_ZEROS) else memoryview(bytes(size))
