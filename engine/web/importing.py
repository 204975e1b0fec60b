"""The import that a page is about: its file, what is decided about it, and what the person may import at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from engine.exchange.drafts import Draft
from engine.exchange.imports import Importing
from engine.exchange.plan import ID, ColumnMap, ImportPlan
from engine.exchange.sheet import Sheet
from engine.exchange.summary import Summary
from engine.exchange.targets import importable
from engine.records.errors import RecordNotFound
from engine.schema.model import Entity
from engine.web.desk import Desk


@dataclass(frozen=True)
class ImportFile:
    """A draft of the person with its entity. `sheet` and `summary` raise `UnreadableFile` when it is not kept."""

    desk: Desk
    draft: Draft
    entity: Entity

    @property
    def here(self) -> str:
        return f"/imports/{self.draft.id}"

    @cached_property
    def sheet(self) -> Sheet:
        return importing(self.desk).sheet(self.draft)

    @cached_property
    def summary(self) -> Summary:
        return self.desk.request.services.summaries.of(self.draft.content, self.draft.options, self.sheet)

    @cached_property
    def plan(self) -> ImportPlan:
        """What was decided, as far as the fields are still there."""
        names = {ID, *(field.name for field in importable(self.entity))}
        plan = self.draft.plan
        columns = (c if c.field is None or c.field in names else ColumnMap(c.position, c.header) for c in plan.columns)
        fixed = {name: text for name, text in plan.fixed.items() if name in names}
        return replace(plan, columns=tuple(columns), fixed=fixed)


def importing(desk: Desk) -> Importing:
    return desk.request.services.imports.acting(desk.store, desk.actor, desk.formats)


def may_import(desk: Desk, name: str) -> bool:
    """Whether the person may bring in records of an entity that has pages."""
    return desk.may_visit(name) and desk.workspace.policy.may_import(desk.actor, name)


def importable_entities(desk: Desk) -> Iterator[Entity]:
    """In the order of the menu, then the others."""
    blueprint = desk.workspace.blueprint
    listed = [entry.entity for group in blueprint.screens.menu for entry in group.entries if entry.entity]
    for name in dict.fromkeys((*listed, *blueprint.entities)):
        if may_import(desk, name):
            yield blueprint.entities[name]


def import_file(desk: Desk, unused: bool = False) -> ImportFile:
    """The import of the address. Raises `RecordNotFound`: for one of somebody else, of an entity the person may not
    import, and for one that has run when it has to be `unused`."""
    draft = importing(desk).draft(record_number(desk.request.path_params["draft"]))
    if not may_import(desk, draft.entity) or (unused and draft.operation is not None):
        raise RecordNotFound
    return ImportFile(desk, draft, desk.workspace.blueprint.entities[draft.entity])


def record_number(text: str) -> int:
    """A number of a record as it was posted; 0 for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 16 else 0
