"""An import, or the check of a large file, while it runs and afterwards, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from engine.forms.contexts import ImportAct, ImportCell, ImportRunScreen, ImportStep, ImportTable, Link
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
            counted=texts.counted(desk, operation),
            left=texts.time_left(desk, operation),
            steps=() if self.checking else tuple(self._steps(running)),
            note=desk.say(f"import.{note}") if note and not self.checking and self._has_said(note) else "",
            note_kind=kind,
            here=self._here,
            running=running,
            refused=self._table(refusals),
            refused_title=desk.say("import.refused_rows", count=operation.refused),
            error_files=error_files(self.file) if refusals else (),
            acts=tuple(
                ImportAct(act.label, act.url, act.icon, act.kind or "secondary")
                for act in texts.acts_of(desk, operation)
            ),
            links=() if running else tuple(self._links()),
        )

    def _has_said(self, note: str) -> bool:
        return note != "can_undo" or self.operation.undoable

    def _title(self) -> str:
        operation, say, number = self.operation, self.desk.say, self.desk.formats.number
        done, total = operation.done + operation.refused, operation.total or self.file.draft.rows
        if operation.state in ("waiting", "running"):
            return say("import.checking" if self.checking else "import.run_title", count=total)
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
        plural = self.desk.text(self.file.entity.plural)
        created, updated = number(counts.get("create", 0)), number(counts.get("update", 0))
        said = say("import.s_rows", entity=plural, created=created, updated=updated)
        yield ImportStep(said, "now" if running else "done")
        if counts.get("skip"):
            yield ImportStep(say("import.s_skip", count=counts["skip"]), "done")
        if operation.refused:
            yield ImportStep(say("import.s_refused", count=operation.refused), "bad")

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
