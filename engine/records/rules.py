"""The rules of a record in the order of one write: defaults, hidden fields, required, valid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from engine.expressions.parse import Expression
from engine.locale.catalogue import message_text
from engine.locale.text import Text, sentences
from engine.records.rule_sentences import broken_sentence
from engine.records.view import RecordView
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field

Values = Mapping[str, Any]
Asks = Callable[[Set[str]], bool]
"""Whether a rule that reads these fields is judged at all."""


def every(reads: Set[str]) -> bool:
    return True


def with_defaults(entity: Entity, values: Values, view: RecordView) -> dict[str, Any]:
    """A whole row: what was given, then the defaults of the rest; later defaults may read earlier fields."""
    row: dict[str, Any] = {field.name: values.get(field.name) for field in _stored(entity)}
    for field in _stored(entity):
        if field.name not in values and field.default is not None:
            row[field.name] = default_of(field, row, view)
    return row


def default_of(field: Field, row: Values, view: RecordView) -> Any:
    default = field.default
    if default is None or default.expression is None:
        return default.value if default else None
    return field.type.from_expression(view.judge(default.expression, row, itself=False), field)


def without_hidden(
    entity: Entity, row: Values, changed: Iterable[str] | None, view: RecordView, asks: Asks = every
) -> dict[str, Any]:
    """The row after the fields that became hidden lost their values, unless they keep them. What hides a field may be
    such a field itself. Fields that nothing in `changed` affects are left alone; None judges them all."""
    kept, touched = dict(row), None if changed is None else set(changed)
    hiding = [field for field in _stored(entity) if field.visible is not None and asks(field.visible.reads)]
    clearing = [field for field in hiding if _clears(field)]
    for _ in clearing:
        hidden = [
            field.name
            for field in clearing
            if kept.get(field.name) is not None
            and _affected(field, (field.visible,), touched)
            and is_hidden(field, kept, view)
        ]
        if not hidden:
            break
        kept |= dict.fromkeys(hidden)
        touched = None if touched is None else touched | set(hidden)
    return kept


def _clears(field: Field) -> bool:
    """Records of their own, which join two others, stay when the field is hidden."""
    return field.when_hidden == "clear" and field.joint is None


def is_hidden(field: Field, row: Values, view: RecordView) -> bool:
    return field.visible is not None and not view.judge(field.visible, row)


def is_required(field: Field, row: Values, view: RecordView) -> bool:
    return field.required is not None and bool(view.judge(field.required, row)) and not is_hidden(field, row, view)


def broken_rules(
    entity: Entity, row: Values, changed: Iterable[str] | None, view: RecordView, asks: Asks = every
) -> dict[str, Text]:
    """The errors of a row by field. Rules that no changed field can affect are left alone; None judges them all."""
    touched = None if changed is None else frozenset(changed)
    errors: dict[str, Text] = {}
    for field in _stored(entity):
        if field.required is None and row.get(field.name) is None:
            continue
        if error := _broken_rule(entity, field, row, touched, view, asks):
            errors[field.name] = error
    return errors


def broken_checks(
    entity: Entity,
    row: Values,
    changed: Iterable[str] | None,
    unknown: Set[str],
    view: RecordView,
    asks: Asks = every,
) -> dict[str, Text]:
    """What the checks of an entity say about a row, by the field each stands beside, "" for the row as a whole. Left
    alone are those that no changed field can affect, and those that read a field whose value is `unknown` or wrong."""
    touched = None if changed is None else frozenset(changed)
    found: dict[str, list[Text]] = {}
    for check in entity.checks:
        affected = touched is None or not check.reads.isdisjoint(touched)
        if affected and asks(check.reads) and check.reads.isdisjoint(unknown) and view.judge(check.never, row):
            found.setdefault(check.beside or "", []).append(check.error)
    return {name: sentences(texts) for name, texts in found.items()}


def _broken_rule(
    entity: Entity, field: Field, row: Values, touched: Set[str] | None, view: RecordView, asks: Asks
) -> Text | None:
    value = row.get(field.name)
    if value is None:
        reads = {name for rule in (field.required, field.visible) if rule is not None for name in rule.reads}
        affected = asks(reads) and _affected(field, (field.required, field.visible), touched)
        return message_text("value.required", label=field.label) if affected and is_required(field, row, view) else None
    if touched is None or field.name in touched:
        try:
            field.type.validate(value, field)
        except ValueRefused as refusal:
            return refusal.message
    if field.validate is None or not asks(field.validate.reads) or not _affected(field, (field.validate,), touched):
        return None
    return None if view.judge(field.validate, row) else broken_sentence(entity, field)


def _affected(field: Field, rules: tuple[Expression | None, ...], touched: Set[str] | None) -> bool:
    if touched is None or field.name in touched:
        return True
    return any(not rule.reads.isdisjoint(touched) for rule in rules if rule is not None)


def locked(entity: Entity, changed: Iterable[str], stored: Values, view: RecordView) -> dict[str, Text]:
    """The changed fields that may not be changed, judged on the stored record."""
    return {
        name: message_text("value.readonly", label=field.label)
        for name in changed
        if (field := entity.fields[name]).readonly is not None and view.judge(field.readonly, stored)
    }


def never_written(entity: Entity, values: Values, view: RecordView) -> dict[str, Text]:
    """The values of a new record in fields that are always read-only and hold nothing but their default."""
    fields = (entity.fields[name] for name in values)
    return {
        field.name: message_text("value.readonly", label=field.label)
        for field in fields
        if field.readonly is not None
        and field.readonly.constant is True
        and values[field.name] not in (None, default_of(field, values, view))
    }


def _stored(entity: Entity) -> list[Field]:
    return [field for field in entity.declared if field.type.stored]
