"""Which types go together: the one type of several branches, and what may be assigned or compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.expressions.types import TEXT, Kind, Type

_ORDERED = {Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.DATETIME}
_TEXTUAL = {Kind.TEXT, Kind.CHOICE}


def common_type(types: Iterable[Type]) -> Type | None:
    """The type that a value has which comes from any of these; None when they do not agree."""
    found = Type(Kind.NULL)
    for type in types:
        agreed = _pair(found, type)
        if agreed is None:
            return None
        found = agreed
    return found


def _pair(one: Type, other: Type) -> Type | None:
    if one.kind is Kind.NULL or other.kind is Kind.NULL:
        return other if one.kind is Kind.NULL else one
    if one == other:
        return one
    if {one.kind, other.kind} <= _TEXTUAL:
        return TEXT
    if one.kind is not other.kind or two_currencies(one, other):
        return None
    if one.kind is Kind.NUMBER:
        return Type(Kind.NUMBER, scale=_wider(one.scale, other.scale), currency=one.currency or other.currency)
    return one if one.kind is Kind.RECORD and same_entity(one, other) else None


def _wider(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def two_currencies(one: Type, other: Type) -> bool:
    return bool(one.currency and other.currency and one.currency != other.currency)


def same_entity(one: Type, other: Type) -> bool:
    return one.entity is None or other.entity is None or one.entity == other.entity


def comparable(one: Type, other: Type, *, ordered: bool) -> bool:
    """Whether `==` (or, when `ordered`, `<`) has a meaning between the two. Currencies are looked at elsewhere."""
    kinds = {one.kind, other.kind}
    if Kind.LIST in kinds:
        return kinds == {Kind.LIST, Kind.NULL} and not ordered
    if Kind.NULL in kinds:
        return not ordered or kinds - {Kind.NULL} <= _ORDERED
    if Kind.PARTS in kinds:
        return False
    if ordered:
        return len(kinds) == 1 and kinds <= _ORDERED
    return kinds <= _TEXTUAL or (len(kinds) == 1 and same_entity(one, other))


def assignable(given: Type, wanted: Type) -> bool:
    """Whether a value of type `given` may stand where `wanted` is expected."""
    if given.kind is Kind.NULL:
        return True
    if wanted.kind is Kind.TEXT:
        return given.kind in _TEXTUAL
    if given.kind is not wanted.kind or two_currencies(given, wanted):
        return False
    if wanted.kind is Kind.CHOICE:
        return not wanted.keys or set(given.keys) <= set(wanted.keys)
    return same_entity(given, wanted)


def without_scale(type: Type) -> Type:
    """The type of a computed number: its places are no longer those of a column."""
    return replace(type, scale=None)
