"""One column of a file as values of its field: text is read by the type, records are named and looked for later."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from engine.exchange.cell_text import at_month_end, cell_text, in_iso, with_decimal_point
from engine.exchange.plan import ColumnMap
from engine.exchange.sheet import Cell
from engine.exchange.targets import is_link, kind_of, link_targets
from engine.expressions.types import Kind
from engine.locale.formats import Formats
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field
from engine.schema.numbers import rounded
from engine.schema.record_ids import read_id

KEPT = 20_000
"""Texts whose values are remembered: most columns repeat themselves."""
TYPED_PLACES = 8
"""More decimal places than people type into a workbook."""
BETWEEN_NAMES = re.compile(r"\s*(?:\n|;|；)\s*")


class Named(NamedTuple):
    """A record as a file names it: the text, and the entities it may be one of."""

    text: str
    entities: tuple[str, ...]


class ColumnReader:
    """`field` is None for a column of ids."""

    def __init__(self, column: ColumnMap, field: Field | None, formats: Formats, decimal: str = ".") -> None:
        self.column, self.field = column, field
        self._formats, self._decimal = formats, decimal
        self._values = {text.strip().casefold(): key for text, key in column.values.items()}
        self._days = field is not None and kind_of(field) in (Kind.DATE, Kind.DATETIME)
        self._known: dict[str, Any] = {}

    def text(self, cell: Cell) -> str:
        """What stands in the cell, as people would type it."""
        return cell_text(cell, self.field)

    def read(self, cell: Cell) -> Any:
        """The value; None for an empty cell; `Named` records, one or a tuple of them, for a link.
        Raises `ValueRefused`."""
        text = cell_text(cell, self.field)
        if not text:
            return None
        if text in self._known:
            known = self._known[text]
            if isinstance(known, ValueRefused):
                raise known
            return known
        try:
            value: Any = self._read(text, isinstance(cell, str))
        except ValueRefused as refusal:
            value = refusal
        if len(self._known) < KEPT:
            self._known[text] = value
        if isinstance(value, ValueRefused):
            raise value
        return value

    def _read(self, text: str, written: bool) -> Any:
        field = self.field
        if field is None:
            return read_id(text)
        if (other := self._values.get(text.casefold())) is not None:
            return self._value(other, field, True) if other else None
        return self._value(text, field, written)

    def _value(self, text: str, field: Field, written: bool) -> Any:
        if is_link(field):
            return _named(field, text)
        if self._days and written:
            text = in_iso(text, self.column.date_order)
            text = at_month_end(text) if self.column.month_end else text
        if field.type.numeric:
            text = with_decimal_point(text, self._decimal) if written else _without_noise(text, field)
        return field.type.parse(text, field, self._formats)


def _without_noise(text: str, field: Field) -> str:
    """The result of a formula, such as a third, at the places its field has; what somebody typed is not rounded."""
    scale = field.type.expression_type(field).scale
    if not scale or len(text.partition(".")[2]) <= TYPED_PLACES:
        return text
    return f"{rounded(Decimal(text), scale):f}"


def _named(field: Field, text: str) -> Any:
    if field.target:
        return Named(text, (field.target,))
    if len(field.targets) == 1:
        return tuple(Named(part, field.targets) for part in BETWEEN_NAMES.split(text) if part)
    return Named(text, link_targets(field))


def entity_named(text: str, entities: dict[str, Entity]) -> tuple[str, str]:
    """ "Account: Northwind" -> the entity and the title; "" when none of the entities is named."""
    head, sign, rest = text.replace("：", ":").partition(":")
    wanted = head.strip().casefold()
    for name, entity in entities.items():
        labels = {name, *(label.casefold() for _, label in (*entity.label.by_language, *entity.plural.by_language))}
        if sign and wanted in labels:
            return name, rest.strip()
    return "", text
