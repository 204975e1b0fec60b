"""The contract of a type whose values are worked out: it has no column and nobody writes it. The field itself gets the
type of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.schema.field_type import FieldType, refuse

if TYPE_CHECKING:
    from engine.schema.model import Field


class ComputedType(FieldType):
    comparisons = ()
    stored = False
    sortable = False

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return ()

    def parse(self, typed: str, field: Field, formats: Formats) -> Any:
        """Nobody writes it."""
        raise refuse("computed")
