"""What stands against a write: values of the wrong kind, conflicts, stage moves, rules, links and repeated values."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from sqlalchemy import select

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records import history, joins, links, rings, rules, transitions
from engine.records.blocking import blocked
from engine.records.errors import Clash, Conflict, ConflictDetails, Invalid, MoveRefused
from engine.records.ledger import not_unique, stage_fields, with_companions
from engine.records.transaction import UNDO, Stored, Transaction, Values
from engine.records.view import RecordView
from engine.schema.field_type import ValueRefused, refuse
from engine.schema.model import Entity, Field, Stage
from engine.schema.system_fields import WRITABLE
from engine.schema.tables import unique_groups


def accepted(transaction: Transaction, entity: Entity, values: Values) -> dict[str, Any]:
    """The values as their types hold them. Raises `Invalid` for names that are no writable field, and for values that
    are none of the field's type."""
    errors: dict[str, Text] = {}
    kept: dict[str, Any] = {}
    kept_back(transaction, entity, values)
    for name, value in values.items():
        try:
            field = _writable(transaction, entity, name)
            if field.type.sealed:
                value = _sealed(transaction, field, value)
            elif not transaction.settled:
                value = _accepted(field, value)
            kept[name] = value
        except ValueRefused as refusal:
            errors[name] = refusal.message
    if errors:
        raise Invalid(errors)
    return kept


def kept_back(transaction: Transaction, entity: Entity, names: Iterable[str]) -> None:
    """Raises `Invalid` for fields the actor does not see, as for such as are not there; and whatever is sent."""
    hidden = transaction.model.limits_of(transaction.actor).hidden_of(entity.name)
    if errors := {name: message_text("value.unknown_field", name=name) for name in names if name in hidden}:
        raise Invalid(errors)


def _writable(transaction: Transaction, entity: Entity, name: str) -> Field:
    field = entity.fields.get(name)
    if field is None:
        raise ValueRefused(message_text("value.unknown_field", name=name))
    engine_only = field.system and name not in WRITABLE
    if not transaction.model.limits_of(transaction.actor).writes(entity.name, name):
        raise ValueRefused(message_text("value.readonly", label=field.label))
    if (
        not field.type.stored
        or field.given
        or (engine_only and not (name == "created_by" and transaction.actor.unlimited))
    ):
        raise ValueRefused(message_text("value.not_writable", label=field.label))
    return field


def _accepted(field: Field, value: Any) -> Any:
    return None if value is None else field.type.accept(_plain(field, value), field)


def _sealed(transaction: Transaction, field: Field, value: Any) -> Any:
    """A secret leaves this room encrypted. Raises `ValueRefused`, also when there is no key to do it with."""
    text = field.type.accept(value, field) if isinstance(value, str) else None
    if value is not None and not isinstance(value, str):
        raise refuse("structure")
    if text is None:
        return None
    field.type.validate(text, field)
    if transaction.model.vault is None:
        raise refuse("no_secret_key")
    return transaction.model.vault.seal(text)


def _plain(field: Field, value: Any) -> Any:
    """The value as JSON has it; one of another kind than the field's as text, which the field then refuses."""
    if isinstance(value, (str, list, dict)):
        return value
    try:
        return field.type.to_json(value)
    except (AttributeError, IndexError, TypeError, ValueError):
        return str(value)


def unconflicted(
    transaction: Transaction, entity: Entity, stored: Stored, wanted: Values, version: int | None
) -> dict[str, Any]:
    """`wanted` without what the actor sends back as it was in `version`, the one that was read: a whole form brings
    every field. Raises `Conflict` when a field both the actor and somebody else changed since then."""
    if version is None or version >= stored.version or not wanted:
        return dict(wanted)
    read = history.values_at(transaction.connection, entity.name, stored.id, version)
    kept = {
        name: value
        for name, value in wanted.items()
        if name not in read
        or not entity.fields[name].track
        or entity.fields[name].type.sealed
        or history.to_json(entity.fields[name], value) != read[name]
    }
    open_to_see = [name for name in kept if name in read and not entity.fields[name].type.sealed]
    clashes = tuple(Clash(name, kept[name], stored.row[name]) for name in open_to_see)
    if clashes:
        by, at = history.last_write(transaction.connection, transaction.model, entity.name, stored.id)
        raise Conflict(ConflictDetails(stored.version, clashes, by=by, at=at, record=stored.row))
    return kept


