"""How a computed field comes to its value, in the words of the screens."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from engine.expressions.parse import Expression
from engine.expressions.tree import FieldPath
from engine.schema.computed import Path, Rollup
from engine.schema.model import Field
from engine.web.desk import Desk

STAGE_KINDS = ("open", "won", "lost", "hold")


def made_of(desk: Desk, field: Field) -> str:
    """A formula with the labels of what it reads, or what a rollup takes of which records; empty for other fields."""
    computed = field.computed
    if computed is None:
        return ""
    if computed.rollup is not None:
        return _rolled_up(desk, computed.rollup)
    return with_labels(desk, computed.expression, field.entity) if computed.expression else ""


def _rolled_up(desk: Desk, rollup: Rollup) -> str:
    over = rollup.over
    records = desk.text(desk.workspace.blueprint.entities[over.entity].plural)
    value = with_labels(desk, rollup.value, over.entity) if rollup.value else ""
    said = desk.say(f"computed.{rollup.function}" if value else "computed.records", field=value, records=records)
    if rollup.where is None:
        return said
    return desk.say("computed.where", what=said, condition=with_labels(desk, rollup.where, over.entity))


def with_labels(desk: Desk, expression: Expression, entity: str) -> str:
    """The expression as it is written, each path and each option in it as people know it."""
    labels = {".".join(path): path_label(desk, path, entity) for path in expression.names}
    parameters = desk.workspace.blueprint.parameters.items()
    labels |= {f"param.{name}": desk.text(each.field.label) for name, each in parameters}
    known = sorted((written for written, label in labels.items() if label), key=len, reverse=True)
    paths = "|".join(map(re.escape, known)) or "(?!)"
    options = _option_labels(desk, expression, entity)
    written = re.compile(rf"(?P<quoted>'[^']*'|\"[^\"]*\")|(?<![\w.])(?P<path>{paths})(?![\w.(])")

    def said(found: re.Match[str]) -> str:
        return labels[found["path"]] if found["path"] else options.get(found[0][1:-1], found[0])

    return written.sub(said, expression.text)


def _option_labels(desk: Desk, expression: Expression, entity: str) -> dict[str, str]:
    """The labels of the keys that fields with options are compared with; not of one that two fields name otherwise."""
    found: dict[str, set[str]] = {}
    for node in (each for each in ast.walk(expression.tree) if isinstance(each, ast.Compare)):
        sides = [node.left, *node.comparators]
        for path in (side.path for side in sides if isinstance(side, FieldPath)):
            for part in (part for side in sides for part in ast.walk(side) if isinstance(part, ast.Constant)):
                if isinstance(part.value, str) and (label := option_label(desk, path, entity, part.value)):
                    found.setdefault(part.value, set()).add(label)
    return {key: f"“{label}”" for key, (label, *others) in ((k, sorted(v)) for k, v in found.items()) if not others}


def option_label(desk: Desk, path: Path, entity: str, key: str) -> str:
    """What a field at the end of a path, or a stage asked for its kind, calls one of its keys."""
    for position, name in enumerate(path):
        known = desk.workspace.blueprint.entities.get(entity)
        field = known.fields.get(name) if known else None
        if field is None:
            return ""
        if path[position + 1 :] == ("kind",) and "pipeline" in field.settings:
            return desk.say(f"computed.kind.{key}") if key in STAGE_KINDS else ""
        if position == len(path) - 1:
            option = field.option(key)
            return desk.text(option.label) if option else ""
        entity = field.target or ""
    return ""


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
