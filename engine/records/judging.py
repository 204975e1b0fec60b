"""What a write comes to before it is written: the row as it will be, or everything that stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from engine.locale.text import Text
from engine.records import attaching, checks, holding, late_rules, linked, rules
from engine.records.computed_row import with_formulas
from engine.records.errors import CHANGED_MEANWHILE, Conflict, Invalid, MoveRefused
from engine.records.foresight import rules_of
from engine.records.transaction import Stored, Transaction, Values
from engine.records.view import NEW, NOTHING, Awaited, RecordView
from engine.schema.model import Entity, Field


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line item of a record: new (no id), changed, or to be deleted. `version` is the one the actor read."""

    id: int | None
    values: Values
    delete: bool = False
    version: int | None = None
    place: int | None = None
    """Where it stands among those with a place; None leaves it where it is, behind them."""


Lines = Mapping[str, Sequence[LineChange]]
"""Children field -> its changed lines."""
NO_LINES: Lines = MappingProxyType({})


def new_row(transaction: Transaction, entity: Entity, values: Values, lines: Lines = NO_LINES) -> dict[str, Any]:
    """The row of a new record that gets `lines`. Raises `Invalid`, `MoveRefused`."""
    view = transaction.view(entity, of_new=True, awaited=_awaited(transaction, entity, None, lines))
    accepted = checks.accepted(transaction, entity, values)
    holding.hold_behind(transaction, entity, [accepted])
    owned = _owned(transaction, entity, attaching.settled(transaction, entity, accepted, {}))
    if not transaction.actor.unlimited and (errors := rules.never_written(entity, owned, view)):
        raise Invalid(errors)
    waiting = late_rules.waiting(transaction, entity, owned, with_lines=bool(lines))
    begun = rules.with_defaults(entity, owned, view) | _system(owned)
    holding.hold_behind(transaction, entity, [begun])
    row = _worked_out(transaction, entity, begun, None, view, waiting, strict=True)
    checks.check_moves(transaction, entity, None, row, view)
    checks.check_row(transaction, entity, row, None, None, view, waiting)
    return row


def changed_values(
    transaction: Transaction,
    entity: Entity,
    stored: Stored,
    values: Values,
    version: int | None,
    lines: Lines = NO_LINES,
) -> dict[str, Any]:
    """What differs from the stored row, of which `lines` change. Raises `Invalid`, `Conflict`, `MoveRefused`."""
    view = transaction.view(entity, before=stored.row, awaited=_awaited(transaction, entity, stored, lines))
    checks.kept_back(transaction, entity, values)
    given = {name: value for name, value in values.items() if not _same(stored, entity, name, value)}
    accepted = checks.accepted(transaction, entity, given)
    accepted = linked.with_unseen(transaction, entity, stored.row, accepted)
    accepted = attaching.settled(transaction, entity, accepted, stored.row)
    wanted = {name: value for name, value in accepted.items() if stored.row[name] != value}
    wanted = checks.unconflicted(transaction, entity, stored, wanted, version)
    holding.hold_behind(transaction, entity, [wanted])
    touched = [name for name, changes in lines.items() if _differ(transaction, entity, name, changes)]
    if errors := rules.locked(entity, [*wanted, *touched], stored.row, view):
        raise Invalid(errors)
    waiting = late_rules.waiting(transaction, entity, wanted, with_lines=bool(lines))
    row = _worked_out(transaction, entity, stored.row, _with_team(transaction, wanted), view, waiting, strict=True)
    changed = {name: row[name] for name in entity.fields if name in row and stored.row[name] != row[name]}
    checks.check_moves(transaction, entity, stored.row, row, view)
    checks.check_row(transaction, entity, row, {**changed, **dict.fromkeys(lines)}, stored, view, waiting)
    return changed


def _differ(transaction: Transaction, entity: Entity, name: str, changes: Sequence[LineChange]) -> bool:
    """Whether something would become of line items that nobody may change now; their order is no value."""
    field = entity.fields[name]
    if field.readonly is None or any(change.delete or change.id is None for change in changes):
        return bool(changes)
    line = transaction.entity(field.target or "")
    before = _lines_before(transaction, line, [change.id for change in changes if change.id is not None])
    own = {each.name for each in line.declared if each.type.stored and not each.given}
    pairs = ((before.get(each.id, {}), name, value) for each in changes for name, value in each.values.items())
    return any(name in own and row.get(name) != value for row, name, value in pairs)


