"""Columns of lists and fields on cards: as written, and as made for fields nobody wrote a column for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping as MappingType, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from engine.expressions.types import Kind
from engine.forms.compilation import ScreenCompilation
from engine.forms.model import Column, TotalKind
from engine.forms.slots import assign_slots
from engine.language.nodes import Mapping, Node, Scalar, Sequence as SequenceNode
from engine.locale.text import Text
from engine.schema.compilation import pairs, scalars, text_of
from engine.schema.model import Entity, Field, Sort
from engine.schema.system_fields import WRITABLE

TITLE_WIDTH = 280
KINDS: MappingType[str, TotalKind] = {kind: kind for kind in get_args(TotalKind)}
NEWEST_FIRST = (Sort("created_at", descending=True),)


@dataclass(frozen=True, slots=True)
class Wish:
    """A field asked for, and what was said about its column."""

    field: Field
    label: Text | None = None
    width: int | None = None
    total: TotalKind | None = None


def is_lines(field: Field) -> bool:
    """Whether the field holds line items."""
    return not field.type.stored


def is_number(field: Field) -> bool:
    return field.type.expression_type(field).kind is Kind.NUMBER


def is_writable(field: Field) -> bool:
    """Whether people may ever set the field; its own `readonly` and the rights of a role come on top."""
    constant = field.readonly is not None and field.readonly.constant is True
    return not constant and (not field.system or field.name in WRITABLE)


def is_editable_in_place(field: Field) -> bool:
    """Whether its value is edited where it is read; stages move and line items have a table."""
    return is_writable(field) and field.type.in_place and not is_lines(field) and "pipeline" not in field.settings


def make_columns(entity: Entity, wishes: Sequence[Wish], editable: bool = True) -> tuple[Column, ...]:
    slots = assign_slots(entity, [wish.field for wish in wishes])
    return tuple(_column(entity, wish, slots.get(wish.field.name), editable) for wish in wishes)


def columns_of(entity: Entity, fields: Iterable[Field], editable: bool = True) -> tuple[Column, ...]:
    return make_columns(entity, [Wish(field) for field in fields], editable)


def related_columns(entity: Entity, wishes: Sequence[Wish]) -> tuple[Column, ...]:
    """The columns of a related list: the title leads to the record, so it is always there; sums of money come by
    themselves."""
    title = entity.fields.get(entity.title)
    led = wishes if title is None or any(w.field is title for w in wishes) else (Wish(title), *wishes)
    summed = [replace(wish, total="sum") if wish.field.type.summed else wish for wish in led]
    return make_columns(entity, summed, editable=False)


def _column(entity: Entity, wish: Wish, slot: str | None, editable: bool) -> Column:
    field = wish.field
    return Column(
        field=field,
        label=wish.label or field.label,
        width=wish.width or (max(TITLE_WIDTH, field.type.width) if field.name == entity.title else field.type.width),
        slot=slot,
        total=wish.total,
        editable=editable and is_editable_in_place(field),
    )


def query_fields(entity: Entity, *fields: Field) -> tuple[str, ...]:
    """What a list reads: the title, which names each row, and the given fields, each once."""
    title = (entity.title,) if entity.title in entity.fields else ()
    return tuple(dict.fromkeys((*title, *(field.name for field in fields))))


def read_columns(node: Node | None, entity: Entity, where: str, compilation: ScreenCompilation) -> tuple[Wish, ...]:
    """The columns written in a list; a wrong one is a problem and left out."""
    wishes: dict[str, Wish] = {}
    for item in node.items if isinstance(node, SequenceNode) else ():
        name = item.get("field") if isinstance(item, Mapping) else item
        field = shown_field(name, entity, where, compilation)
        if field is None or not isinstance(name, Scalar):
            continue
        if field.name in wishes:
            compilation.fault("E429", name)
        wishes.setdefault(field.name, _wish(field, name, item, compilation))
    return tuple(wishes.values())


def shown_field(node: Node | None, entity: Entity, where: str, compilation: ScreenCompilation) -> Field | None:
    """The field named by the node, when it holds one value."""
    field = compilation.field(node, entity, where) if isinstance(node, Scalar) else None
    if field is None or not isinstance(node, Scalar) or not is_lines(field):
        return field
    compilation.fault("E424", node)
    return None


def _wish(field: Field, name: Scalar, item: Node, compilation: ScreenCompilation) -> Wish:
    if not isinstance(item, Mapping):
        return Wish(field)
    label, width = item.get("label"), item.get("width")
    pixels = width.value if isinstance(width, Scalar) else None
    return Wish(
        field=field,
        label=compilation.text(label, field.label),
        width=pixels if isinstance(pixels, int) else None,
        total="sum" if "total" in item and can_sum(field, name, compilation) else None,
    )


def can_sum(field: Field, name: Scalar, compilation: ScreenCompilation) -> bool:
    """Whether the field is a number; `name` is where the sum was asked for."""
    if not is_number(field):
        compilation.fault("E423", name)
    return is_number(field)


def read_totals(
    node: Node | None, wishes: Sequence[Wish], entity: Entity, compilation: ScreenCompilation
) -> MappingType[str, TotalKind]:
    """What stands below each column that has something there."""
    shown: MappingType[str, Field] = {wish.field.name: wish.field for wish in wishes}
    totals: dict[str, TotalKind] = {wish.field.name: wish.total for wish in wishes if wish.total}
    for name, written in pairs(node):
        kind = KINDS.get(text_of(written) or "", "sum")
        if compilation.field(name, entity, "totals") is None:
            continue
        if name.text not in shown:
            compilation.fault("E428", name)
        elif _can_total(shown[name.text], kind, name, compilation):
            totals[name.text] = kind
    return totals


def _can_total(field: Field, kind: TotalKind, name: Scalar, compilation: ScreenCompilation) -> bool:
    """Everything is counted, numbers and days are compared, numbers alone are added up."""
    if kind == "sum":
        return can_sum(field, name, compilation)
    ordered = field.type.expression_type(field).kind in (Kind.NUMBER, Kind.DATE, Kind.DATETIME)
    fits = kind == "count" or is_number(field) or (ordered and kind != "average")
    if not fits:
        compilation.fault("E452", name, kind=kind)
    return fits


def read_sort(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> tuple[Sort, ...]:
    """What a list is sorted by; newest first when nothing is said."""
    sorts = [_sort(scalar, entity, compilation) for scalar in scalars(node)]
    return NEWEST_FIRST if node is None else tuple(sort for sort in sorts if sort)


def _sort(written: Scalar, entity: Entity, compilation: ScreenCompilation) -> Sort | None:
    descending = written.text.startswith("-")
    text = written.text[1:] if descending else written.text
    name = Scalar(written.place_at(1 if descending else 0), text, width=len(text))
    field = compilation.field(name, entity, "sort")
    if field is None:
        return None
    if not (field.type.sortable and field.type.stored):
        compilation.fault("E426", name)
        return None
    return Sort(field.name, descending)
