"""How a person arranged the columns of a view: their order, hidden ones, widths, and which stay in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.forms.columns import columns_of
from engine.forms.filters import parse_columns
from engine.forms.model import Column
from engine.schema.model import Entity, Field

NARROWEST, WIDEST = 60, 800
"""CSS pixels."""
MOST_PINNED = 3
MOST = 300
"""Names in each part of a layout; what is beyond is left out."""


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Names of fields; those that are unknown, or may not be shown, count for nothing."""

    order: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    pins: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Any) -> ColumnLayout:
        """From what is stored, whatever that is."""
        given = stored if isinstance(stored, Mapping) else {}
        widths = given.get("widths")
        return cls(
            order=_names(given.get("order")),
            hidden=_names(given.get("hidden")),
            widths=_widths(widths.items() if isinstance(widths, Mapping) else ()),
            pins=_names(given.get("pins"))[:MOST_PINNED],
        )

    def stored(self) -> Mapping[str, Any]:
        parts = {"order": list(self.order), "hidden": list(self.hidden), "widths": dict(self.widths)}
        return {name: part for name, part in {**parts, "pins": list(self.pins)}.items() if part}

    def arrange(self, entity: Entity, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns as the person has them: the title, what is pinned, the rest; new ones of the view come last."""
        names = [column.field.name for column in columns if column.field.name not in self.hidden]
        fields, _ = parse_columns(",".join((*self.order, *names)), entity)
        fields = tuple(field for field in fields if field.name not in self.hidden)
        pinned = sorted(fields, key=lambda field: self.pins.index(field.name) if field.name in self.pins else MOST)
        return chosen_columns(entity, columns, pinned)

    def offsets(self, columns: Sequence[Column], before: int) -> tuple[int, ...]:
        """Where each pinned column stays, in CSS pixels from the start; `before` is what stands there first."""
        pinned = [column for column in columns[1 : 1 + MOST_PINNED] if column.field.name in self.pins]
        places = [before + self.width(columns[0])] if pinned else []
        for column in pinned[:-1]:
            places.append(places[-1] + self.width(column))
        return tuple(places)

    def width(self, column: Column) -> int:
        return self.widths.get(column.field.name, column.width)


def chosen_columns(entity: Entity, columns: Iterable[Column], fields: Iterable[Field]) -> tuple[Column, ...]:
    """The title and the columns of `fields`: those of the view where it has them, made for the others."""
    chosen = [entity.fields[entity.title], *(field for field in fields if field.name != entity.title)]
    known = {column.field.name: column for column in columns}
    made = {column.field.name: column for column in columns_of(entity, chosen)}
    return tuple(known.get(field.name) or made[field.name] for field in chosen)


def widths_of(text: str) -> Mapping[str, int]:
    """`amount:120,name:300`: the widths somebody sent; what is no width is left out."""
    pairs = (part.partition(":") for part in text.split(",")[:MOST])
    return _widths((name, int(pixels)) for name, _, pixels in pairs if pixels.isascii() and pixels.isdigit())


def _names(part: Any) -> tuple[str, ...]:
    names = part[:MOST] if isinstance(part, list) else ()
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str)))


def _widths(pairs: Iterable[tuple[Any, Any]]) -> Mapping[str, int]:
    return {
        name: min(max(pixels, NARROWEST), WIDEST)
        for name, pixels in list(pairs)[:MOST]
        if isinstance(name, str) and isinstance(pixels, int)
    }
