"""What was decided on the page of the columns, as a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.exchange.guessing import read_as
from engine.exchange.plan import DATE_ORDERS, ID, MODES, ColumnMap, Confidence, ImportPlan
from engine.exchange.targets import importable, is_link, keys, kind_of, link_keys, link_targets
from engine.expressions.types import Kind
from engine.forms.binding import bind
from engine.schema.model import Entity, Field
from engine.web.desk import Desk
from engine.web.importing import ImportFile

SKIP = "-"
"""Posted for a column that is not to be imported."""
UNKNOWN, EMPTY = "", "-"
"""Posted for a text that is no option, and for one that leaves the field empty."""
FIXED = "fixed."
LONGEST = 500
"""Characters of a text that is read instead of another one."""
_VALUE = re.compile(r"v\.([0-9]{1,4})\.([0-9]{1,4})")


def submitted_plan(file: ImportFile) -> ImportPlan:
    """The plan after what the page posted; what it did not post stays."""
    form, plan = file.desk.request.form, file.plan
    columns = tuple(_column(file, column) for column in plan.columns)
    used = [column.field for column in columns if column.field]
    asked = tuple(form["key"].split(",")) if form.get("key") else ()
    key = asked if "key" in form else plan.key
    key = key if key in keys(file.entity, used) else ()
    mode = form.get("mode", plan.mode)
    fixed = {name: text for name, text in _fixed(file.desk, file.entity, plan).items() if name not in used}
    decimal = form.get("decimal", "")
    kept = replace(plan, columns=columns, key=key, mode=mode if mode in MODES and key else "create", fixed=fixed)
    return replace(kept, decimal=decimal) if decimal in (".", ",") else kept


def with_values(file: ImportFile, plan: ImportPlan) -> ImportPlan:
    """The plan with what was posted for single texts alone, as the page of the check does."""
    values = dict(_values(file.desk.request.form))
    fields = {field.name: field for field in importable(file.entity)}
    columns = (
        replace(column, values=_understood(fields[column.field], column, values[column.position]))
        if column.position in values and column.field in fields
        else column
        for column in plan.columns
    )
    return replace(plan, columns=tuple(columns))


def fixed_fields(entity: Entity, plan: ImportPlan) -> tuple[Field, ...]:
    """Fields a new record must have that no column goes to, and those that were given a value for all rows."""
    used = {column.field for column in plan.columns if column.field}
    return tuple(
        field
        for field in importable(entity)
        if field.name not in used
        and (field.name in plan.fixed or (field.always_required and field.default is None and not field.system))
    )


def may_create(desk: Desk, field: Field) -> bool:
    """Whether the person may make records that the field links to, while they import."""
    if not field.target or desk.workspace.blueprint.entities[field.target].builtin:
        return False
    return desk.workspace.policy.may_create(desk.actor, link_targets(field)[0])


def _column(file: ImportFile, column: ColumnMap) -> ColumnMap:
    form, place = file.desk.request.form, column.position
    chosen = form.get(f"c.{place}")
    if chosen is None:
        return column
    fields = {field.name: field for field in importable(file.entity)}
    if chosen == ID:
        return column if column.field == ID else ColumnMap(place, column.header, ID, confidence="chosen")
    if chosen not in fields:
        confidence: Confidence = "chosen" if chosen == SKIP else "none"
        return ColumnMap(place, column.header, confidence=confidence)
    if chosen != column.field:
        texts = file.summary[place].texts
        return read_as(
            file.desk.workspace.blueprint.entities,
            fields[chosen],
            ColumnMap(place, column.header),
            texts,
            file.desk.formats,
        )
    return _with_options(file.desk, fields[chosen], column)


def _with_options(desk: Desk, field: Field, column: ColumnMap) -> ColumnMap:
    form, place = desk.request.form, column.position
    order, by = form.get(f"dates.{place}", column.date_order), form.get(f"by.{place}", column.by)
    known = is_link(field) and by in link_keys(field, desk.workspace.blueprint.entities)
    values = dict(_values(form)).get(place)
    return replace(
        column,
        by=by if known else "",
        create_missing=bool(form.get(f"create.{place}")) and may_create(desk, field) and not by,
        date_order=order if order in DATE_ORDERS else "",
        blank_bad=bool(form.get(f"blank.{place}")) and not field.always_required,
        values=column.values if values is None else _understood(field, column, values),
    )


def _understood(field: Field, column: ColumnMap, values: Mapping[str, str]) -> dict[str, str]:
    """Texts that were given an option, or nothing; those of earlier pages stay."""
    known = {**column.values}
    options = {option.key for option in field.options} or {"true", "false"}
    free = not field.options and kind_of(field) is not Kind.BOOLEAN
    for text, chosen in values.items():
        known.pop(text, None)
        if chosen == EMPTY:
            known[text] = ""
        elif chosen in options or (free and chosen.strip()):
            known[text] = chosen.strip()[:LONGEST]
    return known


def _values(form: Any) -> Iterator[tuple[int, dict[str, str]]]:
    """(position, text -> what was chosen for it) of each column whose values are on the page."""
    found: dict[int, dict[str, str]] = {}
    for name, chosen in form.multi_items():
        if match := _VALUE.fullmatch(name):
            text = form.get(f"t.{match[1]}.{match[2]}", "")
            if text:
                found.setdefault(int(match[1]), {})[text] = chosen
    yield from found.items()


def _fixed(desk: Desk, entity: Entity, plan: ImportPlan) -> dict[str, str]:
    """The texts given for all rows; a blank one is none."""
    form = desk.request.form
    fields = [field for field in importable(entity) if f"{FIXED}{field.name}" in form]
    texts = {field.name: form.getlist(f"{FIXED}{field.name}")[-1] for field in fields}
    bound = bind(fields, texts, desk.formats)
    posted = {name: text for name, text in bound.typed.items() if text.strip()}
    kept = {name: text for name, text in plan.fixed.items() if f"{FIXED}{name}" not in form}
    return {**kept, **posted}
