"""The contract of a file format: what one module of `formats/` says about itself."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from engine.exchange.sheet import Limits, ReadOptions, Source
from engine.locale.text import Text


class FileFormat:
    """One kind of file that holds a table. An instance is stateless and lives as long as the process."""

    name: ClassVar[str]
    label: ClassVar[Text]
    suffixes: ClassVar[tuple[str, ...]]
    """Endings of file names, with the dot, the usual one first."""
    media_types: ClassVar[tuple[str, ...]]
    is_text: ClassVar[bool] = False
    """Has an encoding and a delimiter instead of sheets."""

    def recognises(self, path: Path, start: bytes) -> bool:
        """Whether a file that begins with `start` is of this kind; never by its name."""
        raise NotImplementedError

    def open(self, path: Path, options: ReadOptions, limits: Limits) -> Source:
        """Raises `UnreadableFile`."""
        raise NotImplementedError
