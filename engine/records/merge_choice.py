"""Which value a merged record has in each field: the one of a chosen record, or those of all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.schema.model import Entity, Field
from engine.schema.system_fields import WRITABLE

UNITED = 0
"""Instead of the id of a record: what all of them have, together."""
Row = Mapping[str, Any]
Choices = Mapping[str, int]
"""Field name -> the id of the record whose value is taken, or `UNITED`; others keep the survivor's."""


def mergeable(entity: Entity) -> tuple[Field, ...]:
    """The fields whose value can be chosen, in order."""
    return tuple(field for field in entity.fields.values() if _is_free(field))


def _is_free(field: Field) -> bool:
    if not field.type.stored or field.given or field.type.sealed or field.joint is not None:
        return False
    return not field.system or field.name in WRITABLE


def is_list(field: Field, value: Any) -> bool:
    """Whether values of several records can stand beside each other: tags, links, several files."""
    if not isinstance(value, tuple) or hasattr(value, "_fields"):
        return False
    return not field.type.holds_files or field.type.most_files(field) > 1


def united(rows: Sequence[Row], name: str) -> tuple[Any, ...] | None:
    return tuple(dict.fromkeys(each for row in rows for each in row.get(name) or ())) or None


def differs(rows: Sequence[Row], name: str) -> bool:
    return any(row.get(name) != rows[0].get(name) for row in rows)


def fullest(entity: Entity, rows: Sequence[Row]) -> int:
    """The record with the most values, of two the older."""
    fields = mergeable(entity)
    full = {int(row["id"]): sum(row.get(field.name) is not None for field in fields) for row in rows}
    return max(full, key=lambda record_id: (full[record_id], -record_id))


def suggested(entity: Entity, rows: Sequence[Row], stays: int) -> dict[str, int]:
    """The survivor's own values; its empty fields are filled from the record written last, and lists are united."""
    fields = mergeable(entity)
    survivor = next(row for row in rows if int(row["id"]) == stays)
    newest = sorted(rows, key=lambda row: (row["updated_at"], int(row["id"])), reverse=True)
    ordered = [survivor, *(row for row in newest if row is not survivor)]
    choices = {}
    for field in (field for field in fields if differs(rows, field.name)):
        filled = [row for row in ordered if row.get(field.name) is not None]
        lists = any(is_list(field, row[field.name]) for row in filled)
        choices[field.name] = UNITED if lists else int(filled[0]["id"])
    return choices
