"""What the rules of an entity say about a row that is shown: hidden, locked and needed fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.expressions.evaluate import evaluate
from engine.expressions.parse import Expression
from engine.records.model import Row
from engine.schema.model import Entity, Field
from engine.web.desk import Desk


def hidden_fields(desk: Desk, entity: Entity, row: Row) -> frozenset[str]:
    judge = _judge(desk, entity, row)
    return _names(entity, lambda field: field.visible is not None and judge(field.visible) is False)


def locked_fields(desk: Desk, entity: Entity, row: Row) -> frozenset[str]:
    judge = _judge(desk, entity, row)
    return _names(
        entity,
        lambda field: _cannot_join(desk, field) or (field.readonly is not None and judge(field.readonly) is True),
    )


def _cannot_join(desk: Desk, field: Field) -> bool:
    """Whether the actor may neither make nor delete the records that the links of the field are."""
    if field.joint is None or desk.workspace.blueprint.entities[field.joint.entity].line_of:
        return False
    policy, joining = desk.workspace.policy, field.joint.entity
    return not policy.may_create(desk.actor, joining) and policy.grant(desk.actor, "delete", joining).nothing


def needed_fields(desk: Desk, entity: Entity, row: Row) -> frozenset[str]:
    """Fields that are required now and empty."""
    judge = _judge(desk, entity, row)
    return _names(
        entity,
        lambda field: row.get(field.name) is None and field.required is not None and judge(field.required) is True,
    )


def required_fields(desk: Desk, entity: Entity, row: Row) -> frozenset[str]:
    judge = _judge(desk, entity, row)
    return _names(entity, lambda field: field.required is not None and judge(field.required) is True)


def breaks(desk: Desk, entity: Entity, row: Row, rule: Expression | None) -> bool:
    """Whether the rule is known not to hold on the row."""
    return rule is not None and _judge(desk, entity, row)(rule) is False


def _names(entity: Entity, holds: Callable[[Field], bool]) -> frozenset[str]:
    return frozenset(field.name for field in entity.declared if holds(field))


def _judge(desk: Desk, entity: Entity, row: Row) -> Callable[[Expression], bool | None]:
    """The answer of a rule about the row; None where it asks for what the page has not read: the gateway decides."""
    moment = desk.store.moment(desk.actor)

    def read(path: tuple[str, ...]) -> Any:
        if path == ("me",):
            return moment.me
        if path[0] == "old":
            raise LookupError(path)
        if len(path) == 1:
            return row.get(path[0])
        field = entity.fields.get(path[0])
        pipeline = desk.store.model.pipeline_of(field) if field else None
        if pipeline is None:
            raise LookupError(path)
        return getattr(pipeline.stages.get(str(row.get(path[0]))), path[1], None)

    def judge(rule: Expression) -> bool | None:
        try:
            return bool(evaluate(rule, read, moment))
        except LookupError:
            return None

    return judge
