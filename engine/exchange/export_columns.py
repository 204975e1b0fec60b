"""The columns of an export: what is read of each record, as a cell for people and as a plain value for machines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.records.model import Row
from engine.schema.field_type import SheetValue
from engine.schema.model import Entity, Field

ID = "id"
ID_WIDTH = 150
PARTING = re.compile(r"[;；,，、]")


@dataclass(frozen=True, slots=True)
class ExportColumn:
    name: str
    label: str
    width: int
    """CSS pixels."""
    cell: Callable[[Row], SheetValue | None]
    """What a person reads in a cell."""
    plain: Callable[[Row], Any]
    """JSON types."""
    number_format: str = ""


def may_leave(field: Field) -> bool:
    """Whether values of the field are ever exported: line items are records of their own, secrets stay."""
    return field.type.stored and not field.type.sealed and not field.broken


def every_field(entity: Entity) -> tuple[Field, ...]:
    return tuple(field for field in entity.fields.values() if may_leave(field))


def export_columns(
    entities: Mapping[str, Entity], shown: Iterable[tuple[Field, Text]], formats: Formats, with_id: bool
) -> tuple[ExportColumn, ...]:
    """Columns for fields and their labels; secrets and line items are left out."""
    columns = [_id_column(formats)] if with_id else []
    columns += [_column(entities, field, label, formats) for field, label in shown if may_leave(field)]
    return _told_apart(columns)


def _told_apart(columns: Sequence[ExportColumn]) -> tuple[ExportColumn, ...]:
    """The second of two columns with one label has its name behind it."""
    seen: set[str] = set()
    named = []
    for column in columns:
        label = f"{column.label} ({column.name})" if column.label in seen else column.label
        seen.add(label)
        named.append(replace(column, label=label))
    return tuple(named)


def _id_column(formats: Formats) -> ExportColumn:
    def read(row: Row) -> str:
        return str(row[ID])

    return ExportColumn(ID, message("export.id", formats.language), ID_WIDTH, read, read)


def _column(entities: Mapping[str, Entity], field: Field, label: Text, formats: Formats) -> ExportColumn:
    if field.type.kept_apart:
        cell, plain = _titles(field), _linked_records(field)
    elif field.targets:
        cell, plain = _any_title(entities, field, formats), _any_record(field)
    elif field.target:
        cell, plain = _title(field), _record(field)
    else:
        cell, plain = _value(field, formats), _plain(field)
    return ExportColumn(
        name=field.name,
        label=label.in_(formats.language),
        width=field.type.width,
        cell=cell,
        plain=plain,
        number_format=field.type.sheet_format(field, formats),
    )


def _value(field: Field, formats: Formats) -> Callable[[Row], SheetValue | None]:
    name, read = field.name, field.type.sheet_value

    def cell(row: Row) -> SheetValue | None:
        value = row[name]
        return None if value is None else read(value, field, formats)

    return cell


def _plain(field: Field) -> Callable[[Row], Any]:
    """Files are told by their names."""

    def plain(row: Row) -> Any:
        value = row[field.name]
        if field.type.holds_files:
            return [file.name for file in field.type.files(value)]
        return None if value is None else field.type.to_json(value)

    return plain


def _title(field: Field) -> Callable[[Row], SheetValue | None]:
    title = f"{field.name}__title"
    return lambda row: row[title] or None


def _record(field: Field) -> Callable[[Row], Any]:
    """A record the reader may not see is as if there were none."""
    name, title = field.name, f"{field.name}__title"

    def plain(row: Row) -> Any:
        return {"id": str(row[name]), "title": row[title]} if row[title] else None

    return plain


def _any_title(entities: Mapping[str, Entity], field: Field, formats: Formats) -> Callable[[Row], SheetValue | None]:
    labels = {name: entities[name].label.in_(formats.language) for name in field.targets}

    def cell(row: Row) -> SheetValue | None:
        title = row[f"{field.name}__title"]
        return f"{labels[row[field.name][0]]}: {title}" if title else None

    return cell


def _any_record(field: Field) -> Callable[[Row], Any]:
    def plain(row: Row) -> Any:
        title = row[f"{field.name}__title"]
        if not title:
            return None
        entity, record_id = row[field.name]
        return {"entity": entity, "id": str(record_id), "title": title}

    return plain


def _titles(field: Field) -> Callable[[Row], SheetValue | None]:
    """On one line; a line for each where a title has a sign that parts them."""

    def cell(row: Row) -> SheetValue | None:
        titles = [title for _, _, title in row[f"{field.name}__titles"]]
        return ("\n" if any(map(PARTING.search, titles)) else "; ").join(titles) or None

    return cell


def _linked_records(field: Field) -> Callable[[Row], Any]:
    return lambda row: [{"id": str(found), "title": title} for _, found, title in row[f"{field.name}__titles"]]
