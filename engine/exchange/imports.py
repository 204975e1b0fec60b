"""Imports: a file is brought, its columns are matched, its rows are checked, then an operation writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, BinaryIO

from engine.access.actor import Actor
from engine.exchange import drafts
from engine.exchange.cell_text import cell_text
from engine.exchange.check import Progress, check
from engine.exchange.column_reader import ColumnReader
from engine.exchange.drafts import Draft
from engine.exchange.error_file import ErrorRows
from engine.exchange.file_rows import Fault
from engine.exchange.guessing import SAMPLES, guess
from engine.exchange.import_files import CHECK_KIND, KIND, ImportFiles
from engine.exchange.importer import Importer
from engine.exchange.plan import ID, ImportPlan
from engine.exchange.plan_faults import plan_faults
from engine.exchange.recheck import recheck
from engine.exchange.row_reader import UNMADE
from engine.exchange.sheet import ReadOptions, Row, Sheet
from engine.exchange.unreadable import UnreadableFile
from engine.exchange.writer import writers
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.records.errors import Invalid, RecordNotFound, Refused
from engine.records.operations import Operation, Refusal
from engine.records.store import Store
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity

AT_ONCE = 5000
"""Rows that are checked while somebody waits; more are checked by an operation."""
VALUES = 200
MOST_MENDED = 2000
"""Rows that are mended one by one; more are repaired in the file."""
PAGE = 500


@dataclass(frozen=True, slots=True)
class LookCell:
    """A value as it will look, and as it will be kept; `new` is a linked record that will be made. With an error
    `text` is the file's."""

    field: str
    text: str
    error: Text | None = None
    new: bool = False
    value: Any = None


@dataclass(frozen=True, slots=True)
class LookRow:
    line: int
    cells: tuple[LookCell, ...]


@dataclass(frozen=True, slots=True)
class FileValue:
    """A text of a column, how often it stands there, and the option it is read as; None when it is not known."""

    text: str
    count: int
    key: str | None


class Imports(ImportFiles):
    """The imports of one workspace."""

    def acting(self, store: Store, actor: Actor, formats: Formats) -> Importing:
        """The imports of one person, who reads and writes as `formats` say."""
        return Importing(self, store.seen_by(actor), actor, formats)


