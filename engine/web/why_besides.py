"""What a computed value is made of beside fields: the day, who asks, parameters, and what it counts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from engine.expressions.functions import FUNCTIONS
from engine.expressions.moment import SETTINGS
from engine.expressions.parse import Expression
from engine.expressions.trace import written
from engine.expressions.tree import Quantified
from engine.forms.contexts import Value
from engine.forms.contexts.why import WhyInput
from engine.forms.values import value_of
from engine.records.model import Record
from engine.records.view import RecordView
from engine.web.desk import Desk
from engine.web.worked_out import with_labels

NO_FIELDS = ("me", "id")
PARAMETER = re.compile(r"\bparam\.([a-z][a-z0-9_]*)")


def besides(desk: Desk, record: Record, expression: Expression) -> Iterator[WhyInput]:
    """At most one statement for each thing that is counted."""
    read = {name for node in ast.walk(expression.tree) for name in _reads(node)} - set(SETTINGS)
    moment = desk.store.moment(desk.actor)
    if read - {"now"}:
        yield WhyInput(desk.say("why.today"), Value("text", desk.formats.date(moment.today)))
    if "now" in read:
        yield WhyInput(desk.say("why.now"), Value("text", desk.formats.datetime(moment.now)))
    if any(path[0] == "me" for path in expression.names) and desk.request.user:
        yield WhyInput(desk.say("why.me"), Value("text", desk.request.user.name))
    for name in dict.fromkeys(PARAMETER.findall(expression.text)):
        parameter = desk.workspace.blueprint.parameters.get(name)
        if parameter is not None:
            shown = value_of(parameter.field, {parameter.field.name: parameter.value}, desk.formats)
            yield WhyInput(desk.text(parameter.field.label), shown)
    yield from _counted(desk, record, expression)


def _reads(node: ast.AST) -> tuple[str, ...]:
    called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    return FUNCTIONS[called].reads if called in FUNCTIONS else ()


def _counted(desk: Desk, record: Record, expression: Expression) -> Iterator[WhyInput]:
    """A number of records is told to who may read all of theirs: to others even the number is a secret."""
    store = desk.store
    for node in _outermost(expression.tree):
        part = replace(expression, text=written(node), tree=node, type=expression.types[node])
        label = with_labels(desk, part, record.entity.name)
        if not _sees_all(desk, record, expression, node):
            yield WhyInput(label, None)
            continue
        with store.reading() as connection:
            view = RecordView(connection, store.model, store.dialect, record.entity, store.moment(desk.actor))
            found = view.judge(part, record.row)
        said = desk.formats.number(found) if node.counts else desk.say("value.yes" if found else "value.no")
        yield WhyInput(label, Value("text", said))


def _outermost(node: ast.AST) -> Iterator[Quantified]:
    if isinstance(node, Quantified):
        yield node
        return
    for child in ast.iter_child_nodes(node):
        yield from _outermost(child)


def _sees_all(desk: Desk, record: Record, expression: Expression, node: Quantified) -> bool:
    """Every record that may count, and every field that decides it."""
    model = desk.store.model
    own, theirs = record.entity.fields, model.entities[node.rows.entity].fields
    seen = all(path[0] in own or path[0] in NO_FIELDS for path in expression.names)
    seen = seen and all(path[0] in theirs or path[0] in NO_FIELDS for path in node.names)
    return seen and model.policy.grant(desk.actor, "read", node.rows.entity).everything