def view_of(transaction: Transaction, entity: Entity, stored: Stored | None, lines: Lines) -> RecordView:
    """What rules see of a record with changed `lines`."""
    awaited = _awaited(transaction, entity, stored, lines)
    return transaction.view(entity, of_new=stored is None, before=stored.row if stored else None, awaited=awaited)


def row_to_be(
    transaction: Transaction,
    entity: Entity,
    stored: Stored | None,
    values: Values,
    view: RecordView,
    waiting: Set[str] = frozenset(),
) -> dict[str, Any]:
    """The row of a new or changed record as it would be, whatever stands against it; values of no kind of their
    field's are left out. What is hidden because of sums that are `waiting` keeps its value."""
    try:
        accepted = checks.accepted(transaction, entity, values)
    except Invalid as invalid:
        fitting = {name: value for name, value in values.items() if name not in invalid.errors}
        accepted = checks.accepted(transaction, entity, fitting)
    if stored is not None:
        wanted = {name: value for name, value in accepted.items() if stored.row[name] != value}
        return _worked_out(transaction, entity, stored.row, _with_team(transaction, wanted), view, waiting)
    owned = _owned(transaction, entity, accepted)
    begun = rules.with_defaults(entity, owned, view) | _system(owned)
    return _worked_out(transaction, entity, begun, None, view, waiting)


def _worked_out(
    transaction: Transaction,
    entity: Entity,
    row: Values,
    wanted: Values | None,
    view: RecordView,
    waiting: Set[str] = frozenset(),
    strict: bool = False,
) -> dict[str, Any]:
    """The row with what is `wanted` (None for a new one), its formulas worked out, what became hidden cleared, and what
    hangs on that worked out again."""
    plan = transaction.model.plan
    found = with_formulas(plan, entity, {**row, **(wanted or {})}, wanted, view, strict)
    changed = None if wanted is None else {*wanted, *(name for name in found if found[name] != row.get(name))}
    shown = rules.without_hidden(entity, found, changed, view, waiting.isdisjoint)
    cleared = [name for name, value in shown.items() if value != found[name]]
    return with_formulas(plan, entity, shown, cleared, view, strict) if cleared else shown


def _awaited(transaction: Transaction, entity: Entity, stored: Stored | None, lines: Lines) -> Awaited:
    """The changed line items as they will be, where rules of the record count records."""
    if not lines or not any(rule.quantified for rule in rules_of(entity)):
        return NOTHING
    found: dict[str, list[Values]] = {}
    for name, changes in lines.items():
        field = entity.fields[name]
        line, parent = (
            transaction.entity(field.target or ""),
            {str(field.settings["key"]): stored.id if stored else NEW},
        )
        before = _lines_before(transaction, line, [change.id for change in changes if change.id is not None])
        view = transaction.view(line)
        rows = (line_to_be(transaction, line, before.get(change.id), change, parent, view) for change in changes)
        found.setdefault(line.name, []).extend(rows)
    return found


def _lines_before(transaction: Transaction, line: Entity, ids: Sequence[int]) -> dict[int | None, Values]:
    if not ids:
        return {}
    table = transaction.model.table(line.name)
    found = transaction.connection.execute(select(table).where(table.c.id.in_(ids))).mappings()
    return {row["id"]: dict(row) for row in found}


def line_to_be(
    transaction: Transaction,
    line: Entity,
    before: Values | None,
    change: LineChange,
    parent: Values,
    view: RecordView,
) -> dict[str, Any]:
    """What its own rules refuse is told where it is written; it counts without what is no value at all."""
    if change.delete:
        return {**(before or {}), "deleted_at": transaction.moment.now}
    given = {name: value for name, value in change.values.items() if name not in parent}
    try:
        values = checks.accepted(transaction, line, given)
    except Invalid as invalid:
        values = checks.accepted(transaction, line, {n: v for n, v in given.items() if n not in invalid.errors})
    row = rules.with_defaults(line, values, view) if before is None else before
    worked_out = _worked_out(transaction, line, {**row, **parent}, None if before is None else values, view)
    return {**worked_out, **parent}


