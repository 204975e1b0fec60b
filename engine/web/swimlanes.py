"""The rows across the lanes of a board: one for each value of a field, with the cards of every lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from engine.forms.columns import is_writable
from engine.forms.contexts import Card, Lane, SwimCell, SwimRow
from engine.forms.values import mark_of
from engine.records import grouping
from engine.records.errors import RecordNotFound
from engine.records.pivots import Cell
from engine.records.query import Condition, PageRequest
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field
from engine.web.cards import NONE, UNSEEN
from engine.web.lanes import ENDS, Board

CARDS = 20
"""Cards a cell starts with."""
ROWS = 40


@dataclass(frozen=True)
class Swimlanes:
    board: Board
    field: Field

    def rows(self) -> tuple[SwimRow, ...]:
        lanes = self.board.heads()
        return tuple(self._row(key, tuple(self._cell(key, lane) for lane in lanes)) for key in self._keys)

    def heads(self) -> tuple[SwimRow, ...]:
        """The rows without cards: their heads after a move."""
        return tuple(self._row(key, ()) for key in self._keys)

    def notes(self) -> tuple[str, ...]:
        left = len({self._key(cell) for cell in self.board.cells}) - ROWS
        return (self.board.desk.say("board.rows_left", count=left),) if left > 0 else ()

    @cached_property
    def _keys(self) -> list[str]:
        """Options in their order; other values by their titles; then what cannot be seen, and none."""
        found = {self._key(cell): cell.titles[1] for cell in self.board.cells}
        if self.field.options:
            named = [option.key for option in self.field.options]
        else:
            named = sorted((key for key in found if key not in (NONE, UNSEEN)), key=lambda key: found[key].casefold())
        return [*named[:ROWS], *(key for key in (UNSEEN, NONE) if key in found)]

    @staticmethod
    def _key(cell: Cell) -> str:
        value = cell.keys[1]
        return NONE if value is None else UNSEEN if value == grouping.UNSEEN else str(value)

    @cached_property
    def _by_row(self) -> Mapping[str, list[Cell]]:
        found: dict[str, list[Cell]] = {}
        for cell in self.board.cells:
            found.setdefault(self._key(cell), []).append(cell)
        return found

    @cached_property
    def _cards(self) -> Mapping[tuple[str, str], list[tuple[Card, str]]]:
        """The first cards of each row and lane, with the cursor behind each; one statement."""
        board = self.board
        by = board.view.by
        open_lanes = tuple(option.key for option in by.options if board.kind(option.key) not in ENDS)
        conditions = (*board.request.conditions, Condition(by.name, "any_of", open_lanes))
        request = PageRequest(conditions, board.request.sort, limit=CARDS)
        names = (by.name, self.field.name)
        found: dict[tuple[str, str], list[tuple[Card, str]]] = {}
        for row, cursor in board.desk.store.first_of_each(board.desk.actor, board.view.query, names, request):
            card = board.maker.card(row)
            found.setdefault((card.row, card.lane), []).append((card, cursor))
        return found

    def _row(self, key: str, cells: tuple[SwimCell, ...]) -> SwimRow:
        board, desk = self.board, self.board.desk
        held = [cell for cell in self._by_row.get(key, []) if board.kind(str(cell.keys[0])) not in ENDS]
        amount = sum((cell.sums[board.view.sum.name] for cell in held), Decimal(0)) if board.view.sum else Decimal(0)
        label, hue = self._label(key)
        return SwimRow(
            key=key,
            label=label,
            count=desk.formats.number(sum(cell.count for cell in held)),
            sum=board.format(amount),
            hue=hue,
            mark=mark_of(self.field, label) if self.field.target and key not in (NONE, UNSEEN) else None,
            cells=cells,
            still=key == UNSEEN or not is_writable(self.field) or "pipeline" in self.field.settings,
        )

    def _label(self, key: str) -> tuple[str, str]:
        say, name = self.board.desk.say, self.board.desk.text(self.field.label)
        if key in (NONE, UNSEEN):
            return say("board.row_none" if key == NONE else "board.row_unseen", field=name), "gray"
        option = self.field.option(key)
        if option:
            return self.board.desk.text(option.label), option.hue
        return next((cell.titles[1] for cell in self._by_row.get(key, [])), key), ""

    def _cell(self, key: str, lane: Lane) -> SwimCell:
        cards = self._cards.get((key, lane.key), [])
        count = sum(cell.count for cell in self._by_row.get(key, []) if cell.keys[0] == lane.key)
        more = 0 if lane.kind in ENDS else max(count - len(cards), 0)
        cursor = cards[-1][1] if more and cards and key != UNSEEN else ""
        option = self.board.view.by.option(lane.key)
        return SwimCell(
            lane=lane,
            cards=tuple(card for card, _ in cards),
            more=more,
            next_url=self.board.next_url(lane.key, key, cursor),
            more_url=self.board.list_url(option) if more and option else "",
        )


def row_condition(field: Field, key: str) -> Condition:
    """Which records stand in a row. Raises `RecordNotFound` for a key that names none."""
    if key == NONE:
        return Condition(field.name, "empty")
    try:
        return Condition(field.name, "any_of", (field.type.accept(key, field),))
    except ValueRefused:
        raise RecordNotFound from None
