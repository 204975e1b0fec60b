"""A form while it is filled in: what it would come to, for the script that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from engine.expressions.parse import Expression
from engine.forms.model import FormScreen, Section
from engine.forms.values import text_of
from engine.locale.text import Text
from engine.records.model import Record
from engine.records.outlook import Outlook
from engine.schema.model import Entity
from engine.web.desk import Desk
from engine.web.filling import form_screen, given_by_address, line_changes, start_row, submitted
from engine.web.rules import breaks

REQUIRED = "value.required"


def has_rules(desk: Desk, entity: Entity) -> bool:
    """Whether something of the form depends on what is typed."""
    return any(_rules(desk, entity, form_screen(desk, entity)))


def is_judged(desk: Desk) -> bool:
    """The script asks what the form would come to; nothing is written."""
    return "_judge" in desk.request.form


def section_id(section: Section) -> str:
    """Of a section that a rule shows or hides."""
    return section.visible.text if section.visible is not None and section.visible.names else ""


def judged(desk: Desk, entity: Entity, record: Record | None) -> dict[str, Any]:
    """What was submitted, judged: names of hidden and needed controls and of hidden sections, computed values, and the
    errors that what the person has touched brings about. Raises `RecordNotFound`, `Refused`."""
    filling = submitted(desk, entity, record.row if record else start_row(desk, entity))
    given = {} if record else given_by_address(desk, entity)
    values, unread = {**given, **filling.bound.values}, frozenset(filling.errors)
    with desk.store.judging(desk.actor, "ui") as write:
        found = write.outlook(entity.name, record.id if record else None, values, line_changes(filling), unread)
    touched = frozenset(desk.request.form.getlist("_touched"))
    errors = {**found.errors, **filling.errors}
    return {
        "hidden": sorted(found.hidden),
        "needed": sorted(found.needed),
        "sections": [section_id(each) for each in _sections(desk, entity) if _is_out(desk, entity, each, found)],
        "values": dict(_computed(desk, entity, found.row)),
        "errors": {name: desk.text(text) for name, text in _told(desk, entity, errors, touched)},
    }


def _rules(desk: Desk, entity: Entity, screen: FormScreen) -> Iterator[bool]:
    lines = [desk.workspace.blueprint.entities[block.field.target or ""] for block in screen.lines]
    for each in (entity, *lines):
        yield bool(each.checks)
        for field in each.declared:
            yield field.computed is not None
            yield any(_depends(rule) for rule in (field.required, field.visible, field.validate))
    yield any(_depends(section.visible) for section in _sections(desk, entity))


def _depends(rule: Expression | None) -> bool:
    return rule is not None and bool(rule.names)


def _sections(desk: Desk, entity: Entity) -> list[Section]:
    screen = form_screen(desk, entity)
    return [*screen.sections, *(section for tab in screen.tabs for section in tab.sections)]


def _is_out(desk: Desk, entity: Entity, section: Section, found: Outlook) -> bool:
    return breaks(desk, entity, found.row, section.visible) and bool(section_id(section))


def _computed(desk: Desk, entity: Entity, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What formulas of the record come to. Sums over line items follow when they are saved."""
    for field in form_screen(desk, entity).fields:
        if field.computed is not None and field.computed.expression is not None:
            yield field.name, text_of(field, row.get(field.name), desk.formats, {})


def _told(desk: Desk, entity: Entity, errors: Mapping[str, Text], touched: Set[str]) -> Iterator[tuple[str, Text]]:
    """The errors that follow from what was touched; nobody is told of what they have not come to yet."""
    for name, text in errors.items():
        first, _, rest = name.partition(".")
        number, _, inner = rest.partition(".")
        judged_entity, prefix = entity, ""
        if rest and (target := entity.fields[first].target):
            judged_entity, prefix = desk.workspace.blueprint.entities[target], f"{first}.{number}."
        near = {each.removeprefix(prefix) for each in touched if each.startswith(prefix)}
        own = inner if prefix else name
        if own in near or (text.key != REQUIRED and _follows(judged_entity, own, near)):
            yield name, text


def _follows(entity: Entity, name: str, touched: Set[str]) -> bool:
    """Whether a rule with its error beside this field reads one that was touched."""
    field = entity.fields.get(name)
    reads = [check.reads for check in entity.checks if (check.beside or "") == name]
    reads += [frozenset(path[0] for path in field.validate.names)] if field and field.validate else []
    return any(not each.isdisjoint(touched) for each in reads)
