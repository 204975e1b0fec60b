"""The filter panel of a list or board: chips of what is filtered, a row for each, and the fields to add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlencode

from engine.expressions.types import Kind
from engine.forms.contexts import Choice, FilterChip, FilterComparison, FilterField, FilterPanel, FilterRow, FilterRows
from engine.forms.filters import LONGEST, Asked, Filter, FilterGroup, describe, leaves
from engine.forms.values import pick_url
from engine.schema.comparisons import COMPARISONS
from engine.schema.model import Entity, Field
from engine.web.desk import Desk
from engine.web.titles import titles_of

InputKind = Literal["text", "number", "date", "datetime", "choice", "record"]
KINDS: dict[Kind, InputKind] = {Kind.NUMBER: "number", Kind.DATE: "date", Kind.DATETIME: "datetime"}
PAGE_PARAMETERS = ("after", "before")
OPENING = ("panel", "into")
CARRIED = ("sort", "cols", "q", "starred", "group")
Titles = Mapping[tuple[str, int], str]


def filter_panel(
    desk: Desk, entity: Entity, filters: tuple[Asked, ...], clear_url: str, lazy: bool = False
) -> FilterPanel:
    """Groups whose conditions are groups themselves are kept as they are: only the address can change them. A `lazy`
    panel that is shut has only its chips and what the address carries on; the rest is asked for when it opens."""
    query, named = desk.request.query, {field.name for field in entity.fields.values() if field.type.comparisons}
    titles, opened = _titles(desk, filters), query.get("add", "") in named or not query.keys().isdisjoint(OPENING)
    shut = lazy and not opened
    fields = {} if shut else {name: _filter_field(desk, entity.fields[name]) for name in entity.fields if name in named}
    rows, groups, kept = ([], {}, _unshown(filters)) if shut else _rows(desk, filters, fields, titles)
    return FilterPanel(
        action=desk.request.path,
        carry=(*((n, v) for n, v in desk.request.query.multi_items() if n in CARRIED), *(("f", text) for text in kept)),
        chips=tuple(_chip(desk, filters, number, titles) for number in range(len(filters))),
        rows=tuple(rows),
        groups=tuple(FilterRows(number, tuple(each)) for number, each in groups.items()),
        fields=tuple(fields.values()),
        group_url=_with(desk, into="new"),
        count_url=f"/e/{entity.name}/v/{_view_name(desk)}/count" if desk.opened else "",
        blank_url=desk.blank_address,
        clear_url=clear_url,
        open=opened,
    )


def _rows(
    desk: Desk, filters: tuple[Asked, ...], fields: dict[str, FilterField], titles: Titles
) -> tuple[list[FilterRow], dict[str, list[FilterRow]], list[str]]:
    """The rows that stand alone, those of each group by its number, and the addresses of what has no rows."""
    rows, groups = list[FilterRow](), dict[str, list[FilterRow]]()
    number = 0
    for asked in filters:
        if not _has_rows(asked):
            continue
        group = str(len(groups) + 1) if isinstance(asked, FilterGroup) else ""
        into = groups.setdefault(group, []) if group else rows
        for item in leaves(asked):
            into.append(replace(_row(desk, number, item, fields[item.field.name], titles), group=group))
            number += 1
    adding, group = fields.get(desk.request.query.get("add", "")), desk.request.query.get("into", "")
    group = group if group in groups else str(len(groups) + 1) if group else ""
    into = groups.setdefault(group, []) if group else rows
    if adding:
        into.append(replace(adding.blank, index=str(number), group=group))
    return rows, groups, _unshown(filters)


def _has_rows(asked: Asked) -> bool:
    return not isinstance(asked, FilterGroup) or all(isinstance(part, Filter) for part in asked.parts)


def _unshown(filters: tuple[Asked, ...]) -> list[str]:
    return [asked.url() for asked in filters if not _has_rows(asked)]


def _view_name(desk: Desk) -> str:
    assert desk.opened is not None
    return str(desk.opened.saved.id) if desk.opened.saved else desk.opened.base.name


def _filter_field(desk: Desk, field: Field) -> FilterField:
    choices = tuple(Choice(o.key, desk.text(o.label), o.hue) for o in field.options)
    return FilterField(
        name=field.name,
        label=desk.text(field.label),
        icon=field.type.icon,
        hue=field.type.hue,
        kind=_kind(field),
        comparisons=tuple(_comparison(desk, name, field) for name in field.type.comparisons),
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


def _comparison(desk: Desk, name: str, field: Field) -> FilterComparison:
    comparison = COMPARISONS[name]
    counted = comparison.reads in LONGEST and field.options
    return FilterComparison(name, desk.text(comparison.choice), "number" if counted else comparison.operand)


def _row(desk: Desk, number: int, item: Filter, field: FilterField, titles: Titles) -> FilterRow:
    choices = tuple(Choice(choice.key, choice.label, choice.hue, choice.key in item.typed) for choice in field.choices)
    if item.field.target or item.field.targets:
        choices = tuple(
            Choice(typed, titles.get(reference, typed), selected=True)
            for typed, value in zip(item.typed, item.values, strict=True)
            for reference in item.field.references(value)
        )
    return FilterRow(str(number), field, item.comparison.name, item.typed, choices)


def _chip(desk: Desk, filters: tuple[Asked, ...], number: int, titles: Titles) -> FilterChip:
    asked = filters[number]
    others = [other.url() for other in filters if other is not asked]
    row = str(sum(len(leaves(other)) for other in filters[:number]))
    if isinstance(asked, FilterGroup):
        label = desk.say(f"filter.{asked.joint}_of")
        return FilterChip(label, "brackets", "", _sentence(desk, asked, titles), _with(desk, f=others), row)
    label, comparison, value = _words(desk, asked, titles)
    return FilterChip(label, asked.field.type.icon, comparison, value, _with(desk, f=others), row)


def _sentence(desk: Desk, asked: Asked, titles: Titles) -> str:
    """A group in words: "Stage is any of Lead or Amount is at least $5,000"."""
    if not isinstance(asked, FilterGroup):
        return " ".join(filter(None, _words(desk, asked, titles)))
    inner = (_sentence(desk, part, titles) for part in asked.parts)
    return desk.say("filter.or" if asked.joint == "any" else "filter.and").join(inner)


def _words(desk: Desk, item: Filter, titles: Titles) -> tuple[str, str, str]:
    def label_of(field: Field, value: Any) -> str:
        return ", ".join(titles.get(reference, f"#{reference[1]}") for reference in field.references(value))

    return describe(item, desk.formats, desk.language, label_of)


def _titles(desk: Desk, filters: tuple[Asked, ...]) -> Titles:
    """The titles of the records that filters name, as far as the actor may see them."""
    compared = [item for asked in filters for item in leaves(asked) if item.comparison.reads == "value"]
    return titles_of(desk, [found for item in compared for v in item.values for found in item.field.references(v)])


def _with(desk: Desk, **changes: str | list[str]) -> str:
    """This page's address from its start, with other parameters."""
    dropped = {*PAGE_PARAMETERS, *changes, "add", "into"}
    pairs = [(name, value) for name, value in desk.request.query.multi_items() if name not in dropped]
    for name, value in changes.items():
        pairs += [(name, item) for item in ([value] if isinstance(value, str) else value)]
    return f"{desk.request.path}?{urlencode(pairs)}" if pairs else desk.blank_address
