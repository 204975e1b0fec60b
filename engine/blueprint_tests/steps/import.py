"""Rows of a table come in as from a file: columns find their fields by their titles, and each row obeys every rule."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.step_kind import StepKind
from engine.blueprint_tests.trial import Trial
from engine.exchange.file_rows import FileRow
from engine.exchange.guessing import SAMPLES, guess
from engine.exchange.importer import Importer
from engine.exchange.plan import MODES, ImportPlan, mode
from engine.exchange.plan_faults import plan_faults
from engine.exchange.reading import read
from engine.exchange.sheet import Row, Sheet
from engine.exchange.unreadable import UnreadableFile
from engine.language.source import Mapping, Node
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.records.errors import Invalid, Refused
from engine.schema.compilation import scalars, text_of, texts_of
from engine.schema.model import Entity
from engine.schema.sections import NAME_LIST, closed


@dataclass(frozen=True, slots=True)
class Importing:
    entity: Entity
    table: str
    key: tuple[str, ...]
    mode: str

    def run(self, trial: Trial) -> None:
        """Each row that is refused is noted by its line; the others go in."""
        if not trial.store.model.policy.may_import(trial.actor, self.entity.name):
            raise Refused(message_text("refused.import", entity=self.entity.plural))
        formats = self._formats(trial)
        with TemporaryDirectory(prefix="crm-test-") as folder:
            path = Path(folder) / "table.csv"
            path.write_text(self.table, encoding="utf-8")
            try:
                sheet = read(path)
                rows = list(sheet.rows())
            except UnreadableFile as unreadable:
                raise Refused(unreadable.message) from unreadable
        importer = Importer(trial.store.model, self.entity, self._plan(trial, sheet, rows, formats), formats)
        for row in importer.write(trial.write("import"), rows):
            if row.action == "refuse":
                trial.reject(_errors(row), row.line)

    def _plan(self, trial: Trial, sheet: Sheet, rows: list[Row], formats: Formats) -> ImportPlan:
        entities = trial.store.model.entities
        guessed = guess(entities, self.entity, sheet, list(islice(rows, SAMPLES)), formats)
        plan = replace(guessed, key=self.key, mode=mode(self.mode)) if self.key or self.mode else guessed
        if faults := plan_faults(entities, self.entity, plan, formats):
            raise Invalid(faults)
        return plan

    def _formats(self, trial: Trial) -> Formats:
        settings = trial.ground.settings
        return Formats("en", settings.time_zone, settings.currency, trial.moment.today, settings.phone_region)


class Import(StepKind):
    name = "import"
    options = closed(
        {
            "into": {"type": "string", "description": "The entity.", "x-zh-CN": "实体。"},
            "csv": {
                "type": "string",
                "description": "The table: titles of columns, then a line for each row.",
                "x-zh-CN": "表格：首行为列标题，其后每行一条。",
            },
            "key": NAME_LIST
            | {
                "description": "The fields by which a record is recognised; every row is new when it is not written.",
                "x-zh-CN": "识别已有记录的字段；不写则每行均为新记录。",
            },
            "mode": {
                "enum": list(MODES),
                "description": "What happens to records that exist and to new ones.",
                "x-zh-CN": "对已有记录与新记录分别如何处理。",
            },
        },
        ("into", "csv"),
        description="Import rows, as from a file.",
        **{"x-zh-CN": "导入若干行，如同来自文件。"},
    )

    def read(self, node: Node, names: Names) -> Deed | None:
        entity = names.entity(node.get("into")) if isinstance(node, Mapping) else None
        if entity is None or not isinstance(node, Mapping):
            return None
        for scalar in scalars(node.get("key")):
            names.known.compilation.known("E213", scalar, entity.fields, where=entity.name)
        key = texts_of(node.get("key"))
        return Importing(
            entity, text_of(node.get("csv")) or "", key, text_of(node.get("mode")) or ("both" if key else "")
        )


def _errors(row: FileRow) -> MappingType[str, Text]:
    return {fault.field: fault.reason for fault in row.faults}
