"""The section `parameters`: values of a blueprint that a workspace may set, each like a field with a default."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from engine.expressions.definitions import Constant
from engine.expressions.types import TEXT, Kind, Type
from engine.language.names import check_name
from engine.language.problem_kind import both
from engine.language.source import Mapping, Node, Scalar
from engine.locale.text import Text
from engine.schema.compilation import Compilation, pairs
from engine.schema.field_type import ValueRefused
from engine.schema.fields_compiler import compile_field_shape, literal_of
from engine.schema.model import Field
from engine.schema.options_compiler import OptionSets
from engine.schema.sections import COMMON_OPTIONS

KINDS = (Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.CHOICE, Kind.DATE)
ALLOWED = ("type", "label", "help", "default")
"""What a parameter may say of all that a field says besides the options of its type."""
PARAMETER = both("parameter", "参数")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`value` is the one in force, as the type of `field` holds it."""

    field: Field
    value: Any

    @property
    def constant(self) -> Constant:
        return Constant(_plain(self.value), _type(self.field))


def compile_parameters(
    sets: OptionSets, compilation: Compilation
) -> tuple[MappingType[str, Parameter], frozenset[str]]:
    """The parameters, and the names of those at fault."""
    found = {
        key.text: _parameter(key, node, sets, compilation)
        for key, node in compilation.section("parameters")
        if isinstance(node, Mapping)
    }
    broken = frozenset(name for name, parameter in found.items() if parameter is None)
    return {name: parameter for name, parameter in found.items() if parameter is not None}, broken


def _parameter(key: Scalar, node: Mapping, sets: OptionSets, compilation: Compilation) -> Parameter | None:
    """None when a problem says what is wrong with it."""
    sound = check_name(key, compilation.problems) and _check_keys(node, compilation)
    field = compile_field_shape("", key, node, sets, {}, compilation)
    if field.broken or not sound:
        return None
    written = node.get("type")
    if not _can_be_constant(field) and isinstance(written, Scalar):
        given: dict[str, str | Text] = {"what": PARAMETER, "type": written.text}
        compilation.problems.note("E244", written.place, given, length=written.width)
        return None
    return _with_value(field, node.get("default"), compilation)


def _check_keys(node: Mapping, compilation: Compilation) -> bool:
    wrong = [key for key, _ in pairs(node) if key.text in COMMON_OPTIONS and key.text not in ALLOWED]
    for key in wrong:
        compilation.problems.add("E201", key.place, length=key.width, key=key.text)
    return not wrong


def _can_be_constant(field: Field) -> bool:
    kept_here = field.type.stored and not field.type.sealed and not field.target and not field.given
    return kept_here and field.type.expression_type(field).kind in KINDS


def _with_value(field: Field, written: Node | None, compilation: Compilation) -> Parameter | None:
    if written is None:
        return Parameter(field, None)
    try:
        return Parameter(field, _value(field, written))
    except ValueRefused as refusal:
        length = written.width if isinstance(written, Scalar) else 0
        compilation.problems.add("E218", written.place, length=length, reason=refusal.message)
        return None


def _value(field: Field, written: Node) -> Any:
    """A number is a text too where a text is wanted. Raises `ValueRefused`."""
    if isinstance(written, Scalar) and field.type.expression_type(field).kind is Kind.TEXT:
        written = replace(written, quote='"')
    return literal_of(field, written)


def _plain(value: Any) -> Any:
    """As expressions know it: numbers are decimals."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _type(field: Field) -> Type:
    """As the type of a constant: a choice is the text of its key, a number has the places it is written with."""
    kind = field.type.expression_type(field)
    return TEXT if kind.kind is Kind.CHOICE else replace(kind, scale=None)
