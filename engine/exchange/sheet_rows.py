"""The rows of the file a blueprint was made from, brought in as operations: one for each sheet, under every rule of the
gateway. What cannot be read in a cell is left empty; a row that may not be is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from engine.exchange.asked import Published, formats_in
from engine.exchange.importer import Importer
from engine.exchange.plan import ColumnMap, ImportPlan
from engine.exchange.reading import read
from engine.exchange.sheet import ReadOptions, Row
from engine.exchange.table_guess import EntityGuess, FileGuess
from engine.locale.catalogue import message_text
from engine.records.many import Spoiled
from engine.records.operation_run import BATCH, OperationRun
from engine.schema.model import Entity

KIND = "sheet"


def settings_of(path: Path, guess: FileGuess, table: EntityGuess) -> dict[str, Any]:
    """The settings of the operation that brings in one sheet of the file at `path`."""
    plan = plan_of(table).to_json()
    return {"path": str(path.absolute()), "sheet": table.sheet.name, "language": guess.language, "plan": plan}


def plan_of(table: EntityGuess) -> ImportPlan:
    """Each column goes to the field it became."""
    return ImportPlan(
        columns=tuple(
            ColumnMap(
                position=each.column.facts.position,
                header=each.column.facts.header,
                field=each.name,
                by=each.by,
                date_order=each.column.date_order,
                blank_bad=not each.column.required,
                confidence="sure",
            )
            for each in table.fields
        )
    )


class SheetRows:
    """`published` gives the blueprint that runs now."""

    source = "import"

    def __init__(self, published: Callable[[], Published]) -> None:
        self._published = published

    def run(self, run: OperationRun) -> None:
        """Raises `UnreadableFile`."""
        settings, published = run.operation.settings, self._published()
        sheet = read(Path(settings["path"]), ReadOptions(sheet=settings["sheet"]))
        formats = formats_in(settings["language"], published.settings, run.store.moment(run.actor).today)
        entity = published.entities[run.operation.entity]
        importer = Importer(run.store.model, entity, _known(ImportPlan.from_json(settings["plan"]), entity), formats)
        for rows in _batches(sheet.rows(after=run.position)):
            try:
                _write(run, importer, rows)
            except Spoiled:
                importer.reader.forget()
                _one_by_one(run, importer, rows)


def _known(plan: ImportPlan, entity: Entity) -> ImportPlan:
    """As far as the entity still has the fields."""
    return replace(plan, columns=tuple(column for column in plan.columns if column.field in entity.fields))


def _one_by_one(run: OperationRun, importer: Importer, rows: Sequence[Row]) -> None:
    for row in rows:
        try:
            _write(run, importer, [row])
        except Spoiled:
            importer.reader.forget()
            with run.batch() as batch:
                batch.refuse({"": message_text("sheet.refused")}, row.line)
                batch.position = row.line


def _write(run: OperationRun, importer: Importer, rows: Sequence[Row]) -> None:
    with run.batch() as batch:
        for answer in importer.write(batch.write, rows):
            title = importer.reader.text(answer.row, _title_position(importer))
            if answer.action == "refuse":
                batch.refuse({fault.field: fault.reason for fault in answer.faults}, answer.line, None, title)
                continue
            batch.done += 1
            if answer.warnings:
                left = {fault.field: fault.reason for fault in answer.warnings}
                batch.note(left, answer.line, answer.record_id, title)
        batch.position = rows[-1].line


def _title_position(importer: Importer) -> int:
    column = importer.plan.column(importer.entity.title)
    return column.position if column else 0


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
