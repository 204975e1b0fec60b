"""The contract of a file format that is written: what one module of `writers/` says about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from engine.exchange.export_columns import ExportColumn
from engine.language.discovery import registry
from engine.locale.text import Text
from engine.records.model import Row

ENCODINGS = ("utf-8", "gb18030")
"""Of texts, the usual one first."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a file. `pages` are read once, one after the other."""

    title: str
    headers: tuple[str, ...]
    columns: tuple[ExportColumn, ...]
    pages: Iterable[Sequence[Row]]
    encoding: str = ""


class Writer(ABC):
    """Stateless; its name is the word people choose it by, and the ending of its files."""

    name: ClassVar[str]
    label: ClassVar[Text]
    help: ClassVar[Text]
    media_type: ClassVar[str]
    order: ClassVar[int]
    """Where it stands among the others."""
    encodings: ClassVar[tuple[str, ...]] = ()
    """Those that can be chosen."""

    @abstractmethod
    def pieces(self, contents: Contents) -> Iterator[bytes]:
        """The file from its beginning to its end; a page of records is held in memory at a time."""


@lru_cache(maxsize=1)
def writers() -> Mapping[str, Writer]:
    """Every format by its word, the one most people want first."""
    found = registry("engine.exchange.writers", Writer)  # type: ignore[type-abstract]
    return dict(sorted(found.items(), key=lambda item: item[1].order))
