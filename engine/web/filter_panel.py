"""The filter panel of a list or board: chips of what is filtered, a row for each, and the fields to add."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlencode

from engine.expressions.types import Kind
from engine.forms.contexts import Choice, FilterChip, FilterComparison, FilterField, FilterPanel, FilterRow
from engine.forms.filters import Filter, describe
from engine.forms.values import pick_url
from engine.schema.comparisons import COMPARISONS
from engine.schema.model import Entity, Field
from engine.web.desk import Desk
from engine.web.titles import titles_of

InputKind = Literal["text", "number", "date", "datetime", "choice", "record"]
KINDS: dict[Kind, InputKind] = {Kind.NUMBER: "number", Kind.DATE: "date", Kind.DATETIME: "datetime"}
PAGE_PARAMETERS = ("after", "before")


def filter_panel(desk: Desk, entity: Entity, filters: tuple[Filter, ...], clear_url: str) -> FilterPanel:
    fields = {field.name: _filter_field(desk, field) for field in entity.fields.values() if field.type.comparisons}
    adding = desk.request.query.get("add", "")
    titles = _titles(desk, filters)
    rows = [_row(desk, number, item, fields[item.field.name], titles) for number, item in enumerate(filters)]
    if adding in fields:
        rows.append(replace(fields[adding].blank, index=str(len(rows))))
    return FilterPanel(
        action=desk.request.path,
        carry=tuple((n, v) for n, v in desk.request.query.multi_items() if n in ("sort", "cols", "q", "starred")),
        chips=tuple(_chip(desk, number, item, titles) for number, item in enumerate(filters)),
        rows=tuple(rows),
        fields=tuple(fields.values()),
        blank_url=desk.blank_address,
        clear_url=clear_url,
        open=adding in fields or "panel" in desk.request.query,
    )


def _filter_field(desk: Desk, field: Field) -> FilterField:
    choices = tuple(Choice(o.key, desk.text(o.label), o.hue) for o in field.options)
    return FilterField(
        name=field.name,
        label=desk.text(field.label),
        icon=field.type.icon,
        hue=field.type.hue,
        kind=_kind(field),
        comparisons=tuple(_comparison(desk, name) for name in field.type.comparisons),
        add_url=_with(desk, add=field.name),
        choices=choices,
        pick_url=pick_url(field),
    )


def _kind(field: Field) -> InputKind:
    if field.target or field.targets:
        return "record"
    if field.options:
        return "choice"
    return KINDS.get(field.type.expression_type(field).kind, "text")


def _comparison(desk: Desk, name: str) -> FilterComparison:
    comparison = COMPARISONS[name]
    return FilterComparison(name, desk.text(comparison.label), comparison.operand)


def _row(desk: Desk, number: int, item: Filter, field: FilterField, titles: dict[tuple[str, int], str]) -> FilterRow:
    choices = tuple(Choice(choice.key, choice.label, choice.hue, choice.key in item.typed) for choice in field.choices)
    if item.field.target or item.field.targets:
        choices = tuple(
            Choice(typed, titles.get(reference, typed), selected=True)
            for typed, value in zip(item.typed, item.values, strict=True)
            for reference in item.field.references(value)
        )
    return FilterRow(str(number), field, item.comparison.name, item.typed, choices)


def _chip(desk: Desk, number: int, item: Filter, titles: dict[tuple[str, int], str]) -> FilterChip:
    def label_of(field: Field, value: Any) -> str:
        return ", ".join(titles.get(reference, f"#{reference[1]}") for reference in field.references(value))

    label, comparison, value = describe(item, desk.formats, desk.language, label_of)
    others = [text for position, text in enumerate(desk.request.query.getlist("f")) if position != number]
    return FilterChip(label, item.field.type.icon, comparison, value, _with(desk, f=others), str(number))


def _titles(desk: Desk, filters: tuple[Filter, ...]) -> dict[tuple[str, int], str]:
    """The titles of the records that filters name, as far as the actor may see them."""
    compared = [item for item in filters if item.comparison.reads == "value"]
    return titles_of(desk, [found for item in compared for v in item.values for found in item.field.references(v)])


def _with(desk: Desk, **changes: str | list[str]) -> str:
    """This page's address from its start, with other parameters."""
    dropped = {*PAGE_PARAMETERS, *changes, "add"}
    pairs = [(name, value) for name, value in desk.request.query.multi_items() if name not in dropped]
    for name, value in changes.items():
        pairs += [(name, item) for item in ([value] if isinstance(value, str) else value)]
    return f"{desk.request.path}?{urlencode(pairs)}" if pairs else desk.blank_address
