"""Cells of rows become values, and the names of records in them become those records, many rows at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, cast

from engine.exchange.cell_text import cell_text
from engine.exchange.column_reader import ColumnReader, Named, entity_named
from engine.exchange.file_rows import Fault, FaultKind, FileRow
from engine.exchange.plan import ID, ImportPlan
from engine.exchange.sheet import Row
from engine.exchange.targets import is_link
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.records.model import RecordModel
from engine.records.writing import Write
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field
from engine.schema.record_ids import read_id
from engine.schema.sorting import fold

UNMADE = -1
"""The id that stands for a linked record which is still to be made."""
KEPT = 50_000
"""Names of records that are remembered."""
Found = tuple[int, ...]


class RowReader:
    """Reads the rows of one file for one plan; remembers what it has read and found."""

    def __init__(self, model: RecordModel, entity: Entity, plan: ImportPlan, formats: Formats) -> None:
        self.model, self.entity, self.plan = model, entity, plan
        self._formats = formats
        self._readers = [
            ColumnReader(column, None if column.field == ID else entity.fields[column.field], formats, plan.decimal)
            for column in plan.mapped
            if column.field is not None
        ]
        self._found: dict[tuple[str, str, str], Found] = {}
        self._coming: Counter[tuple[str, str]] = Counter()
        self._fixed = self._read_fixed()

    def read(self, write: Write, rows: Sequence[Row]) -> list[FileRow]:
        """The rows with their values; what cannot be read or found stands among their faults."""
        read = [self._read(row) for row in rows]
        self._look_for(write, read)
        for row in read:
            self._link(write, row)
        return read

    def texts(self, row: Row) -> list[str]:
        """The row as it is in the file."""
        known = {reader.column.position: reader for reader in self._readers}
        return [known[place].text(cell) if place in known else cell_text(cell) for place, cell in enumerate(row.cells)]

    def text(self, row: Row, position: int) -> str:
        if position >= len(row.cells):
            return ""
        reader = next((each for each in self._readers if each.column.position == position), None)
        return reader.text(row.cells[position]) if reader else cell_text(row.cells[position])

    def read_key(self, row: Row) -> dict[str, Any]:
        """The values of the key alone; none where a cell cannot be read."""
        values: dict[str, Any] = {}
        for reader in self._readers:
            if reader.column.field in self.plan.key and reader.column.position < len(row.cells):
                try:
                    values[reader.column.field or ""] = reader.read(row.cells[reader.column.position])
                except ValueRefused:
                    continue
        return values

    def _read_fixed(self) -> dict[str, Any]:
        """Raises `ValueRefused`."""
        values: dict[str, Any] = {}
        for name, text in self.plan.fixed.items():
            field = self.entity.fields[name]
            value = read_id(text) if field.target else field.type.parse(text, field, self._formats)
            values[name] = value
        return values

    def _read(self, row: Row) -> FileRow:
        read = FileRow(row, dict(self._fixed))
        if row.beyond:
            read.refuse(Fault("row", message_text("import.beyond", count=len(row.cells))))
        for reader in self._readers:
            column = reader.column
            cell = row.cells[column.position] if column.position < len(row.cells) else None
            if cell is None and column.fill_from is not None:
                cell = self.text(row, column.fill_from) or None
            if cell is None:
                continue
            try:
                value = reader.read(cell)
            except ValueRefused as refusal:
                kind: FaultKind = "choice" if reader.field is not None and reader.field.options else "value"
                fault = Fault(kind, refusal.message, column.field or "", column.position, reader.text(cell))
                _keep(read, fault, column.blank_bad)
                continue
            if value is not None:
                read.values[column.field or ""] = value
        return read

    # -- names of records

    def _look_for(self, write: Write, rows: Sequence[FileRow]) -> None:
        """Find every record that the rows name, one statement for each entity and way of naming."""
        if len(self._found) > KEPT:
            self._found.clear()
        wanted: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            for by, _, value in self._names(row):
                for entity, text in self._places(value):
                    if (entity, by, text) not in self._found:
                        wanted.setdefault((entity, by), set()).add(text)
        for (entity, by), texts in wanted.items():
            self._found |= {(entity, by, text): () for text in texts}
            found = write.named(entity, by, texts, self._formats)
            self._found |= {(entity, by, text): ids for text, ids in found.items()}

    def _names(self, row: FileRow) -> Iterator[tuple[str, str, Named]]:
        """(way of naming, field, name) of each record that a row names."""
        for reader in self._readers:
            if reader.field is not None and is_link(reader.field):
                value = row.values.get(reader.field.name)
                names = value if type(value) is tuple else (value,)
                yield from ((reader.column.by, reader.field.name, name) for name in names if isinstance(name, Named))

    def _places(self, name: Named) -> list[tuple[str, str]]:
        """(entity, title) that a name may mean."""
        if len(name.entities) == 1:
            return [(name.entities[0], name.text)]
        entity, title = entity_named(name.text, {each: self.model.entities[each] for each in name.entities})
        return [(entity, title)] if entity else [(each, name.text) for each in name.entities]

    def _link(self, write: Write, row: FileRow) -> None:
        """Names become ids, and faults where none or several records have them."""
        for reader in self._readers:
            field = reader.field
            if field is None or not is_link(field) or field.name not in row.values:
                continue
            value = row.values[field.name]
            names = value if type(value) is tuple else (value,)
            if not all(isinstance(name, Named) for name in names):
                continue
            found = [self._one(write, row, reader, name) for name in names]
            if None in found:
                del row.values[field.name]
            else:
                row.values[field.name] = _value(field, [reference for reference in found if reference])

    def _one(self, write: Write, row: FileRow, reader: ColumnReader, name: Named) -> tuple[str, int] | None:
        column, places = reader.column, self._places(name)
        found: list[Any] = [(entity, each) for entity, text in places for each in self._found[entity, column.by, text]]
        if len(found) == 1:
            return cast(tuple[str, int], found[0])
        label = self.model.entities[name.entities[0]].label
        field = reader.field.name if reader.field else ""
        if not found and not column.by:
            found = [place for place in places for _ in range(self._coming[place[0], fold(place[1])])]
            if len(found) == 1:
                return places[0][0], UNMADE
        if not found and column.create_missing and not column.by and reader.field and reader.field.target:
            row.made[field] = places[0]
            return places[0][0], UNMADE
        if found:
            reason = message_text("import.several_records", label=label, text=name.text, count=len(found))
            row.refuse(Fault("many_links", reason, field, column.position, name.text))
        else:
            reason = message_text("import.no_such_record", label=label, text=name.text)
            _keep(row, Fault("link", reason, field, column.position, name.text), column.blank_bad)
        return None

    def remember(self, entity: str, text: str, record_id: int) -> None:
        """A record that was made because a file names it."""
        self._found[entity, "", text] = (record_id,)

    def will_be(self, row: Row) -> None:
        """A row that a dry run lets in: others may name its record."""
        column = self.plan.column(self.entity.title)
        if column is not None:
            self._coming[self.entity.name, fold(self.text(row, column.position))] += 1

    def forget(self) -> None:
        """What was found in a transaction that was taken back."""
        self._found.clear()


def _keep(row: FileRow, fault: Fault, blank_bad: bool) -> None:
    if blank_bad:
        row.warnings.append(fault)
    else:
        row.refuse(fault)


def _value(field: Field, references: Sequence[tuple[str, int]]) -> Any:
    return references[0][1] if field.target else field.type.naming(references)
