"""Computed numbers as a column holds them: whole numbers of 64 bits, shifted by a scale."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Numeric, cast, func, literal, type_coerce

from engine.expressions.parse import Expression
from engine.expressions.stored import stored_scale
from engine.expressions.tree import FieldPath


def to_whole(expression: Expression, value: ColumnElement[Any], scale: int, dialect: str) -> ColumnElement[int]:
    """The value of a number's translation times 10^scale, rounded half away from zero."""
    if isinstance(expression.tree, FieldPath) and stored_scale(value) == scale:
        return type_coerce(value, BigInteger())
    if isinstance(expression.tree, FieldPath):
        places = stored_scale(value) or 0
        whole = type_coerce(value, BigInteger())
        if dialect == "sqlite":
            return func.crm_whole(func.crm_scaled(whole, places), scale, type_=BigInteger())
        value = cast(whole, Numeric()) * literal(Decimal(1).scaleb(-places), Numeric())
    if dialect == "sqlite":
        return func.crm_whole(value, scale, type_=BigInteger())
    return cast(func.round(value * literal(Decimal(10) ** scale, Numeric())), BigInteger())
