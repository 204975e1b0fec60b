"""Column types that hold the same exact value on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Text, type_coerce
from sqlalchemy.types import TypeDecorator, TypeEngine

LARGEST = 2**63 - 1
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)


class ScaledDecimal(TypeDecorator[Decimal]):
    """A decimal with `scale` places, stored as the whole number value * 10^scale."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Rounds half away from zero to the scale. Raises ValueError beyond 64 bits."""
        if value is None:
            return None
        stored = int(_WIDE.to_integral_value(_WIDE.scaleb(Decimal(value), self.scale)))
        if abs(stored) > LARGEST:
            raise ValueError(f"{value} does not fit a number with {self.scale} decimal places")
        return stored

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.scale)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. SQLite: text 'YYYY-MM-DD HH:MM:SS.ffffff' in UTC, which sorts by time. PostgreSQL: timestamptz."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment is stored with its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts, stored as a JSON list, `["hot","new"]`, in which a quoted text can be looked for.
    `make` gives the tuple of a list of texts."""

    impl = Text
    cache_ok = True

    def __init__(self, make: Callable[[Iterable[Any]], tuple[Any, ...]] = tuple) -> None:
        super().__init__()
        self.make = make

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else self.make(json.loads(value))


class Ids(TypeDecorator[tuple[int, ...]]):
    """A tuple of ids of records in their order, stored as a JSON list of texts, `["17","18"]`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps([str(item) for item in value], separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...] | None:
        return None if value is None else tuple(int(item) for item in json.loads(value))


class Parted(TypeDecorator[tuple[str, int]]):
    """The entity and the id of a record, stored as `account:17`; `read` makes the value of that text."""

    impl = Text
    cache_ok = True

    def __init__(self, read: Callable[[str], tuple[str, int]]) -> None:
        super().__init__()
        self.read = read

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: tuple[str, int] | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value[0]}:{value[1]}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, int] | None:
        return None if value is None else self.read(value)


class Sealed(NamedTuple):
    """An encrypted text, and the end of it that may be shown."""

    token: str
    hint: str = ""


class SealedText(TypeDecorator[Sealed]):
    """A sealed text, stored as `token` or `token hint`. An open one is never written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        """Raises TypeError for an open text."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("a secret is sealed before it is written")
        return None if value is None else " ".join(filter(None, value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(*value.split(" ", 1))


class Named(TypeDecorator[tuple[tuple[str, int, str], ...]]):
    """(entity, id, title) of records of one entity, read from a JSON list of [position, id, title] in any order."""

    impl = Text
    cache_ok = True

    def __init__(self, entity: str) -> None:
        super().__init__()
        self.entity = entity

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[tuple[str, int, str], ...]:
        found = sorted(json.loads(value or "[]"), key=lambda item: int(item[0]))
        return tuple(dict.fromkeys((self.entity, int(row), title or f"#{row}") for _, row, title in found))


class Gathered(TypeDecorator[tuple[int, ...]]):
    """The ids of records, each once, read from a JSON list of [position, id] in any order; None for none."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...] | None:
        found = sorted(json.loads(value or "[]"), key=lambda item: int(item[0]))
        return tuple(dict.fromkeys(int(record_id) for _, record_id in found)) or None


def as_text(column: ColumnElement[Any]) -> ColumnElement[str]:
    """The column as it is stored, whatever its values are in Python."""
    return type_coerce(column, Text())
