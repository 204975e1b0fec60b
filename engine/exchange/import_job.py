"""The operation that writes an import, batch by batch; and the one that only checks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from engine.exchange.check import check, in_parts
from engine.exchange.drafts import Draft
from engine.exchange.file_rows import FileRow, is_late
from engine.exchange.importer import Importer
from engine.exchange.imports import Imports
from engine.exchange.sheet import Row, Sheet
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.records.errors import Refused
from engine.records.many import Spoiled
from engine.records.operation_run import Batch, OperationRun
from engine.records.refusals import reasons

MOST_LATE = 20_000
"""Rows that wait for a record which a later row brings."""


class ImportJob:
    """Its position is the last line that is done; `late` in its result are lines put off until the others are done."""

    source = "import"

    def __init__(self, imports: Imports) -> None:
        self._imports = imports

    def run(self, run: OperationRun) -> None:
        """Raises `Refused` when the person may not import any more, `UnreadableFile` when the file is not kept."""
        draft, importer, sheet = _opened(self._imports, run)
        if run.position and importer.plan.key:
            importer.remember(row for row in sheet.rows() if row.line <= run.position)
        for part in in_parts(sheet.rows(after=run.position)):
            _write(run, importer, part, again=False)
        _write_late(run, importer, sheet)
        with run.batch() as batch:
            batch.result["import"] = draft.id
            batch.result["links"] = [["operation.import_page", f"/imports/{draft.id}/run"]]


class ImportCheckJob:
    """Judges every row and keeps the outcome with the draft."""

    source = "import"

    def __init__(self, imports: Imports) -> None:
        self._imports = imports

    def run(self, run: OperationRun) -> None:
        draft, importer, sheet = _opened(self._imports, run)
        counted = [0]

        def beat(done: int) -> None:
            with run.batch() as batch:
                batch.done += done - counted[0]
            counted[0] = done

        found = check(run.store, run.actor, importer, sheet, beat)
        self._imports.change(draft.id, check=found.to_json())


def _opened(imports: Imports, run: OperationRun) -> tuple[Draft, Importer, Sheet]:
    settings = run.operation.settings
    draft = imports.read(int(settings["import"]))
    model = run.store.model
    entity = model.entities[draft.entity]
    if not model.policy.may_import(run.actor, entity.name):
        raise Refused(message_text("refused.import", entity=entity.plural))
    formats = Formats(
        settings["language"],
        model.time_zone,
        settings["currency"],
        run.store.moment(run.actor).today,
        settings["phone_region"],
    )
    sheet = imports.sheet(draft.content, draft.options).mended(draft.plan.mended)
    return draft, Importer(model, entity, draft.plan, formats), sheet


def _write(run: OperationRun, importer: Importer, rows: Sequence[Row], again: bool) -> None:
    """One batch. When the database refuses it as a whole, its rows are tried one by one."""
    try:
        _write_batch(run, importer, rows, again)
    except Spoiled as spoiled:
        importer.forget(rows)
        if len(rows) == 1:
            _refuse(run, importer, rows[0], spoiled, again)
            return
        for row in rows:
            _write(run, importer, [row], again)


def _write_batch(run: OperationRun, importer: Importer, rows: Sequence[Row], again: bool) -> None:
    """Rows that name a record of a later row are put off, unless they are tried `again`."""
    with run.batch() as batch:
        read = importer.write(batch.write, rows)
        room = 0 if again else MOST_LATE - len(batch.result.get("late", []))
        late = [row.line for row in read if room > 0 and is_late(row, importer.entity, importer.plan)][: max(0, room)]
        made = Counter(batch.result.get("made", {})) + importer.made
        batch.result["made"] = {entity: count for entity, count in made.items() if count}
        _count(batch, importer, [row for row in read if row.line not in set(late)])
        _move_on(batch, rows, late, again)


def _move_on(batch: Batch, rows: Sequence[Row], late: list[int], again: bool) -> None:
    kept = batch.result.get("late", [])
    if again:
        done = {row.line for row in rows}
        batch.result["late"] = [line for line in kept if line not in done]
    else:
        batch.position = rows[-1].line
        batch.result["late"] = [*kept, *late]


def _count(batch: Batch, importer: Importer, rows: Iterable[FileRow]) -> None:
    counts = {"create": 0, "update": 0, "skip": 0, "warnings": 0, **batch.result.get("counts", {})}
    for row in rows:
        if row.action == "refuse":
            batch.refuse(_reasons(importer, row), row.line, row.record_id, _title(importer, row.row))
            continue
        counts[row.action] += 1
        counts["warnings"] += bool(row.warnings)
        batch.done += 1
    batch.result["counts"] = counts


def _reasons(importer: Importer, row: FileRow) -> dict[str, Text]:
    """Sentence by the title of the column, "" for the row."""
    columns = {column.position: column for column in importer.plan.columns}
    found: dict[str, Text] = {}
    for fault in row.faults:
        column = columns.get(fault.position) if fault.position is not None else None
        field = importer.entity.fields.get(fault.field)
        label = column.header if column else field.label.in_("en") if field else ""
        found.setdefault(label, fault.reason)
    return found


def _title(importer: Importer, row: Row) -> str:
    column = importer.plan.column(importer.entity.title)
    return importer.reader.text(row, column.position)[:200] if column else ""


def _refuse(run: OperationRun, importer: Importer, row: Row, spoiled: Spoiled, again: bool) -> None:
    with run.batch() as batch:
        found = reasons(spoiled.__cause__) if isinstance(spoiled.__cause__, Exception) else {}
        batch.refuse(found, row.line, None, _title(importer, row))
        _move_on(batch, [row], [], again)


def _write_late(run: OperationRun, importer: Importer, sheet: Sheet) -> None:
    """Rows that name records of other rows, as long as some of them find theirs; then once more, for what is left."""
    while waiting := list(run.result.get("late", [])):
        importer.reader.forget()
        found = _ready(run, importer, sheet, waiting)
        rows = _lines(sheet, found or waiting)
        for part in in_parts(rows):
            _write(run, importer, part, again=True)


def _ready(run: OperationRun, importer: Importer, sheet: Sheet, waiting: Sequence[int]) -> list[int]:
    """The waiting lines whose records are there by now."""
    ready: list[int] = []
    for part in in_parts(_lines(sheet, waiting)):
        with run.store.judging(run.actor, "import") as write:
            read = importer.reader.read(write, part)
        ready += [row.line for row in read if not is_late(row, importer.entity, importer.plan)]
        run.beat()
    return ready


def _lines(sheet: Sheet, wanted: Iterable[int]) -> list[Row]:
    among = set(wanted)
    return list(islice((row for row in sheet.rows() if row.line in among), len(among)))
