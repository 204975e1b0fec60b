"""The first rows of a file as they will look once they are imported."""

from __future__ import annotations

from engine.exchange.imports import LookCell
from engine.exchange.plan import ID, ImportPlan
from engine.forms.contexts import ImportCell, ImportTable
from engine.locale.text import Text
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field
from engine.web.importing import ImportFile, importing

SHOWN = 5
MOST_COLUMNS = 12


def preview(file: ImportFile, plan: ImportPlan) -> ImportTable:
    """Raises `UnreadableFile` when the file is gone."""
    desk = file.desk
    fields = [file.entity.fields[column.field] for column in plan.mapped if column.field and column.field != ID]
    if not fields or len({field.name for field in fields}) < len(fields):
        return ImportTable((), ())
    try:
        rows = importing(desk).look(file.draft, plan, SHOWN)
    except ValueRefused as refusal:
        return ImportTable((), (), desk.text(refusal.message))
    shown = fields[:MOST_COLUMNS]
    drawn = []
    for row in rows:
        cells = {cell.field: cell for cell in row.cells}
        drawn.append((str(row.line), tuple(_cell(file, field, cells[field.name]) for field in shown)))
    counted = desk.say("import.preview_of", count=len(drawn), all=desk.formats.number(file.draft.rows))
    heads = tuple((desk.text(field.label), field.type.numeric) for field in shown)
    return ImportTable(heads, tuple(drawn), counted)


def _cell(file: ImportFile, field: Field, cell: LookCell) -> ImportCell:
    error: Text | None = cell.error
    return ImportCell(cell.text, file.desk.text(error) if error else "", cell.new, numeric=field.type.numeric)
