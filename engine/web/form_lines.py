"""The line items of a form: as stored, as submitted, with their errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.forms.binding import BoundLine
from engine.forms.controls import Filled, LineFilled
from engine.forms.model import LinesBlock
from engine.locale.text import Text
from engine.records.errors import CHANGED_MEANWHILE
from engine.records.model import Row
from engine.records.query import Condition, PageRequest
from engine.schema.line_order import LINE_ORDER
from engine.schema.model import Field, ListQuery
from engine.schema.tables import unique_groups
from engine.web.desk import Desk
from engine.web.titles import titles_of

MOST = 500


def stored_lines(desk: Desk, block: LinesBlock, record_id: int) -> Sequence[Row]:
    """The line items of a record in their order."""
    query = ListQuery(
        block.field.target or "",
        tuple(column.field.name for column in block.columns),
        sort=LINE_ORDER,
    )
    condition = Condition(str(block.field.settings["key"]), "any_of", (record_id,))
    return desk.store.list(desk.actor, query, PageRequest((condition,), limit=MOST)).rows


def copied_lines(desk: Desk, block: LinesBlock, source_id: int) -> list[LineFilled]:
    """New line items like those of another record; never what is unique, numbered, or not to be copied."""
    copied = [
        c.field for c in block.columns if c.field.copy and not (c.field.given or _is_single(desk, block, c.field))
    ]
    names = [name for field in copied for name in (field.name, f"{field.name}__title")]
    rows = stored_lines(desk, block, source_id)
    return [LineFilled("", Filled({name: row[name] for name in names if name in row}, {}, {}, {})) for row in rows]


def _is_single(desk: Desk, block: LinesBlock, field: Field) -> bool:
    """Whether a twin of the line with the same value would be refused: the value is unique, and not only within the
    record the line belongs to."""
    line, key = desk.workspace.blueprint.entities[block.field.target or ""], str(block.field.settings["key"])
    return any(field.name in group and key not in group for group, _ in unique_groups(line))


def line_rows(
    desk: Desk,
    block: LinesBlock,
    rows: Sequence[Row],
    submitted: Sequence[BoundLine] | None,
    errors: Mapping[str, Text],
) -> list[LineFilled]:
    """The rows to show: what was submitted, else what is stored."""
    if submitted is None:
        return [_as_stored(row) for row in rows]
    stored: dict[int | None, Row] = {row["id"]: row for row in rows}
    shown = []
    for number, line in enumerate(submitted):
        prefix = f"{block.field.name}.{number}."
        whole = errors.get(f"{block.field.name}.{number}")
        own = {block.columns[0].field.name: whole} if whole else {}
        own |= {name.removeprefix(prefix): text for name, text in errors.items() if name.startswith(prefix)}
        filled = Filled(stored.get(line.id, {}), line.bound.typed, own, _titles(desk, block, line))
        shown.append(LineFilled(str(line.id or ""), filled, line.delete, _version(line, filled)))
    return shown


def lost_lines(rows: Sequence[Row], submitted: Sequence[BoundLine] | None) -> list[LineFilled]:
    """Stored lines a submission did not mention: they stay in the form."""
    mentioned = {line.id for line in submitted or ()}
    missing = [row for row in rows if row["id"] not in mentioned] if submitted is not None else []
    return [_as_stored(row) for row in missing]


def _as_stored(row: Row) -> LineFilled:
    return LineFilled(str(row["id"]), Filled(row, {}, {}, {}), version=str(row["version"]))


def _version(line: BoundLine, filled: Filled) -> str:
    """The version that was read; once a conflict is told, the newest one, so that saving again decides it."""
    if CHANGED_MEANWHILE in filled.errors.values():
        return str(filled.row.get("version", ""))
    return "" if line.version is None else str(line.version)


def _titles(desk: Desk, block: LinesBlock, line: BoundLine) -> dict[tuple[str, int], str]:
    fields = [column.field for column in block.columns]
    named = [reference for field in fields for reference in field.references(line.bound.values.get(field.name))]
    return titles_of(desk, named)
