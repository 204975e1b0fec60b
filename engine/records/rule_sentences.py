"""What a broken `validate` asks for, in a sentence made of the rule itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from engine.expressions.tree import FieldPath
from engine.expressions.types import Kind
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.schema.model import Entity, Field

WORDS: dict[type[ast.cmpop], str] = {
    ast.GtE: "at_least",
    ast.Gt: "more",
    ast.LtE: "at_most",
    ast.Lt: "less",
    ast.Eq: "same",
    ast.NotEq: "other",
}
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.GtE: ast.LtE, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.Lt: ast.Gt}
TODAY = Text.of({"en": "today", "zh-CN": "今天"})
MOST = 2
"""Comparisons one sentence may tell of; a longer rule is told in general."""


def broken_sentence(entity: Entity, field: Field) -> Text:
    """ "Amount must be at least 0." for `amount >= 0`; the general sentence for a rule that is no plain comparison."""
    tree = field.validate.tree if field.validate else None
    parts = [_told(entity, *pair) for pair in _compared(tree)] if tree is not None else []
    sentences = [part for part in parts if part is not None]
    if not sentences or len(sentences) != len(parts) or len(parts) > MOST:
        return message_text("value.invalid", label=field.label)
    return Text.of(
        {
            "en": " ".join(part.in_("en") for part in sentences),
            "zh-CN": "".join(part.in_("zh-CN").replace(" “", "“") for part in sentences),
        }
    )


def _compared(tree: ast.expr) -> Iterator[tuple[ast.expr, ast.cmpop, ast.expr] | tuple[()]]:
    """Each comparison that must hold, () for any other rule. "Empty or" says nothing more: a broken rule has values."""
    if isinstance(tree, ast.BoolOp):
        is_all = isinstance(tree.op, ast.And)
        held = [part for part in tree.values if is_all or not _asks_for_nothing(part)]
        if not is_all and len(held) != 1:
            yield ()
            return
        for part in held:
            yield from _compared(part)
    elif isinstance(tree, ast.Compare):
        operands = [tree.left, *tree.comparators]
        yield from zip(operands, tree.ops, operands[1:], strict=False)
    else:
        yield ()


def _asks_for_nothing(tree: ast.expr) -> bool:
    """`issued_on == null`, `is_empty(issued_on)`."""
    if isinstance(tree, ast.Call):
        return isinstance(tree.func, ast.Name) and tree.func.id == "is_empty"
    if not isinstance(tree, ast.Compare) or not isinstance(tree.ops[0], ast.Eq):
        return False
    return any(isinstance(side, ast.Constant) and side.value is None for side in (tree.left, *tree.comparators))


def _told(entity: Entity, *pair: ast.expr | ast.cmpop) -> Text | None:
    if not pair:
        return None
    left, operator, right = pair
    if not isinstance(left, FieldPath):
        left, right, operator = right, left, TURNED.get(type(operator), type(operator))()  # type: ignore[arg-type]
    field = entity.fields.get(left.path[0]) if isinstance(left, FieldPath) and len(left.path) == 1 else None
    word, limit = WORDS.get(type(operator)), _limit(entity, right)  # type: ignore[arg-type]
    if field is None or word is None or limit is None:
        return None
    in_time = field.type.expression_type(field).kind in (Kind.DATE, Kind.DATETIME) and word not in ("same", "other")
    return message_text(f"rule.{word}{'_time' if in_time else ''}", label=field.label, limit=limit)


def _limit(entity: Entity, side: ast.expr | ast.cmpop) -> Text | str | None:
    if isinstance(side, FieldPath) and len(side.path) == 1 and side.path[0] in entity.fields:
        label = entity.fields[side.path[0]].label
        return Text.of({language: f"“{label.in_(language)}”" for language in ("en", "zh-CN")})
    if isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id == "today":
        return TODAY
    if isinstance(side, ast.Constant) and not isinstance(side.value, bool) and side.value is not None:
        return str(side.value) if not isinstance(side.value, str) else None
    return None