def errors_of_record(
    transaction: Transaction,
    entity: Entity,
    stored: Stored | None,
    values: Values,
    unread: Set[str] = frozenset(),
    lines: Lines = NO_LINES,
) -> dict[str, Text]:
    """What stands against a record with changed `lines`, but for its moves and conflicts, whatever its fields `unread`
    are."""
    transaction = replace(transaction, unread=frozenset(unread))
    try:
        if stored is None:
            new_row(transaction, entity, values, lines)
        else:
            changed_values(transaction, entity, stored, values, None, lines)
    except Invalid as invalid:
        return _certain(entity, invalid.errors, unread)
    except MoveRefused:
        pass
    return {}


def errors_of_lines(
    transaction: Transaction, entity: Entity, stored: Stored | None, lines: Lines, unread: Set[str] = frozenset()
) -> dict[str, Text]:
    """What stands against the line items of a record that itself cannot be written, whatever is `unread`
    (`lines.0.product`); rules that look at that record are left alone."""
    errors: dict[str, Text] = {}
    for name, changes in lines.items():
        field = entity.fields[name]
        line, key = transaction.entity(field.target or ""), str(field.settings["key"])
        for number, change in enumerate(changes):
            if change.delete:
                continue
            before = None
            if change.id is not None and stored is not None:
                before = transaction.line(line, key, stored.id, change.id)
            found = errors_of_line(transaction, line, key, before, change, unread_of(name, number, unread))
            errors |= of_line(name, number, found)
    return errors


def unread_of(field: str, number: int, unread: Set[str]) -> set[str]:
    """What is unread of a line item, by the names of its own fields."""
    prefix = f"{field}.{number}."
    return {each.removeprefix(prefix) for each in unread if each.startswith(prefix)}


def of_line(field: str, number: int, errors: Mapping[str, Text]) -> dict[str, Text]:
    """The errors of a line item among those of its record."""
    return {f"{field}.{number}.{name}" if name else f"{field}.{number}": text for name, text in errors.items()}


def _certain(entity: Entity, errors: Mapping[str, Text], unknown: Set[str]) -> dict[str, Text]:
    """The errors that hold whatever the fields `unknown` are."""
    return {
        name: text
        for name, text in errors.items()
        if name not in unknown and not (name in entity.fields and _reads(entity.fields[name]) & unknown)
    }


def _reads(field: Field) -> set[str]:
    rules_of = (field.required, field.visible, field.validate)
    return {name for rule in rules_of if rule is not None for name in rule.reads}


def errors_of_line(
    transaction: Transaction, line: Entity, key: str, stored: Stored | None, change: LineChange, unread: Set[str]
) -> Mapping[str, Text]:
    """What stands against one line item, new or as it is `stored`."""
    unknown = {key, *unread}
    if stored is None:
        return errors_of_record(transaction, line, None, change.values, unknown)
    try:
        changed_values(replace(transaction, unread=frozenset(unknown)), line, stored, change.values, change.version)
    except Invalid as invalid:
        return _certain(line, invalid.errors, unknown)
    except Conflict as conflict:
        return dict.fromkeys((clash.field for clash in conflict.details.clashes), CHANGED_MEANWHILE)
    except MoveRefused:
        pass
    return {}


def _owned(transaction: Transaction, entity: Entity, values: Values) -> dict[str, Any]:
    """The values with the actor as owner and the owner's team, where nothing else is said."""
    owned = dict(values)
    if not entity.builtin and not entity.line_of and transaction.actor.user_id is not None:
        owned.setdefault("owner", transaction.actor.user_id)
    return _with_team(transaction, owned)


def _with_team(transaction: Transaction, values: Values) -> dict[str, Any]:
    """The values with the team of a new owner, unless one is given."""
    if values.get("owner") is None or "team" in values:
        return dict(values)
    return {**values, "team": transaction.team_of(values["owner"])}


def _same(stored: Stored, entity: Entity, name: str, value: Any) -> bool:
    """An unchanged value is left alone, even one its field would not take any more."""
    return name in entity.fields and entity.fields[name].type.stored and bool(stored.row[name] == value)


def _system(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in ("owner", "team", "created_by") if values.get(name) is not None}
