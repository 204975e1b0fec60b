"""The types of the expression language, and the one thing it asks of the model: a `Scope`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Kind(Enum):
    NULL = "null"
    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    RECORD = "record"
    LIST = "list"
    PARTS = "parts"
    """A value of several parts, such as an address: it is there or it is not, nothing more can be asked of it."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type. `scale` is the number of decimal places of a stored number (0: whole), None for a computed one."""

    kind: Kind
    scale: int | None = None
    currency: str | None = None
    """For money: its currency; sums over two currencies are a type fault."""
    keys: tuple[str, ...] = ()
    """For a choice: its keys, so that a comparison with a key that does not exist is a fault."""
    entity: str | None = None
    """For a record: its entity. The value is the record's id."""
    pipeline: str | None = None
    """For a stage: its pipeline, so that `stage.probability` can be read."""
    item: Type | None = None
    """For a list: the type of its items."""


NULL = Type(Kind.NULL)
BOOLEAN = Type(Kind.BOOLEAN)
INTEGER = Type(Kind.NUMBER, scale=0)
NUMBER = Type(Kind.NUMBER)
TEXT = Type(Kind.TEXT)
DATE = Type(Kind.DATE)
DATETIME = Type(Kind.DATETIME)
PARTS = Type(Kind.PARTS)


def record(entity: str) -> Type:
    return Type(Kind.RECORD, entity=entity)


def decimal(scale: int, currency: str | None = None) -> Type:
    return Type(Kind.NUMBER, scale=scale, currency=currency)


def choice(keys: Iterable[str], pipeline: str | None = None) -> Type:
    return Type(Kind.CHOICE, keys=tuple(keys), pipeline=pipeline)


@dataclass(frozen=True, slots=True)
class Rows:
    """Records that `count` and `exists` look at: those whose link `key` leads to the record they belong to, those
    that the `field` of that record names, or every record of the entity."""

    entity: str
    key: str | None = None
    field: str | None = None
    """For line items the field that holds them, beside their key."""


class Scope(Protocol):
    """The names an expression may use. Implemented by `schema`; tests write small ones.

    `member(None, "amount")` is the type of a bare name; `member(record("account"), "name")` that of a field reached
    through a link; `member(<stage type>, "probability")` that of a stage's attribute. None: there is no such name.
    `me` is a bare name of type `record("user")`; `me.team` and so on go through `member`. `id` is the record itself.
    `old` is a bare name, of the type of the row, where a write is judged and nowhere else."""

    def member(self, of: Type | None, name: str) -> Type | None: ...

    def names(self, of: Type | None) -> Iterable[str]:
        """Every name `member` knows, for "did you mean"."""
        ...

    def rows(self, of: Type | None, name: str) -> Rows | None:
        """The records that belong to a row, or to one a link leads to, under this name."""
        ...

    def within(self, entity: str) -> Scope | None:
        """The names about a row of another entity; None when there is none of that name."""
        ...

    def row_names(self) -> Iterable[str]:
        """Every name that `rows` knows of the row, and every one that `within` knows."""
        ...
