"""Pieces bound to one file are read back by the gzip of the standard library, which checks length and checksum."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from viche.formats import pieces


@given(some.lists(some.binary(max_size=300), max_size=12))
def test_pieces_are_read_back_as_one_text(texts):
    packed = [pieces.pack(text) for text in texts]
    assert gzip.decompress(pieces.bind(packed)) == b"".join(texts)
    assert [pieces.text(piece) for piece in packed] == texts


@given(some.lists(some.binary(min_size=1, max_size=50), min_size=2, max_size=6), some.randoms())
def test_pieces_stand_in_any_order(texts, chance):
    order = list(range(len(texts)))
    chance.shuffle(order)
    packed = [pieces.pack(text) for text in texts]
    assert gzip.decompress(pieces.bind(packed[one] for one in order)) == b"".join(texts[one] for one in order)


@pytest.mark.parametrize("size", [(1 << 16) - 1, 1 << 16, (1 << 16) + 1, 1 << 18])
def test_a_long_text_is_a_piece_too(size):
    text = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert gzip.decompress(pieces.bind([pieces.pack(b"a"), pieces.pack(text), pieces.pack(b"b")])) == b"a" + text + b"b"


def test_a_piece_looks_back_at_nothing():
    """The same text again is packed as if it stood alone, else it could not stand elsewhere."""
    text = "Бюджет участі ".encode() * 20
    piece = pieces.pack(text)
    assert piece == pieces.pack(text)
    unpacked = zlib.decompressobj(-zlib.MAX_WBITS)
    assert unpacked.decompress(piece[8:]) == text
    assert unpacked.unconsumed_tail == unpacked.unused_data == b""


def test_a_file_of_nothing_is_empty():
    assert gzip.decompress(pieces.bind([])) == b""


def test_a_changed_octet_does_not_go_unseen():
    first, second = pieces.pack(b"one"), pieces.pack(b"two")
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(pieces.bind([first, second[:4] + b"\0\0\0\0" + second[8:]]))
