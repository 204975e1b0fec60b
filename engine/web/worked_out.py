"""How a computed field comes to its value, in the words of the screens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.expressions.parse import Expression
from engine.schema.computed import Path, Rollup
from engine.schema.model import Field
from engine.web.desk import Desk


def made_of(desk: Desk, field: Field) -> str:
    """A formula with the labels of what it reads, or what a rollup takes of which records; empty for other fields."""
    computed = field.computed
    if computed is None:
        return ""
    if computed.rollup is not None:
        return _rolled_up(desk, computed.rollup)
    return _with_labels(desk, computed.expression, field.entity) if computed.expression else ""


def _rolled_up(desk: Desk, rollup: Rollup) -> str:
    over = rollup.over
    records = desk.text(desk.workspace.blueprint.entities[over.entity].plural)
    value = _with_labels(desk, rollup.value, over.entity) if rollup.value else ""
    said = desk.say(f"computed.{rollup.function}" if value else "computed.records", field=value, records=records)
    if rollup.where is None:
        return said
    return desk.say("computed.where", what=said, condition=_with_labels(desk, rollup.where, over.entity))


def _with_labels(desk: Desk, expression: Expression, entity: str) -> str:
    """The expression as it is written, each path in it as people know it."""
    labels = {".".join(path): path_label(desk, path, entity) for path in expression.names}
    known = sorted((written for written, label in labels.items() if label), key=len, reverse=True)
    if not known:
        return expression.text
    paths = "|".join(map(re.escape, known))
    return re.sub(rf"(?<![\w.'\"])({paths})(?![\w.(])", lambda found: labels[found[1]], expression.text)


def path_label(desk: Desk, path: Path, entity: str) -> str:
    """The labels of the links and the field of a path; empty where one has none."""
    labels = list(_labels(desk, path, entity))
    return " › ".join(labels) if len(labels) == len(path) else ""


def _labels(desk: Desk, path: Path, entity: str) -> Iterable[str]:
    for position, name in enumerate(path):
        known = desk.workspace.blueprint.entities.get(entity)
        field = known.fields.get(name) if known else None
        if field is None:
            return
        yield desk.text(field.label)
        if "pipeline" in field.settings and len(path) == position + 2:
            yield desk.say(f"computed.{path[-1]}")
        entity = field.target or ""
