"""Imports into the small CRM of the gateway's tests: a table goes in, what became of it comes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.access import grants
from engine.access.actor import ENGINE, Actor
from engine.database.identifiers import Identifiers
from engine.exchange.drafts import Draft
from engine.exchange.import_files import CHECK_KIND, KIND
from engine.exchange.import_job import ImportCheckJob, ImportJob
from engine.exchange.imports import Importing, Imports
from engine.exchange.plan import ColumnMap, ImportPlan
from engine.exchange.sheet import ReadOptions
from engine.locale.formats import Formats
from engine.records.file_store import FolderStore
from engine.records.lease import Lease
from engine.records.operations import Operation, Operations
from engine.records.query import PageRequest
from engine.records.runner import Runner
from engine.records.undoing import UNDO, Undoing
from engine.schema.model import ListQuery, Sort
from tests.exchange.sheets import Rows, write_csv
from tests.records.shop import Shop


class Bench:
    """`who` imports, by default the boss."""

    def __init__(self, shop: Shop, ids: Identifiers, folder: Path) -> None:
        self.shop, self.folder = shop, folder
        self.operations = Operations(shop.database, ids, shop.clock)
        self.imports = Imports(shop.database, ids, shop.clock, FolderStore(folder / "imports"), self.operations)
        jobs: dict[str, Any] = {
            KIND: ImportJob(self.imports),
            CHECK_KIND: ImportCheckJob(self.imports),
            UNDO: Undoing(),
        }
        self.runner = Runner(Lease(shop.database, ids, shop.clock), lambda: shop.store, jobs)
        with shop.database.write() as connection:
            for name in ("ann", "ben", "eve"):
                grants.set_roles(connection, shop.people[name], shop.actor(name).roles)

    def acting(self, who: str = "eve", language: str = "en") -> Importing:
        actor: Actor = self.shop.actor(who) if who else ENGINE
        today = self.shop.store.moment(actor).today
        return self.imports.acting(self.shop.store, actor, Formats(language, "Asia/Shanghai", "EUR", today, "CN"))

    def upload(self, entity: str, rows: Rows, who: str = "eve", **options: Any) -> Draft:
        path = write_csv(self.folder / "rows.csv", rows)
        with path.open("rb") as stream:
            return self.acting(who).upload(entity, "rows.csv", stream, ReadOptions(**options))

    def settled(self, entity: str, rows: Rows, who: str = "eve", **changes: Any) -> Draft:
        """A draft whose plan has these changes; `columns` by field name."""
        draft = self.upload(entity, rows, who)
        columns: dict[str, dict[str, Any]] = changes.pop("columns", {})
        plan = replace(draft.plan, **changes)
        changed = tuple(replace(each, **columns.get(each.field or "", {})) for each in plan.columns)
        return self.acting(who).settle(draft.id, replace(plan, columns=changed))

    def run(self, draft: Draft, who: str = "eve") -> Operation:
        operation = self.acting(who).start(draft.id)
        self.runner.run(operation)
        return self.operations.read(ENGINE, operation, everybody=True)

    def refusals(self, operation: Operation) -> list[tuple[int, str, str]]:
        """(line, column, sentence)."""
        found = self.operations.refusals(operation.id)
        return [(each.position, each.cell, each.reason.in_("en")) for each in found]

    def rows(self, entity: str, *names: str) -> list[tuple[Any, ...]]:
        """Every record by its title, titles of links instead of ids."""
        query = ListQuery(entity, names, sort=(Sort("name"),))
        page = self.shop.store.list(ENGINE, query, PageRequest(limit=1000))
        return [tuple(row.get(f"{name}__title", row[name]) for name in names) for row in page.rows]


def mapped(plan: ImportPlan) -> dict[str, tuple[str | None, str]]:
    """Title -> (field, confidence)."""
    return {column.header: (column.field, column.confidence) for column in plan.columns}


def column(plan: ImportPlan, name: str) -> ColumnMap:
    found = plan.column(name)
    assert found is not None
    return found
