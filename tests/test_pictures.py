"""The pictures of the documentation: small, and each one shown or made by the tool."""

from __future__ import annotations

import struct
import zlib

from tools.pictures.__main__ import IMAGES, LOOKS
from tools.pictures.palette import SIGNATURE, reduced


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_there_is_a_picture_of_every_look_and_all_are_small() -> None:
    pictures = {path.stem: path.stat().st_size for path in IMAGES.glob("*.png")}
    assert set(pictures) == set(LOOKS) and sum(pictures.values()) < 2_500_000


def test_a_picture_of_few_colours_keeps_them_exactly() -> None:
    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = b"\0" + bytes((255, 0, 0, 0, 0, 255)) + b"\2" + bytes((0, 0, 0, 0, 9, 0))
    png = SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    small = reduced(png)
    colours = small[small.index(b"PLTE") + 4 :][:9]
    assert colours == bytes((255, 0, 0, 0, 0, 255, 0, 9, 255)) and b"\0\0\1\0\0\2" in zlib.decompress(
        small[small.index(b"IDAT") + 4 :][:-16]
    )