class Importing:
    """What one person does with their imports."""

    def __init__(self, imports: Imports, store: Store, actor: Actor, formats: Formats) -> None:
        self._imports, self._store, self._actor, self._formats = imports, store, actor, formats

    # -- the file

    def upload(self, entity: str, name: str, stream: BinaryIO, options: ReadOptions = ReadOptions()) -> Draft:
        """Keep a file and guess what its columns are. Raises `RecordNotFound`, `Refused`, `UnreadableFile`."""
        self._may_import(entity)
        content, _ = self._imports.keep(stream)
        try:
            sheet = self._imports.sheet(content, options)
            rows = sheet.count()
            if not rows:
                raise UnreadableFile("no_rows")
        except UnreadableFile:
            self._imports.forget(content)
            raise
        plan = self._guess(entity, sheet)
        size = self._imports.path(content).stat().st_size
        known = self._imports.next_id(), entity, self._actor.user_id, name, content, size, options, plan, rows
        draft = Draft(*known, None, None, None, self._imports.clock.now())
        self._imports.add(draft, sheet)
        return draft

    def draft(self, draft_id: int) -> Draft:
        """Raises `RecordNotFound` for one of somebody else's."""
        draft = self._imports.read(draft_id)
        if draft.actor_id != self._actor.user_id or draft.entity not in self._store.model.entities:
            raise RecordNotFound
        return replace(draft, plan=_as_far_as_known(draft.plan, self._store.model.entities[draft.entity]))

    def drafts(self, limit: int = 20) -> Sequence[Draft]:
        """The newest first."""
        known = self._store.model.entities
        return [draft for draft in self._imports.listed(self._actor, limit) if draft.entity in known]

    def sheet(self, draft: Draft) -> Sheet:
        """Raises `UnreadableFile`, also when the file is not kept any more."""
        return self._imports.sheet(draft.content, draft.options)

    def reread(self, draft_id: int, options: ReadOptions) -> Draft:
        """Read the file in another way and guess its columns anew. Raises `RecordNotFound`, `UnreadableFile`."""
        draft = self._open(draft_id)
        sheet = self._imports.sheet(draft.content, options)
        rows = sheet.count()
        if not rows:
            raise UnreadableFile("no_rows")
        plan = self._guess(draft.entity, sheet)
        header = drafts.header_key(sheet)
        kept = {"options": options.to_json(), "plan": plan.to_json(), "rows": rows, "header": header}
        self._imports.change(draft_id, **kept, check=None, checking=None)
        return replace(draft, options=options, plan=plan, rows=rows, check=None, checking=None)

    def settle(self, draft_id: int, plan: ImportPlan) -> Draft:
        """Keep what a person decided. Raises `RecordNotFound`, and `Invalid` by `columns.<position>`, `fixed.<field>`,
        `key` or `mode`."""
        draft = self._open(draft_id)
        if errors := plan_faults(self._store.model.entities, self._entity(draft), plan, self._formats):
            raise Invalid(errors)
        self._imports.change(draft_id, plan=plan.to_json(), check=None, checking=None)
        return replace(draft, plan=plan, check=None, checking=None)

    def drop(self, draft_id: int) -> None:
        """Forget the file. Raises `RecordNotFound`, `Refused` while it runs."""
        self._imports.remove(self._open(draft_id))

    # -- looking at it

    def samples(self, draft: Draft, count: int = 20) -> list[Row]:
        """The first rows."""
        return list(islice(self._mended(draft).rows(), count))

    def look(self, draft: Draft, plan: ImportPlan | None = None, rows: int = 3) -> Sequence[LookRow]:
        """How the first rows will look, under the draft's plan or another one."""
        importer = self._importer(draft, plan)
        first = self.samples(draft, rows)
        with self._store.judging(self._actor, "import") as write:
            judged = importer.check(write, first)
            return [LookRow(row.line, tuple(self._cells(importer, row))) for row in judged]

    def _cells(self, importer: Importer, row: Any) -> list[LookCell]:
        faults: dict[str, Fault] = {fault.field: fault for fault in (*row.warnings, *row.faults)}
        cells = []
        for column in importer.plan.mapped:
            name = column.field or ""
            written = importer.reader.text(row.row, column.position)
            if name in faults:
                cells.append(LookCell(name, faults[name].text or written, faults[name].reason))
                continue
            known = importer.entity.fields.get(name)
            value = row.values.get(name)
            linked = known is None or bool(known.target or known.targets)
            text = (
                written if linked or value is None or known is None else known.type.format(value, known, self._formats)
            )
            new = value == UNMADE
            cells.append(LookCell(name, text, new=new, value=None if new else value))
        return cells

    def file_values(self, draft: Draft, position: int, plan: ImportPlan | None = None) -> Sequence[FileValue]:
        """The different texts of a column that goes to a choice, those not known first, at most 200."""
        column = next(each for each in (plan or draft.plan).columns if each.position == position)
        field = self._entity(draft).fields[column.field or ""]
        reader = ColumnReader(column, field, self._formats)
        rows = self._mended(draft).rows()
        counts = Counter(cell_text(row.cells[position], field) for row in rows if row.cells[position] is not None)
        values = [FileValue(text, count, _key(reader, text)) for text, count in counts.most_common(VALUES)]
        return sorted(values, key=lambda value: value.key is not None)

    def check(self, draft_id: int, progress: Progress = lambda done: None) -> Draft:
        """Judge every row here and now; nothing is written but the outcome. Raises as `sheet` does."""
        draft = self._open(draft_id)
        found = check(self._store, self._actor, self._importer(draft), self._mended(draft), progress)
        self._imports.change(draft_id, check=found.to_json())
        return replace(draft, check=found)

    def mend(self, draft_id: int, line: int, position: int, text: str | None) -> Draft:
        """Let `text` stand in a cell that goes to a field, None what the file has there; what the check found changes
        with it. Raises `RecordNotFound` for another cell or before the first check, `Refused`, `UnreadableFile`."""
        draft = self._open(draft_id)
        sheet = self._mended(draft)
        if draft.check is None or all(column.position != position for column in draft.plan.mapped):
            raise RecordNotFound
        if next((row.line for row in sheet.rows(after=line - 1)), None) != line:
            raise RecordNotFound
        if line not in draft.plan.mended and len(draft.plan.mended) >= MOST_MENDED:
            raise Refused(message_text("import.mended_enough", count=MOST_MENDED))
        fresh = replace(draft, plan=draft.plan.mend(line, position, text))
        importers, sheets = (self._importer(draft), self._importer(fresh)), (sheet, self._mended(fresh))
        found = recheck(self._store, self._actor, importers, sheets, line, draft.check)
        self._imports.change(draft_id, plan=fresh.plan.to_json(), check=found.to_json())
        return replace(fresh, check=found)

    # -- doing it

    def start_check(self, draft_id: int) -> int:
        """An operation that checks, for a file of many rows."""
        draft = self._open(draft_id)
        return self._imports.begin(draft, self._actor, CHECK_KIND, {**self._settings(draft), "undo": False})

    def start(self, draft_id: int) -> int:
        """An operation that imports; it waits for a runner. Raises `RecordNotFound`, `Refused`, `Invalid`."""
        draft = self._open(draft_id)
        if errors := plan_faults(self._store.model.entities, self._entity(draft), draft.plan, self._formats):
            raise Invalid(errors)
        return self._imports.begin(draft, self._actor, KIND, self._settings(draft))

    def operation(self, operation_id: int) -> Operation:
        """How far an import of the person has come. Raises `RecordNotFound`."""
        return self._imports.operations.read(self._actor, operation_id)

    def draft_of(self, operation_id: int) -> Draft:
        """The import that an operation of the person runs or ran. Raises `RecordNotFound`."""
        draft = self._imports.of_operation(operation_id)
        if draft is None:
            raise RecordNotFound
        return self.draft(draft.id)

    def error_file(self, draft: Draft, kind: str) -> Iterator[bytes]:
        """The rows that the run left out, or that the check would, with the reason; `kind` is a word of `writers()`.
        Raises `UnreadableFile` when the file is not kept any more."""
        language = self._formats.language
        title = self._entity(draft).plural.in_(language)
        return ErrorRows(self._mended(draft), self._reasons(draft), title, language).pieces(writers()[kind])

    def _reasons(self, draft: Draft) -> dict[int, str]:
        """Line -> everything that stands against it."""
        found: dict[int, list[str]] = {}
        language, entity = self._formats.language, self._entity(draft)
        if draft.operation is not None:
            for refusal in self._refusals(draft.operation):
                said = (
                    f"{refusal.cell}: {refusal.reason.in_(language)}" if refusal.cell else refusal.reason.in_(language)
                )
                found.setdefault(refusal.position, []).append(said)
        else:
            for each in draft.check.refusals if draft.check else ():
                label = entity.fields[each.field].label.in_(language) if each.field in entity.fields else ""
                said = each.reason.in_(language)
                found.setdefault(each.line, []).append(f"{label}: {said}" if label else said)
        return {line: " ".join(dict.fromkeys(reasons)) for line, reasons in found.items()}

    def _refusals(self, operation: int) -> Iterator[Refusal]:
        last = 0
        while page := self._imports.operations.refusals(operation, after=last, limit=PAGE):
            yield from page
            last = page[-1].id

    # -- shared

    def _open(self, draft_id: int) -> Draft:
        """One that has not run yet. Raises `RecordNotFound`, `Refused`."""
        draft = self.draft(draft_id)
        self._may_import(draft.entity)
        if draft.operation is not None:
            raise Refused(message_text("import.running"))
        return draft

    def _may_import(self, name: str) -> None:
        entity = self._store.model.entities.get(name)
        if entity is None:
            raise RecordNotFound
        if not self._store.model.policy.may_import(self._actor, name):
            raise Refused(message_text("refused.import", entity=entity.plural))

    def _entity(self, draft: Draft) -> Entity:
        return self._store.model.entities[draft.entity]

    def _guess(self, entity: str, sheet: Sheet) -> ImportPlan:
        entities = self._store.model.entities
        samples = list(islice(sheet.rows(), SAMPLES))
        return guess(entities, entities[entity], sheet, samples, self._formats, self._imports.past(entity, sheet))

    def _mended(self, draft: Draft) -> Sheet:
        """The rows as they are after what was mended."""
        return self.sheet(draft).mended(draft.plan.mended)

    def _importer(self, draft: Draft, plan: ImportPlan | None = None) -> Importer:
        return Importer(self._store.model, self._entity(draft), plan or draft.plan, self._formats)

    def _settings(self, draft: Draft) -> dict[str, Any]:
        formats = self._formats
        named = {"language": formats.language, "currency": formats.currency, "phone_region": formats.phone_region}
        return {"import": draft.id, "file": draft.name, **named}


def _as_far_as_known(plan: ImportPlan, entity: Entity) -> ImportPlan:
    """Without the columns that go to what the person has no field of any more."""
    known = {ID, *entity.fields}
    columns = tuple(replace(c, field=None) if c.field and c.field not in known else c for c in plan.columns)
    return replace(plan, columns=columns, key=plan.key if known.issuperset(plan.key) else ())


def _key(reader: ColumnReader, text: str) -> str | None:
    try:
        value = reader.read(text)
    except ValueRefused:
        return None
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
