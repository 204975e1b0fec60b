"""The door to files that hold tables: which format a file has, by what is in it, and its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from engine.exchange.file_format import FileFormat
from engine.exchange.sheet import Limits, ReadOptions, Sheet, sheet_of
from engine.exchange.unreadable import UnreadableFile
from engine.exchange.workbooks import OLE, ZIP
from engine.language.discovery import registry

START = 8192
"""Bytes that tell a format."""
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")


@cache
def formats() -> Mapping[str, FileFormat]:
    """Every format, by name; the text format last, as nearly anything is a text."""
    found = registry("engine.exchange.formats", FileFormat)
    return {item.name: item for item in sorted(found.values(), key=lambda item: item.is_text)}


def suffixes() -> tuple[str, ...]:
    """The endings of file names that may hold a table."""
    return tuple(suffix for item in formats().values() for suffix in item.suffixes)


def read(path: Path, options: ReadOptions = ReadOptions(), limits: Limits = Limits()) -> Sheet:
    """The table in a file, whatever its name is. Raises `UnreadableFile`."""
    found = format_of(path, limits)
    return sheet_of(found.name, found.open(path, options, limits), options, limits)


def sheets(path: Path, limits: Limits = Limits()) -> tuple[str, ...]:
    """The names of the sheets of a workbook; none for a text. Raises `UnreadableFile`."""
    found = format_of(path, limits)
    return found.open(path, ReadOptions(), limits).sheets


def format_of(path: Path, limits: Limits = Limits()) -> FileFormat:
    """Raises `UnreadableFile`."""
    size = path.stat().st_size
    if size > limits.bytes:
        raise UnreadableFile("too_large", limit=limits.bytes // 1024**2)
    with path.open("rb") as stream:
        start = stream.read(START)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UnreadableFile("empty")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise UnreadableFile("markup")
    found = next((item for item in formats().values() if item.recognises(path, start)), None)
    if found is None:
        raise UnreadableFile("broken" if start.startswith((ZIP, OLE)) else "binary")
    return found
