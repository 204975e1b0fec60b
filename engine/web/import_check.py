"""What the check of a file found, as a page: numbers, what is wrong, what can be done about it, the rows left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.exchange.cell_text import at_month_end
from engine.exchange.check import Check, FaultGroup, Refusal
from engine.exchange.plan import ColumnMap, ImportPlan
from engine.exchange.targets import importable, is_link, kind_of
from engine.exchange.writer import writers
from engine.expressions.types import Kind
from engine.forms.contexts import (
    Choice,
    ImportCell,
    ImportCheckScreen,
    ImportIssue,
    ImportMended,
    ImportTable,
    ImportValue,
    Link,
)
from engine.schema.model import Field
from engine.web.import_columns import values_of
from engine.web.import_form import may_create, with_values
from engine.web.import_outcomes import MOST_COLUMNS, REFUSED, asked_outcome, counts_of, figures, sampled
from engine.web.import_steps import import_head, inner
from engine.web.importing import ImportFile

SHOWN = 100
"""Rows of the table."""
LARGE = 10_000
"""Rows from which a page says that an import is large."""
ERROR_FILES = ("xlsx", "csv")


class CheckPage:
    """`editing` is the cell that is being mended: its line and position."""

    def __init__(self, file: ImportFile, check: Check, editing: tuple[int, int] | None = None) -> None:
        self.file, self.check, self.desk = file, check, file.desk
        self._editing = editing
        self._fields = {field.name: field for field in importable(file.entity)}
        self._columns = {column.position: column for column in file.plan.columns}

    def screen(self) -> ImportCheckScreen:
        say, check, file = self.desk.say, self.check, self.file
        head, asked = import_head(self.desk, file.entity, 3, file.draft), asked_outcome(self.desk, check)
        return ImportCheckScreen(
            page=self.desk.page(head.title),
            head=head,
            action=f"{file.here}/check",
            start_url=f"{file.here}/start",
            title=self._title(),
            figures=tuple(figures(self.desk, check, asked)),
            issues=tuple(self._issue(group) for group in check.groups),
            notes=tuple(self._notes()),
            rows=sampled(file, check, asked) if asked else self._table(),
            rows_title=say(f"import.rows_{asked or REFUSED}", count=counts_of(check)[asked or REFUSED]),
            error_files=error_files(file) if check.refused and not asked else (),
            import_label=say("import.do", count=check.going) if check.going else "",
            foot=say("import.left_out", count=check.refused) if check.refused else say("import.all_good"),
            back_url=file.here,
            mend_url=f"{file.here}/mend",
            mended=tuple(self._mended()),
            mended_title=say("import.mended", count=sum(map(len, file.plan.mended.values()))),
        )

    def _title(self) -> str:
        say, check = self.desk.say, self.check
        if not check.going:
            return say("import.none_ready")
        ready = say("import.ready", count=check.going)
        if check.refused:
            return say("import.ready_look", ready=ready, refused=say("import.need_look", count=check.refused))
        return ready

    def _notes(self) -> Iterator[str]:
        made = [
            self.desk.say("import.new_linked", count=self.desk.formats.number(count), entity=self._plural(name))
            for name, count in self.check.new_records.items()
        ]
        if made:
            yield self.desk.say("shell.list_separator").join(made)
        if self.check.going > LARGE:
            yield self.desk.say("import.large", count=self.desk.formats.number(self.check.going))

    def _plural(self, name: str) -> str:
        return self.desk.text(self.desk.workspace.blueprint.entities[name].plural)

    # -- what is wrong

    def _issue(self, group: FaultGroup) -> ImportIssue:
        say, field = self.desk.say, self._fields.get(group.field)
        reason = self.desk.text(group.reason)
        label = self.desk.text(field.label) if field else ""
        title = say("import.issue_of", count=group.count, field=label, reason=reason) if label else ""
        values = self._unknown(group, field) if field else ()
        return ImportIssue(
            bad=not group.warning,
            title=title or say("import.issue", count=group.count, reason=reason),
            detail="" if values else say("shell.list_separator").join(group.texts),
            values=values,
            acts=tuple(self._acts(group, field, bool(values))) if field and not group.warning else (),
        )

    def _unknown(self, group: FaultGroup, field: Field) -> tuple[ImportValue, ...]:
        """The texts that are no option, each with what it may be read as; others with what to write instead."""
        if group.position is None or group.warning or group.kind not in ("choice", "link", "many_links", "value"):
            return ()
        if kind_of(field) not in (Kind.CHOICE, Kind.BOOLEAN):
            return tuple(self._replaced(group.position, group.texts))
        if group.kind != "choice":
            return ()
        counts = dict(self.file.summary[group.position].values)
        texts = tuple((text, max(count, counts.get(text, 1))) for text, count in group.texts.items())
        return values_of(self.desk, field, self._columns[group.position], texts)

    def _replaced(self, position: int, texts: Mapping[str, int]) -> Iterator[ImportValue]:
        for number, (text, count) in enumerate(texts.items()):
            times = self.desk.say("import.times", count=count)
            yield ImportValue(f"{position}.{number}", text, times, (), known=False)

    def _acts(self, group: FaultGroup, field: Field, values: bool) -> Iterator[tuple[str, str]]:
        """(what is posted, label) of what can be done about rows with the same fault."""
        say, column = self.desk.say, self._columns.get(group.position if group.position is not None else -1)
        if column is None:
            return
        if values:
            yield f"read:{column.position}", say("import.act_read" if group.kind == "choice" else "import.act_replace")
        if group.kind == "required" and field.name == self.file.entity.title and (other := self._naming()):
            label = inner(self.desk, self.desk.text(self._fields[other.field or ""].label))
            yield f"after:{column.position}", say("import.act_after", field=label)
        if group.kind == "link" and may_create(self.desk, field) and not column.by and not column.create_missing:
            yield f"create:{column.position}", say("import.act_create")
        if group.kind == "value" and kind_of(field) in (Kind.DATE, Kind.DATETIME):
            if any(at_month_end(text) != text for text in group.texts):
                yield f"month:{column.position}", say("import.act_month")
            else:
                for order in ("dmy", "mdy"):
                    if order != column.date_order:
                        yield f"{order}:{column.position}", say(f"import.act_{order}")
        if group.kind in ("value", "choice", "link") and not field.always_required and not column.blank_bad:
            yield f"blank:{column.position}", say("import.act_empty")

    def _naming(self) -> ColumnMap | None:
        """A column whose linked record may give a record without a title its name."""
        return naming_column(self.file.plan, self._fields)

    # -- the rows that are left out

    def _table(self) -> ImportTable:
        rows: dict[int, list[Refusal]] = {}
        for refusal in self.check.refusals:
            if len(rows) < SHOWN or refusal.line in rows:
                rows.setdefault(refusal.line, []).append(refusal)
        wrong = {refusal.position for refusals in rows.values() for refusal in refusals}
        shown = [column for column in self.file.plan.columns if column.field]
        shown = sorted(shown, key=lambda column: column.position not in wrong)[:MOST_COLUMNS]
        shown.sort(key=lambda column: column.position)
        numeric = [column.field in self._fields and self._fields[column.field].type.numeric for column in shown]
        named = zip((self._head(column) for column in shown), numeric, strict=True)
        heads = ((self.desk.say("import.problem"), False), *named)
        drawn = tuple((str(line), self._row(refusals, shown)) for line, refusals in rows.items())
        more = self.check.refused > len(drawn)
        counted = self.desk.say("import.refused_first", count=self.desk.formats.number(len(drawn))) if more else ""
        return ImportTable(heads, drawn, counted)

    def _head(self, column: ColumnMap) -> str:
        field = self._fields.get(column.field or "")
        return self.desk.text(field.label) if field else self.file.summary[column.position].title

    def _row(self, refusals: list[Refusal], shown: list[ColumnMap]) -> tuple[ImportCell, ...]:
        reasons = {refusal.position: self.desk.text(refusal.reason) for refusal in reversed(refusals)}
        by_field = {refusal.field: self.desk.text(refusal.reason) for refusal in reversed(refusals)}
        texts = refusals[0].cells
        said = dict.fromkeys(self._said(refusal) for refusal in refusals)
        cells = [ImportCell(" ".join(said), prose=True)]
        for column in shown:
            text = texts[column.position] if column.position < len(texts) else ""
            error = reasons.get(column.position) or by_field.get(column.field or "-") or ""
            cells.append(self._cell(refusals[0].line, column, text, error))
        return tuple(cells)

    def _cell(self, line: int, column: ColumnMap, text: str, error: str) -> ImportCell:
        field = self._fields.get(column.field or "")
        cell = ImportCell(text, error, numeric=bool(field and field.type.numeric))
        if not error or field is None:
            return cell
        label = inner(self.desk, self.desk.text(field.label))
        place = f"{line}.{column.position}"
        named = self.desk.say("import.mend_cell", field=self.desk.text(field.label), line=line)
        add = "" if text else self.desk.say("record.add_value", field=label)
        editing = self._editing == (line, column.position)
        choices = tuple(self._options(field, text)) if editing else ()
        action = f"{self.file.here}/mend" if editing else ""
        return replace(cell, place=place, add=add, named=named, mend_url=action, choices=choices)

    def _options(self, field: Field, text: str) -> Iterator[Choice]:
        """What a choice may be mended to."""
        labels = [self.desk.text(option.label) for option in field.options]
        if kind_of(field) is Kind.BOOLEAN:
            labels = [self.desk.say("value.yes"), self.desk.say("value.no")]
        if kind_of(field) in (Kind.CHOICE, Kind.BOOLEAN):
            yield Choice(
                "", self.desk.say("import.value_empty" if not field.always_required else "import.choose_value")
            )
            yield from (Choice(label, label, selected=label == text) for label in labels)

    def _mended(self) -> Iterator[ImportMended]:
        for line, cells in sorted(self.file.plan.mended.items()):
            for position, text in sorted(cells.items()):
                title = self._head(self._columns[position]) if position in self._columns else ""
                yield ImportMended(f"{line}.{position}", str(line), title, text)

    def _said(self, refusal: Refusal) -> str:
        field = self._fields.get(refusal.field)
        reason = self.desk.text(refusal.reason)
        return self.desk.say("import.said", field=self.desk.text(field.label), reason=reason) if field else reason


def error_files(file: ImportFile) -> tuple[Link, ...]:
    """The rows that were left out, to be repaired and loaded again."""
    known = writers()
    return tuple(
        Link(file.desk.say("import.download", kind=file.desk.text(known[kind].label)), f"{file.here}/errors/{kind}")
        for kind in ERROR_FILES
    )


def repaired(file: ImportFile) -> ImportPlan:
    """The plan with the texts that were given options, and with what the pressed button does: `<what>:<position>`."""
    plan = with_values(file, file.plan)
    what, _, place = file.desk.request.form.get("do", "").partition(":")
    fields = {field.name: field for field in importable(file.entity)}
    other = naming_column(plan, fields)
    columns = []
    for column in plan.columns:
        field = fields.get(column.field or "")
        if field and str(column.position) == place:
            column = _repair(file, column, field, what)
            if what == "after" and other and field.name == file.entity.title:
                column = replace(column, fill_from=other.position)
        columns.append(column)
    return replace(plan, columns=tuple(columns))


def naming_column(plan: ImportPlan, fields: Mapping[str, Field]) -> ColumnMap | None:
    """The first column that goes to a link to one record, but for who owns it."""
    named = ((column, fields.get(column.field or "")) for column in plan.mapped)
    return next((column for column, field in named if field and field.target and not field.system), None)


def _repair(file: ImportFile, column: ColumnMap, field: Field, what: str) -> ColumnMap:
    if what == "blank" and not field.always_required:
        return replace(column, blank_bad=True)
    if what == "create" and is_link(field) and may_create(file.desk, field):
        return replace(column, by="", create_missing=True)
    if what == "month":
        return replace(column, month_end=True)
    if what in ("dmy", "mdy"):
        return replace(column, date_order="dmy" if what == "dmy" else "mdy")
    return column
