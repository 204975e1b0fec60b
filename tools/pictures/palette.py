"""A PNG with at most 256 colours, a third the size: the usual ones stay exact, a rare one becomes its nearest."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Colour = tuple[int, ...]


def reduced(png: bytes) -> bytes:
    """The same picture with a palette. Takes what a browser makes: 8 bits for each of RGB or RGBA, not interlaced."""
    chunks = list(_chunks(png))
    width, height, _, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    step = {2: 3, 6: 4}[kind]
    lines = list(
        _lines(zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT")), width * step, step)
    )
    rows = [list(zip(line[0::step], line[1::step], line[2::step], strict=True)) for line in lines]
    palette, places = _palette(Counter(colour for row in rows for colour in row))
    data = b"".join(b"\0" + bytes(places[colour] for colour in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in parts)


def _palette(used: Counter[Colour]) -> tuple[list[Colour], dict[Colour, int]]:
    """Of colours that look alike the most used one, so that a small coloured icon keeps its own."""
    alike: dict[Colour, list[Colour]] = {}
    for colour, _ in sorted(used.items(), key=lambda item: (-item[1], item[0])):
        alike.setdefault(tuple(part >> 4 for part in colour), []).append(colour)
    groups = sorted(alike.values(), key=lambda group: -sum(used[colour] for colour in group))
    chosen = [group[0] for group in groups[:200]]
    rest = sorted(used.keys() - set(chosen), key=lambda colour: (-used[colour], colour))
    palette = [*chosen, *rest][:256]
    places = {colour: place for place, colour in enumerate(palette)}
    for colour in used.keys() - places.keys():
        places[colour] = min(range(len(palette)), key=lambda place: _distance(palette[place], colour))
    return palette, places


def _distance(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _lines(data: bytes, size: int, step: int) -> Iterator[bytearray]:
    """The rows of pixels, their filters undone (PNG specification, 9.2)."""
    above = bytearray(size)
    for start in range(0, len(data), size + 1):
        line = bytearray(data[start + 1 : start + 1 + size])
        match data[start]:
            case 1:
                for i in range(step, size):
                    line[i] = (line[i] + line[i - step]) & 255
            case 2:
                line = bytearray((a + b) & 255 for a, b in zip(line, above, strict=True))
            case 3:
                for i in range(size):
                    line[i] = (line[i] + ((line[i - step] if i >= step else 0) + above[i]) // 2) & 255
            case 4:
                for i in range(size):
                    left, corner = (line[i - step], above[i - step]) if i >= step else (0, 0)
                    line[i] = (line[i] + _nearest(left, above[i], corner)) & 255
        yield line
        above = line


def _nearest(left: int, up: int, corner: int) -> int:
    """The Paeth predictor."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))
