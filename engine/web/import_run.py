"""An import, or the check of a large file, while it runs and afterwards, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from engine.forms.contexts import ImportAct, ImportCell, ImportRunScreen, ImportStep, ImportTable, Link
from engine.records.operation_clearing import KEPT
from engine.records.operations import Operation, Refusal
from engine.web import operations as texts
from engine.web.import_check import error_files
from engine.web.import_steps import import_head
from engine.web.importing import ImportFile

SHOWN = 100
RUNNING = ("waiting", "running", "undoing")
NOTE: dict[str, tuple[str, Literal["", "ok", "warn", "bad"]]] = {
    "done": ("can_undo", ""),
    "stopped": ("can_undo", ""),
    "failed": ("cut_text", "bad"),
    "interrupted": ("cut_text", "warn"),
    "undone": ("undone_text", "ok"),
}
NOTHING = ImportTable((), ())


class RunPage:
    """`here` is where the page asks for itself again."""

    def __init__(self, file: ImportFile, operation: Operation, here: str, step: int) -> None:
        self.file, self.operation, self.desk = file, operation, file.desk
        self._here, self._step = here, step

    @property
    def checking(self) -> bool:
        return self._step == 3

    def screen(self) -> ImportRunScreen:
        operation, desk = self.operation, self.desk
        head = import_head(desk, self.file.entity, self._step, self.file.draft)
        running = operation.state in RUNNING
        refusals = () if running or self.checking else self._refusals()
        note, kind = NOTE.get(operation.state, ("", ""))
        return ImportRunScreen(
            page=desk.page(head.title),
            head=head,
            title=self._title(),
            text=desk.say("import.leave_page") if running else "",
            percent=texts.percent_of(operation),
            counted=self._counted(),
            left=texts.time_left(desk, operation),
            steps=() if self.checking else tuple(self._steps(running)),
            note=self._note(note) if not self.checking else "",
            note_kind=kind,
            here=self._here,
            running=running,
            refused=self._table(refusals),
            refused_title=desk.say("import.rows_refused", count=operation.refused),
            error_files=error_files(self.file) if refusals else (),
            acts=tuple(
                ImportAct(act.label, act.url, act.icon, act.kind or "secondary")
                for act in texts.acts_of(desk, operation)
            ),
            links=() if running else tuple(self._links()),
        )

    def _note(self, note: str) -> str:
        """What can still be done about it, and until when."""
        operation, desk = self.operation, self.desk
        if operation.state in ("waiting", "running") or (note == "can_undo" and operation.undoable):
            return desk.say("import.can_undo_until", day=desk.formats.date(self._last_day()))
        return desk.say(f"import.{note}") if note and note != "can_undo" else ""

    def _last_day(self) -> date:
        ended = self.operation.finished_at or self.operation.created_at
        return (ended + KEPT - timedelta(days=1)).date()

    def _counted(self) -> str:
        """814 of 1,284; what is left out is told apart."""
        operation, number = self.operation, self.desk.formats.number
        if self.checking or not operation.refused or not operation.total:
            return texts.counted(self.desk, operation)
        done, left, total = number(operation.done), number(operation.refused), number(operation.total)
        return self.desk.say("import.run_counted", done=done, left=left, total=total)

    def _title(self) -> str:
        operation, say, number = self.operation, self.desk.say, self.desk.formats.number
        done, total = operation.done + operation.refused, operation.total or self.file.draft.rows
        if operation.state in ("waiting", "running"):
            if self.checking:
                return say("import.checking", count=total)
            return say("import.run_title", count=self.file.draft.check.going if self.file.draft.check else total)
        if operation.state == "done":
            return say("import.done_title", count=operation.done - self._counts().get("skip", 0))
        if operation.state in ("stopped", "interrupted"):
            key = "stopped" if operation.state == "stopped" else "cut"
            return say(f"import.{key}_title", done=number(done), all=number(total))
        return say(f"import.{operation.state}_title")

    def _counts(self) -> dict[str, int]:
        return {str(word): int(count) for word, count in dict(self.operation.result.get("counts", {})).items()}

    def _steps(self, running: bool) -> Iterator[ImportStep]:
        operation, say, number = self.operation, self.desk.say, self.desk.formats.number
        counts = self._counts()
        yield ImportStep(say("import.s_read"), "done")
        if operation.state == "waiting":
            yield ImportStep(say("import.s_waiting"), "now")
            return
        for name, count in dict(operation.result.get("made", {})).items():
            if (entity := self.desk.workspace.blueprint.entities.get(name)) is not None:
                named = self.desk.text(entity.plural)
                yield ImportStep(say("import.new_linked", count=number(int(count)), entity=named), "done")
        plural = self.desk.text(self.file.entity.plural)
        created, updated = number(counts.get("create", 0)), number(counts.get("update", 0))
        said = say("import.s_rows", entity=plural, created=created, updated=updated)
        yield ImportStep(said, "now" if running else "done")
        if counts.get("skip"):
            yield ImportStep(say("import.s_skip", count=counts["skip"]), "done")
        if operation.refused:
            yield ImportStep(say("import.s_refused", count=operation.refused), "bad")
        if running and (late := operation.result.get("late")):
            yield ImportStep(say("import.s_late", count=len(late)), "ahead")

    def _refusals(self) -> Sequence[Refusal]:
        return self.desk.request.services.operations.refusals(self.operation.id, limit=SHOWN)

    def _table(self, refusals: Sequence[Refusal]) -> ImportTable:
        say = self.desk.say
        if not refusals:
            return NOTHING
        title = self.desk.text(self.file.entity.fields[self.file.entity.title].label)
        heads = ((title, False), (say("import.column"), False), (say("import.problem"), False))
        rows = tuple(
            (
                str(refusal.position),
                (
                    ImportCell(refusal.title),
                    ImportCell(refusal.cell),
                    ImportCell(self.desk.text(refusal.reason), prose=True),
                ),
            )
            for refusal in refusals
        )
        more = say("import.refused_first", count=self.desk.formats.number(len(rows)))
        return ImportTable(heads, rows, more if self.operation.refused > len(rows) else "")

    def _links(self) -> Iterator[Link]:
        say = self.desk.say
        if self.checking:
            yield Link(say("import.back"), self.file.here, "chevron-left")
            return
        head = self.desk.head(self.file.entity)
        yield Link(say("import.open_list", entity=head.plural), head.url, head.icon)
        yield Link(say("import.again"), f"{head.url}/import", "upload")
