"""Where the content of files is kept: a port, and a folder behind it."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 256 * 1024
BEGUN = ".new-"
"""Begins the names of files that are not whole yet."""
HASH = re.compile(r"[0-9a-f]{64}")


class FileStore(Protocol):
    """Contents by their SHA-256 in hexadecimal."""

    def put(self, stream: BinaryIO) -> str:
        """Keep what the stream holds from its start; its hash. When it returns, the content is safe on the disk."""

    def path(self, content: str) -> Path:
        """A local file with the content. Raises `FileNotFoundError`."""

    def remove(self, content: str) -> None:
        """Forget a content; nothing happens when it is not there."""

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """The contents that were last put before a moment."""

    def discard_before(self, moment: datetime) -> None:
        """Forget what was begun before a moment and never became a content."""


class FolderStore:
    """Contents as files of a folder, `ab/abcd…`; a file is whole or not there at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, stream: BinaryIO) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=BEGUN, dir=self._folder)
        try:
            with os.fdopen(descriptor, "wb") as kept:
                content = _copy(stream, kept)
                kept.flush()
                os.fsync(kept.fileno())
            self._move(Path(name), content)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return content

    def path(self, content: str) -> Path:
        found = self._place(content)
        if not found.is_file():
            raise FileNotFoundError(content)
        return found

    def remove(self, content: str) -> None:
        self._place(content).unlink(missing_ok=True)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            if HASH.fullmatch(path.name) and _is_older(path, moment):
                yield path.name

    def discard_before(self, moment: datetime) -> None:
        for path in self._folder.glob(f"{BEGUN}*"):
            if _is_older(path, moment):
                path.unlink(missing_ok=True)

    def _move(self, made: Path, content: str) -> None:
        """Also over the same content: a removal that runs at the same time must not win."""
        place = self._place(content)
        place.parent.mkdir(exist_ok=True)
        os.replace(made, place)
        _sync(place.parent)

    def _place(self, content: str) -> Path:
        """No name of a person's ever becomes part of a path."""
        if not HASH.fullmatch(content):
            raise FileNotFoundError(content)
        return self._folder / content[:2] / content


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _copy(stream: BinaryIO, kept: BinaryIO) -> str:
    digest = sha256()
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        kept.write(chunk)
    return digest.hexdigest()


def _sync(folder: Path) -> None:
    """Makes a rename last through a power failure, where folders can be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
