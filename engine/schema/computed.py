"""What a computed field is made of: an expression over its row, or what many records come to."""

from __future__ import annotations

from dataclasses import dataclass, field as default
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from engine.expressions.parse import Expression
from engine.schema.numbers import LONGEST

if TYPE_CHECKING:
    from engine.schema.model import Field

Origin = Literal["formula", "rollup", "lookup"]
Path = tuple[str, ...]
FUNCTIONS = ("count", "sum", "avg", "min", "max", "first", "last", "distinct")
FROM_NOTHING = {"count": 0, "distinct": 0, "sum": 0}
"""What a function gives over no records; the others give nothing."""


@dataclass(frozen=True, slots=True)
class Over:
    """The records a rollup is over. `members`: records whose `link` names this one; `linked`: records that this one's
    own `link` names several of; `tree`: all records below this one by `link`, a link to its own entity."""

    way: Literal["members", "linked", "tree"]
    place: tuple[str, str]
    """(entity, field) of the link."""
    link: Field = default(compare=False, repr=False)

    @classmethod
    def by(cls, way: Literal["members", "linked", "tree"], link: Field) -> Over:
        return cls(way, (link.entity, link.name), link)

    @property
    def entity(self) -> str:
        """The entity of the records."""
        return self.link.targets[0] if self.way == "linked" else self.link.entity


@dataclass(frozen=True, slots=True)
class Rollup:
    over: Over
    function: str
    value: Expression | None
    """A path from one of the records to what is taken of it; None counts the records themselves."""
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Computed:
    """How the value of a field is worked out. Its field has the type of the result, and nobody ever writes it."""

    kind: Origin
    stored: bool
    expression: Expression | None = None
    """Over the field's own row; None for a rollup."""
    rollup: Rollup | None = None
    snapshot: str | None = None
    """The link whose change takes the value anew; None for a value that follows what it is made of."""


def fitting(field: Field, value: Any) -> Any:
    """A result as a value of the field: rounded to its scale; nothing where it has no room for it."""
    if value is None or value == "":
        return None
    try:
        result = field.type.from_expression(value, field)
        field.type.validate(result, field)
    except (ArithmeticError, ValueError):
        return None
    return result


def is_too_large(field: Field, value: Any) -> bool:
    """Whether a result is a number beyond all that a column holds."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not value:
        return False
    scale = getattr(field.type.columns(field)[0].type, "scale", None) or 0
    return Decimal(value).adjusted() >= LONGEST - scale


def of_nothing(field: Field) -> Any:
    """The value of a rollup over no records."""
    rollup = field.computed.rollup if field.computed else None
    if rollup is None or rollup.function not in FROM_NOTHING:
        return None
    return fitting(field, Decimal(0))
