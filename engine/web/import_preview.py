"""The first rows of a file as they will look once they are imported."""

from __future__ import annotations

from engine.exchange.imports import LookCell
from engine.exchange.plan import ID, ImportPlan
from engine.forms.contexts import ImportCell, ImportTable
from engine.forms.values import Titles, mark_of, text_of
from engine.locale.text import Text
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field
from engine.web.importing import ImportFile, importing
from engine.web.titles import titles_of

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
    found = [{cell.field: cell for cell in row.cells} for row in rows]
    titles = titles_of(
        desk, (each for cells in found for field in shown for each in field.references(cells[field.name].value))
    )
    drawn = [
        (str(row.line), tuple(_cell(file, field, cells[field.name], titles) for field in shown))
        for row, cells in zip(rows, found, strict=True)
    ]
    counted = desk.say("import.preview_of", count=len(drawn), all=desk.formats.number(file.draft.rows))
    heads = tuple((desk.text(field.label), field.type.numeric) for field in shown)
    return ImportTable(heads, tuple(drawn), counted)


def _cell(file: ImportFile, field: Field, cell: LookCell, titles: Titles) -> ImportCell:
    """As the list will show it: an option in its colour, a record with its title and mark."""
    error: Text | None = cell.error
    text = cell.text if error else text_of(field, cell.value, file.desk.formats, titles) or cell.text
    option = next((option for option in field.options if option.key == cell.value), None)
    return ImportCell(
        text,
        file.desk.text(error) if error else "",
        cell.new,
        hue=option.hue if option else "",
        mark=mark_of(field, text) if field.target and not error else None,
        numeric=field.type.numeric,
    )
