"""The compiled rows of a list's columns, kept per language and day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

from engine.forms.colour_rule import ColourRule
from engine.forms.model import Column
from engine.forms.pages import pages
from engine.forms.row_tints import row_tints
from engine.forms.rows import RowColumn, Rows
from engine.forms.values import PEOPLE
from engine.locale.formats import Formats
from engine.schema.model import Entity, Field


@lru_cache(maxsize=512)
def compiled_rows(key: RowsKey) -> Rows:
    columns = (_row_column(column, key) for column in key.columns)
    return Rows(
        pages(key.formats.language),
        key.entity,
        columns,
        removable=key.removable,
        unlinkable=key.unlinkable,
        selectable=key.selectable,
        title=key.title,
        tints=row_tints(key.colours, key.formats.language),
    )


class RowsKey:
    """What compiled rows depend on. Fields are compared by identity: they live as long as their blueprint."""

    __slots__ = (
        "_identity",
        "colours",
        "columns",
        "entity",
        "formats",
        "removable",
        "selectable",
        "title",
        "unlinkable",
        "writable",
    )

    def __init__(
        self,
        entity: Entity,
        columns: tuple[Column, ...],
        formats: Formats,
        *,
        writable: bool,
        removable: bool = False,
        unlinkable: bool = False,
        selectable: bool = False,
        colours: tuple[ColourRule, ...] = (),
    ) -> None:
        self.entity, self.title, self.columns = entity.name, entity.title, columns
        self.formats, self.writable, self.selectable = formats, writable, selectable
        self.removable, self.unlinkable, self.colours = removable, unlinkable, colours
        drawn = tuple((id(column.field), id(column.label), column.slot, column.editable) for column in columns)
        shown = id(entity), drawn, tuple(map(id, colours))
        self._identity = (*shown, formats, writable, removable, unlinkable, selectable)

    def __hash__(self) -> int:
        return hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowsKey) and self._identity == other._identity


def rows_of(
    entity: Entity,
    columns: tuple[Column, ...],
    formats: Formats,
    *,
    writable: bool,
    removable: bool = False,
    unlinkable: bool = False,
    selectable: bool = False,
    colours: tuple[ColourRule, ...] = (),
) -> Rows:
    """The rows of `columns`; cells can be edited in place when `writable`. With `colours` rows bring their flags."""
    flags = {"writable": writable, "removable": removable, "unlinkable": unlinkable, "selectable": selectable}
    return compiled_rows(RowsKey(entity, columns, formats, colours=colours, **flags))


def _row_column(column: Column, key: RowsKey) -> RowColumn:
    field, formats = column.field, key.formats
    return RowColumn(
        name=field.name,
        label=column.label.in_(formats.language),
        widget=field.type.widget,
        show=partial(_show, field, formats),
        options=_options(field, formats.language),
        tags=partial(_tags, field, formats),
        numeric=field.type.numeric,
        slot=column.slot or "",
        editable=key.writable and column.editable,
        target=field.target or "",
        title=field.name == key.title and not key.removable,
        person=field.target in PEOPLE,
    )


def _show(field: Field, formats: Formats, value: Any) -> str:
    return field.type.format_short(value, field, formats)


def _tags(field: Field, formats: Formats, value: Any) -> tuple[tuple[str, str], ...]:
    return field.type.tags(value, field, formats)


def _options(field: Field, language: str) -> Mapping[str, tuple[str, str]]:
    return {option.key: (option.label.in_(language), option.hue) for option in field.options}
