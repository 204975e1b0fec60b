"""What a blueprint defines for its expressions: functions, which are expressions with a name, and parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from engine.expressions.types import Type


@dataclass(frozen=True, slots=True)
class Defined:
    """A function of the blueprint: what it takes, in order, and the syntax tree that stands for a call of it."""

    name: str
    takes: Mapping[str, Type]
    body: ast.expr

    @property
    def signature(self) -> str:
        return f"{self.name}({', '.join(self.takes)})"


@dataclass(frozen=True, slots=True)
class Constant:
    """The value of a parameter: None, str, bool, Decimal, date or datetime."""

    value: Any
    type: Type


@dataclass(frozen=True, slots=True)
class Definitions:
    functions: Mapping[str, Defined] = field(default_factory=dict)
    parameters: Mapping[str, Constant] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    """Names of those at fault: expressions that use one are not judged."""


NONE = Definitions()


@runtime_checkable
class Defining(Protocol):
    """A scope whose expressions may use what the blueprint defines."""

    @property
    def definitions(self) -> Definitions: ...


def definitions_of(scope: object) -> Definitions:
    return scope.definitions if isinstance(scope, Defining) else NONE
