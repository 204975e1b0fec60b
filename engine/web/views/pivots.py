"""A pivot: what it counts, and by what, is chosen in its address."""

from __future__ import annotations

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.columns import is_lines, is_number
from engine.forms.contexts import Choice
from engine.forms.filters import parse_filters
from engine.forms.model import Measure, PivotGroup, PivotScreen
from engine.forms.pivot_fields import PERIODS, can_group, is_day
from engine.records.query import PageRequest
from engine.schema.model import Entity
from engine.web.columns import address
from engine.web.conditions import conditions_of
from engine.web.desk import Desk
from engine.web.filter_panel import filter_panel
from engine.web.pivot_groups import Groups
from engine.web.pivot_table import PivotTable
from engine.web.view_switch import COUNT_LIMIT, counted_queries, layouts, view_tabs


def show_pivot(desk: Desk, entity: Entity, view: PivotScreen) -> Response:
    query = desk.request.query
    filters, unread = parse_filters(query.getlist("f"), entity, desk.formats)
    conditions = conditions_of(filters)
    groups, measures = groups_of(entity), measures_of(entity)
    rows = _rows(query.getlist("rows"), groups) or view.rows or tuple(groups.values())[:1]
    across = groups.get(query["across"]) if "across" in query else view.across
    chosen = tuple(measures[key] for key in dict.fromkeys(query.getlist("measure")) if key in measures)[:4]
    table = PivotTable(
        desk,
        entity,
        view,
        rows,
        None if across and across.key in {row.key for row in rows} else across,
        chosen or view.measures,
        PageRequest(conditions),
        tuple(f.url() for f in filters),
    )
    counts = desk.store.counts(desk.actor, list(counted_queries(desk, entity).values()), COUNT_LIMIT)
    context = contexts.PivotScreen(
        page=desk.page(f"{desk.text(view.label)} · {desk.text(entity.plural)}"),
        entity=desk.head(entity),
        views=view_tabs(desk, entity, view, counts),
        layouts=layouts(desk, entity, view),
        filters=filter_panel(desk, entity, filters, clear_url=address(desk, f=None) if filters else ""),
        carry=tuple(("f", f.url()) for f in filters),
        row_choices=_choices(desk, groups, rows[0].key if rows else ""),
        second_choices=_choices(desk, groups, rows[1].key if len(rows) > 1 else ""),
        across_choices=_choices(desk, groups, table.across.key if table.across else ""),
        measure_choices=tuple(
            Choice(key, measure_label(desk, m), selected=m in table.measures) for key, m in measures.items()
        ),
        row_labels=tuple(side.label for side in table.sides),
        across_label=table.top.label if table.top else "",
        columns=table.columns(),
        measures=tuple(measure_label(desk, measure) for measure in table.measures),
        rows=table.rows(),
        totals=table.totals(),
        notes=(*(desk.text(note) for note in unread), *_notes(table)),
    )
    return desk.render("screens/pivot.html", context)


def groups_of(entity: Entity) -> dict[str, PivotGroup]:
    """Everything the entity can be grouped by, by its key in the address."""
    fields = [field for field in entity.fields.values() if can_group(field)]
    groups = [PivotGroup(f, by) for f in fields for by in (PERIODS if is_day(f) else ("",))]
    return {group.key: group for group in groups}


def measures_of(entity: Entity) -> dict[str, Measure]:
    numbers = [f for f in entity.declared if not is_lines(f) and f.type.stored and is_number(f)]
    both = [Measure("sum", field) for field in numbers] + [Measure("avg", field) for field in numbers]
    return {measure.key: measure for measure in (Measure("count"), *both)}


def measure_label(desk: Desk, measure: Measure) -> str:
    field = desk.text(measure.field.label) if measure.field else ""
    return desk.say(f"pivot.{measure.function}", field=field) if field else desk.say("pivot.count")


def _rows(keys: list[str], groups: dict[str, PivotGroup]) -> tuple[PivotGroup, ...]:
    return tuple(groups[key] for key in dict.fromkeys(keys) if key in groups)[:2]


def _choices(desk: Desk, groups: dict[str, PivotGroup], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(key, Groups(desk, group).label, selected=key == chosen) for key, group in groups.items())


def _notes(table: PivotTable) -> tuple[str, ...]:
    say = table.desk.say
    rows, columns = table.left_out()
    notes = [say("pivot.rows_left", count=rows)] if rows else []
    notes += [say("pivot.columns_left", count=columns)] if columns else []
    return (*notes, *([say("pivot.cut")] if table.is_cut else []))
