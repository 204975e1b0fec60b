"""Where events are drawn: in the rows of a week, and beside each other in the hours of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.web.occasions import Occasion

SHORTEST = 20
"""Minutes an event takes in the hours at least, so that its title can be read."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An occasion in a row of a week, from its first day there over `width` days."""

    occasion: Occasion
    width: int


def rows_of_week(days: Sequence[date], occasions: Sequence[Occasion]) -> list[list[Placed | Occasion | None]]:
    """For each day the occasions by row: `Placed` where one begins, the occasion itself where it goes on."""
    grid: list[list[Placed | Occasion | None]] = [[] for _ in days]
    for occasion in sorted(occasions, key=_longest_first):
        covered = [number for number, day in enumerate(days) if occasion.first <= day <= occasion.last]
        if not covered:
            continue
        row = _free_row(grid, covered)
        for number in covered:
            grid[number] += [None] * (row + 1 - len(grid[number]))
            grid[number][row] = Placed(occasion, len(covered)) if number == covered[0] else occasion
    return grid


def _longest_first(occasion: Occasion) -> tuple[bool, date, int, datetime, int]:
    """Several days above single ones, whole days above times."""
    several = occasion.last > occasion.first
    begins = occasion.begins.replace(tzinfo=None) if occasion.begins else datetime.min
    return not several, occasion.first, -(occasion.last - occasion.first).days, begins, int(occasion.row["id"])


def _free_row(grid: Sequence[Sequence[Placed | Occasion | None]], covered: Sequence[int]) -> int:
    row = 0
    while any(row < len(grid[number]) and grid[number][row] is not None for number in covered):
        row += 1
    return row


@dataclass(frozen=True, slots=True)
class InHours:
    """`left` and `share` in percent of the day's column; minutes of the day."""

    occasion: Occasion
    begins: int
    ends: int
    left: int = 0
    share: int = 100


def beside_each_other(occasions: Sequence[Occasion]) -> list[InHours]:
    """The timed occasions of one day; those that overlap share the width."""
    drawn = sorted((_in_hours(item) for item in occasions if item.timed), key=lambda item: (item.begins, -item.ends))
    placed: list[InHours] = []
    cluster: list[InHours] = []
    until = -1
    for item in drawn:
        if item.begins >= until:
            placed += _columns(cluster)
            cluster = []
        cluster.append(item)
        until = max(until, item.ends)
    return placed + _columns(cluster)


def _in_hours(occasion: Occasion) -> InHours:
    assert occasion.begins is not None
    begins = occasion.begins.hour * 60 + occasion.begins.minute
    ends = occasion.ends or occasion.begins + timedelta(minutes=30)
    last = 24 * 60 if ends.date() > occasion.begins.date() else ends.hour * 60 + ends.minute
    return InHours(occasion, begins, min(max(last, begins + SHORTEST), 24 * 60))


def _columns(cluster: Sequence[InHours]) -> list[InHours]:
    ends: list[int] = []
    chosen = []
    for item in cluster:
        column = next((number for number, until in enumerate(ends) if until <= item.begins), len(ends))
        ends[column : column + 1] = [item.ends]
        chosen.append(column)
    share = 100 // max(len(ends), 1)
    return [
        InHours(item.occasion, item.begins, item.ends, column * share, share)
        for item, column in zip(cluster, chosen, strict=True)
    ]
