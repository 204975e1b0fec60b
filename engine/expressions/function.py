"""The contract of a helper function: one entry of a module of `functions/` says all there is to know about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from engine.expressions.moment import SETTINGS, Reading
from engine.expressions.size import Size
from engine.expressions.tree import UNKNOWN
from engine.expressions.types import Kind, Type
from engine.locale.text import Text

Element = ColumnElement[Any]
ANY = tuple(kind for kind in Kind if kind not in (Kind.LIST, Kind.PARTS))


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kinds: tuple[Kind, ...]
    optional: bool = False
    literal_up_to: int | None = None
    """The argument must be a literal whole number from 0 to this."""
    whole: bool = False
    """The argument is a number without decimal places."""


class Argument(NamedTuple):
    """What is known of an argument before it runs."""

    type: Type
    literal: Any = UNKNOWN


@dataclass(frozen=True, slots=True)
class Example:
    """An expression over no record, and its value at 2024-02-29 10:30 UTC."""

    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Function:
    """A helper. Numbers come as int or Decimal, null as None; text is never empty.

    `result` gives the type of a call, None when the arguments do not agree. In SQL a number is NUMERIC on PostgreSQL
    and canonical decimal text on SQLite, where a function without an own translation runs its Python meaning.
    What it `reads` of the moment comes behind the arguments, as values and as bound parameters."""

    name: str
    doc: Text
    parameters: tuple[Parameter, ...]
    result: Callable[[Sequence[Argument]], Type | None]
    meaning: Callable[..., Any]
    postgresql: Callable[..., Element]
    examples: tuple[Example, ...]
    sqlite: Callable[..., Element] | None = None
    variadic: bool = False
    """The last parameter may be repeated."""
    reads: tuple[Reading, ...] = ()
    never_null: bool = False
    spans: bool = False
    """Stands to the right of `in`, and takes the date to its left as the first argument."""
    size: Callable[[Sequence[Size], Sequence[Argument]], Size] | None = None
    """How large the number of a call can get; without it as large as the largest argument."""

    @property
    def changes_with_time(self) -> bool:
        """Whether the same record may give another answer tomorrow."""
        return any(name not in SETTINGS for name in self.reads)

    @property
    def fewest(self) -> int:
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def most(self) -> int | None:
        return None if self.variadic else len(self.parameters)

    def parameter(self, position: int) -> Parameter:
        return self.parameters[min(position, len(self.parameters) - 1)]

    @property
    def signature(self) -> str:
        shown = self.parameters[1:] if self.spans else self.parameters
        words = [f"[{item.name}]" if item.optional else item.name for item in shown]
        return f"{self.name}({', '.join(words)}{', …' if self.variadic else ''})"


def always(type: Type) -> Callable[[Sequence[Argument]], Type]:
    return lambda arguments: type


def said(en: str, zh: str) -> Text:
    return Text((("en", en), ("zh-CN", zh)))
