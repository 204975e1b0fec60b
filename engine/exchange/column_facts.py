"""What is seen of a column while a sheet is read once: how full it is, which values it has, a sample of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.exchange.cell_text import cell_text
from engine.exchange.sheet import Cell, Percentage, Sheet

SAMPLE = 500
DISTINCT = 300
"""Values that are counted one by one."""
KEYS = 50_000
"""Values that are remembered to look for in other sheets."""


@dataclass(slots=True)
class Facts:
    position: int
    header: str
    rows: int = 0
    filled: int = 0
    longest: int = 0
    several_lines: bool = False
    sample: list[Cell] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """How often each value is there; the first `DISTINCT` of them."""
    keys: set[str] = field(default_factory=set)
    repeated: bool = False

    def add(self, cell: Cell) -> None:
        self.rows += 1
        if cell is None:
            return
        text = written(cell)
        self.filled += 1
        self.longest = max(self.longest, len(text))
        self.several_lines = self.several_lines or "\n" in text
        if len(self.sample) < SAMPLE:
            self.sample.append(cell)
        if text in self.counts or len(self.counts) < DISTINCT:
            self.counts[text] = self.counts.get(text, 0) + 1
        key = text.casefold()
        self.repeated = self.repeated or key in self.keys
        if len(self.keys) < KEYS:
            self.keys.add(key)

    @property
    def distinct(self) -> int:
        """Exact up to `DISTINCT`."""
        return len(self.counts)

    @property
    def unique(self) -> bool:
        """Whether no value is there twice and none is missing."""
        return self.filled > 0 and self.filled == self.rows and not self.repeated

    @property
    def always(self) -> bool:
        return self.filled > 0 and self.filled == self.rows


def facts_of(sheet: Sheet) -> Sequence[Facts]:
    """The columns that have a title or a value, read in one pass."""
    columns = [Facts(position, " ".join(title.split())) for position, title in enumerate(sheet.header)]
    for row in sheet.rows():
        for facts, cell in zip(columns, row.cells, strict=True):
            facts.add(cell)
    return [facts for facts in columns if facts.header or facts.filled]


def written(cell: Cell) -> str:
    """As it would be typed."""
    if isinstance(cell, Percentage):
        return cell_text(cell)
    return cell.strip() if isinstance(cell, str) else str(cell)
