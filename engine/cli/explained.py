"""What `crm check --explain` tells of the expressions of a blueprint: where each stands, what it gives, what it reads,
and what it takes to answer it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from engine.cli.speech import Speaker
from engine.expressions.parse import Expression
from engine.expressions.syntax import MOST_NODES
from engine.expressions.wording import in_words

if TYPE_CHECKING:
    from engine.blueprint import Blueprint

UNTOLD = frozenset(("entities", "fields", "computed", "expression", "query", "rollup", "screens", "never"))
"""Parts of the blueprint that its names do without: the rule of a field is `deal.amount.validate`."""

WRITTEN = {"condition": "if", "link_filter": "filter"}
"""Parts that are called otherwise in a blueprint."""
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """An expression and the name of where it stands: `deal.amount.validate`, `roles.sales.deal.read`."""

    name: str
    expression: Expression

    def lines(self, speaker: Speaker) -> tuple[str, ...]:
        expression = self.expression
        told = (in_words(expression.type).in_(speaker.language), speaker.text(f"cli.explain.{expression.verdict}"))
        reads = speaker.text("cli.explain.reads", names=", ".join(self.reads)) if self.reads else ""
        size = speaker.text("cli.explain.size", count=self.size, most=MOST_NODES)
        facts = speaker.text("cli.explain.separator").join(part for part in (*told, reads, size) if part)
        return f"{expression.place} {self.name}", f"  {' '.join(expression.text.split())}", f"  {facts}", ""

    def as_json(self, speaker: Speaker) -> dict[str, Any]:
        expression, place = self.expression, self.expression.place
        return {
            "name": self.name,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "expression": expression.text,
            "type": in_words(expression.type).in_(speaker.language),
            "verdict": expression.verdict,
            "reads": self.reads,
            "size": self.size,
        }

    @property
    def reads(self) -> list[str]:
        """Names of the record it is about, then what it reads of others: `order_line: price`."""
        own = sorted(".".join(path) for path in self.expression.names)
        others = {f"{node.rows.entity}: {', '.join(_told(node.names))}" for node in self.expression.quantified}
        return [*own, *sorted(others)]

    @property
    def size(self) -> int:
        """How many parts it has, those of functions it calls among them."""
        return sum(isinstance(node, ast.expr) for node in ast.walk(self.expression.tree))


def _told(names: Set[tuple[str, ...]]) -> list[str]:
    return sorted(".".join(path) for path in names) or ["*"]


def explained(blueprint: Blueprint, names: Sequence[str]) -> list[Explained]:
    """The expressions that are written in the blueprint, by place, but for a mere `true` or `false`; only those in a
    file or below a name, if any are given."""
    seen: dict[int, Explained] = {}
    for path, expression in _inside(blueprint, (), set()):
        if expression.place is not None and not isinstance(expression.constant, bool):
            seen.setdefault(id(expression), Explained(".".join(path), expression))
    found = sorted(seen.values(), key=lambda each: (each.expression.place, each.name))
    return [each for each in found if not names or any(_is_meant(each, name) for name in names)]


def _is_meant(each: Explained, name: str) -> bool:
    place = each.expression.place
    return each.name == name or each.name.startswith(f"{name}.") or (place is not None and place.file == name)


def _inside(part: Any, path: Path, seen: set[int]) -> Iterator[tuple[Path, Expression]]:
    """Every expression of a part of the blueprint, with the names on the way to it; no part twice."""
    if isinstance(part, Expression):
        yield path, part
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _inside(value, (*path, str(key)), seen)
    elif isinstance(part, tuple | list):
        for number, value in enumerate(part, 1):
            name = getattr(value, "name", None)
            yield from _inside(value, (*path, name if isinstance(name, str) and name else str(number)), seen)
    elif is_dataclass(part) and id(part) not in seen:
        seen.add(id(part))
        for field in fields(part):
            step = () if field.name in UNTOLD else (WRITTEN.get(field.name, field.name),)
            yield from _inside(getattr(part, field.name), (*path, *step), seen)