def check_row(
    transaction: Transaction,
    entity: Entity,
    row: Values,
    changed: Values | None,
    stored: Stored | None,
    view: RecordView,
    waiting: Set[str] = frozenset(),
) -> None:
    """Judge a row as it will be; only what `changed` touches, None judges everything, and not yet what reads one of the
    sums `waiting`. What is written at another time keeps a rule that holds then or now. Raises `Invalid`."""
    errors = _broken(transaction, entity, row, changed, view, waiting)
    if errors and (present := transaction.present_view(view)):
        still = _broken(transaction, entity, row, changed, present, waiting)
        errors = {name: text for name, text in errors.items() if name in still}
    errors = _told(transaction, entity, errors, row)
    written = (name for name in (entity.fields if changed is None else changed) if name in row)
    given = {name: row[name] for name in written if entity.fields[name].computed is None}
    if not transaction.actor.unlimited:
        before = stored.row if stored else {}
        errors = links.dangling(transaction, entity, _without_parent(entity, given), before) | errors
        errors = joins.refused(transaction, entity, given, before) | errors
    if changed is not None:
        errors = rings.rings(transaction, entity, given, stored.id if stored else 0) | errors
    touched = [group for group in unique_groups(entity) if changed is None or set(group[0]) & set(changed)]
    errors = repeated(transaction, entity, row, stored.id if stored else 0, touched) | errors
    errors = blocked(transaction, entity, row, stored.id if stored else 0, changed) | errors
    if errors:
        raise Invalid(errors)


def _told(transaction: Transaction, entity: Entity, errors: dict[str, Text], row: Values) -> dict[str, Text]:
    """What is said of rules: nobody is held up by a required field that they cannot fill in, and of one they do not
    see nothing is told."""
    limits = transaction.model.limits_of(transaction.actor)
    if not limits or not errors:
        return errors
    hidden = limits.hidden_of(entity.name)
    unfillable = {
        name
        for name in errors
        if name
        and not limits.writes(entity.name, name)
        and row.get(name) is None
        and entity.fields[name].always_required
    }
    kept = {name: text for name, text in errors.items() if name not in hidden | unfillable}
    if hidden & (errors.keys() - unfillable):
        return {**kept, "": message_text("refused.unseen_rule", entity=entity.label)}
    return kept


def _broken(
    transaction: Transaction,
    entity: Entity,
    row: Values,
    changed: Values | None,
    view: RecordView,
    waiting: Set[str],
) -> dict[str, Text]:
    """Rules of the fields first; a check is left alone while what it reads is wrong by itself."""
    errors = rules.broken_rules(entity, row, changed, view, waiting.isdisjoint)
    unknown = errors.keys() | transaction.unread
    return rules.broken_checks(entity, row, changed, unknown, view, waiting.isdisjoint) | errors


def repeated(
    transaction: Transaction, entity: Entity, row: Values, record_id: int, groups: Iterable[links.Group]
) -> dict[str, Text]:
    """Errors of values that another record outside the bin has already."""
    groups = list(groups)
    columns = with_companions(entity, {name: row.get(name) for fields, _ in groups for name in fields})
    taken = [fields for fields, names in groups if links.is_taken(transaction, entity, columns, names, record_id)]
    return {name: error for fields in taken for name, error in not_unique(entity, fields).items()}


def check_moves(transaction: Transaction, entity: Entity, stored: Values | None, row: Values, view: RecordView) -> None:
    """Judge each stage that differs from the stored one; a new record that starts in a later stage passes the guard
    of getting there from the first. Raises `MoveRefused`, `Invalid` for no stage at all."""
    for field in stage_fields(entity):
        pipeline = transaction.model.pipeline_of(field)
        if pipeline is None or not pipeline.stages:
            continue
        source = pipeline.first.key if stored is None else stored[field.name]
        target = row.get(field.name)
        if target is None and source is not None:
            raise Invalid({field.name: message_text("value.required", label=field.label)})
        if target is not None and target != source:
            guard = transitions.check_move(entity, pipeline, source, target, row, transaction.actor, view)
            if not guard.open and transaction.source != UNDO:
                hidden = transaction.model.limits_of(transaction.actor).hidden_of(entity.name)
                missing = tuple(name for name in guard.missing if name not in hidden)
                unseen = None if missing == guard.missing else message_text("refused.unseen_rule", entity=entity.label)
                raise MoveRefused(guard.refusal or unseen, missing, target)
            _check_limit(transaction, entity, field, pipeline.stages.get(target))


def _check_limit(transaction: Transaction, entity: Entity, field: Field, stage: Stage | None) -> None:
    """A stage that is full takes no more, whoever may see what stands in it. Raises `MoveRefused`."""
    if stage is None or not stage.limit_blocks or stage.limit is None or transaction.actor.unlimited:
        return
    if _standing(transaction, entity, field, stage) >= stage.limit:
        raise MoveRefused(message_text("move.full", stage=stage.label, limit=stage.limit), (), stage.key)


def _standing(transaction: Transaction, entity: Entity, field: Field, stage: Stage) -> int:
    """How many records stand in a stage, counted up to its limit, and those of the same write that will."""
    foresight = transaction.foresight
    known = foresight.standing(field, stage.key) if foresight else None
    if known is not None:
        return known
    table = transaction.model.table(entity.name)
    here = select(table.c.id).where(table.c[field.name] == stage.key, table.c.deleted_at.is_(None))
    bounded = here if foresight else here.limit(stage.limit)
    count = len(transaction.connection.execute(bounded).all())
    if foresight:
        foresight.standing(field, stage.key, count)
    return count


def _without_parent(entity: Entity, values: Values) -> dict[str, Any]:
    """A line item's link to its record is judged apart: it takes the right to change that record."""
    return {name: value for name, value in values.items() if not entity.line_of or name != entity.line_of[1]}
