"""A form while it is filled in: what it would come to, for the script that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from engine.expressions.parse import Expression
from engine.forms.controls import Filled
from engine.forms.model import FormScreen, Section
from engine.locale.text import Text
from engine.records.model import Record, Row
from engine.records.outlook import Outlook
from engine.schema.model import Entity, Field
from engine.web.desk import Desk
from engine.web.filling import Filling, form_screen, given_by_address, line_changes, start_row, submitted
from engine.web.rules import breaks
from engine.web.titles import titles_of

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
    names = _Names(filling)
    given = {} if record else given_by_address(desk, entity)
    values, unread = {**given, **filling.bound.values}, _unread(filling)
    touched = frozenset(names.numbered(name) for name in desk.request.form.getlist("_touched"))
    with desk.store.judging(desk.actor, "ui") as write:
        changes = line_changes(filling)
        found = write.outlook(entity.name, record.id if record else None, values, changes, unread, touched)
    errors = {**found.errors, **filling.errors}
    return {
        "hidden": sorted(map(names.shown, found.hidden)),
        "needed": sorted(map(names.shown, found.needed)),
        "sections": [section_id(each) for each in _sections(desk, entity) if _is_out(desk, entity, each, found)],
        "values": {names.shown(name): text for name, text in _computed(desk, entity, found)},
        "errors": {names.shown(name): desk.text(text) for name, text in _told(desk, entity, errors, touched)},
    }


class _Names:
    """Line items are judged by their order, and have numbers of their own on the form."""

    def __init__(self, filling: Filling) -> None:
        pairs = [
            (f"{name}.{order}.", f"{name}.{line.index}.")
            for name, lines in filling.lines.items()
            for order, line in enumerate(lines)
        ]
        self._shown, self._numbered = dict(pairs), {shown: numbered for numbered, shown in pairs}

    def shown(self, name: str) -> str:
        return _renamed(name, self._shown)

    def numbered(self, name: str) -> str:
        return _renamed(name, self._numbered)


def _renamed(name: str, prefixes: Mapping[str, str]) -> str:
    first, _, rest = name.partition(".")
    number, _, inner = rest.partition(".")
    prefix = f"{first}.{number}."
    return (prefixes.get(prefix, prefix) + inner).rstrip(".") if rest else name


def _unread(filling: Filling) -> frozenset[str]:
    """The names of controls whose text says no value; what was left empty is known to be."""
    known = set(filling.bound.values)
    for name, lines in filling.lines.items():
        known |= {f"{name}.{order}.{inner}" for order, line in enumerate(lines) for inner in line.bound.values}
    return frozenset(filling.errors.keys() - known)


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


def _computed(desk: Desk, entity: Entity, found: Outlook) -> list[tuple[str, str]]:
    """What computed fields of the record and its line items come to, as their controls have it."""
    shown = list(_worked_out(form_screen(desk, entity), found))
    titles = titles_of(desk, [each for _, field, row in shown for each in field.references(row.get(field.name))])
    return [(name, desk.controls.control(field, Filled(row, {}, {}, titles)).text) for name, field, row in shown]


def _worked_out(screen: FormScreen, found: Outlook) -> Iterator[tuple[str, Field, Row]]:
    for field in screen.fields:
        if field.computed is not None:
            yield field.name, field, found.row
    for block in screen.lines:
        fields = [column.field for column in block.columns if column.field.computed is not None]
        for prefix, row in found.lines.items():
            if prefix.startswith(f"{block.field.name}."):
                yield from ((prefix + field.name, field, row) for field in fields)


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
