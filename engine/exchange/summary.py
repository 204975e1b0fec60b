"""What is in the columns of a file, read once: examples, how full each is, and its different texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from engine.exchange.cell_text import cell_text
from engine.exchange.sheet import ReadOptions, Sheet

LOOKED_AT = 20_000
"""Rows that are read; a text that comes later is found by the check."""
EXAMPLES = 3
MOST_VALUES = 200
"""A column with more different texts is no list of choices."""
LONGEST = 120
"""Characters of a text that are kept."""
REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """`values` are the different texts with how many rows have each, the commonest first; none when there are many."""

    title: str
    filled: bool = False
    examples: tuple[str, ...] = ()
    values: tuple[tuple[str, int], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Different texts to judge it by."""
        return tuple(text for text, _ in self.values) or self.examples


Summary = tuple[ColumnSummary, ...]


class Summaries:
    """Those of the files people work on."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ReadOptions], Summary] = {}
        self._guard = Lock()

    def of(self, content: str, options: ReadOptions, sheet: Sheet) -> Summary:
        """Of the file with this hash, read in this way. Raises `UnreadableFile`."""
        key = (content, options)
        if key in self._known:
            return self._known[key]
        found = summarise(sheet)
        with self._guard:
            while len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[key] = found
        return found


def summarise(sheet: Sheet) -> Summary:
    """Raises `UnreadableFile`."""
    counts: list[dict[str, int]] = [{} for _ in sheet.header]
    for row in islice(sheet.rows(), LOOKED_AT):
        for texts, cell in zip(counts, row.cells, strict=True):
            if cell is not None and len(texts) <= MOST_VALUES:
                text = cell_text(cell)[:LONGEST]
                texts[text] = texts.get(text, 0) + 1
    return tuple(_summary(sheet.title(place), texts) for place, texts in enumerate(counts))


def _summary(title: str, texts: Mapping[str, int]) -> ColumnSummary:
    values = sorted(texts.items(), key=lambda item: -item[1]) if len(texts) <= MOST_VALUES else ()
    return ColumnSummary(title, bool(texts), tuple(texts)[:EXAMPLES], tuple(values))
