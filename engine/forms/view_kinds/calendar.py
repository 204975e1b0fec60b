"""A calendar: records on the days of a date or moment, as a month, a week, a day or an agenda."""

from __future__ import annotations

from dataclasses import replace

from engine.expressions.types import Kind
from engine.forms.calendar_fields import query_of_calendar
from engine.forms.colours import COLOURS, read_colours
from engine.forms.columns import shown_field
from engine.forms.compilation import ScreenCompilation
from engine.forms.grammar import FIELD
from engine.forms.model import CalendarScreen
from engine.forms.view_kind import ViewKind, hued_field, query_of
from engine.language.nodes import Mapping, Node, Scalar
from engine.locale.text import Text
from engine.schema.model import Entity, Field

DAYS = (Kind.DATE, Kind.DATETIME)


class CalendarKind(ViewKind):
    name = "calendar"
    label = Text.of({"en": "Calendar", "zh-CN": "日历"})
    icon = "calendar"
    order = 3
    parameters = ("f", "span")
    options = {
        "from": FIELD | {"description": "The date or moment an event begins."},
        "to": FIELD | {"description": "When it ends: a field like `from`, or a duration."},
        "time": FIELD | {"description": "The time of day of an event that begins on a date."},
        "colour": FIELD | {"description": "The field with options that colours the records."},
        "colours": COLOURS,
    }

    def compile(
        self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation
    ) -> CalendarScreen | None:
        start = _start(key, node, entity, compilation)
        end = _end(node.get("to"), start, entity, compilation)
        time = _time(node.get("time"), entity, compilation)
        colour = hued_field(node.get("colour"), entity, compilation)
        colours = read_colours(node.get("colours"), entity, compilation)
        common = self.common(key, node, entity, compilation)
        query = query_of(node, (), entity, compilation)
        if start is None:
            return None
        screen = CalendarScreen(**common, start=start, query=query, end=end, time=time, colour=colour, colours=colours)
        return replace(screen, query=query_of_calendar(screen, entity))


def _kind(field: Field) -> Kind:
    return field.type.expression_type(field).kind


def _start(key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    written = node.get("from")
    if written is None:
        compilation.fault("E443", key)
    field = shown_field(written, entity, f"{entity.name}.{key.text}.from", compilation)
    if field is None or not isinstance(written, Scalar) or _kind(field) in DAYS:
        return field
    compilation.fault("E444", written)
    return None


def _end(node: Node | None, start: Field | None, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    field = shown_field(node, entity, "to", compilation)
    if field is None or start is None or not isinstance(node, Scalar):
        return None
    if _kind(field) is _kind(start) or field.type.widget == "duration":
        return field
    compilation.fault("E445", node)
    return None


def _time(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    field = shown_field(node, entity, "time", compilation)
    if field is None or not isinstance(node, Scalar) or field.type.widget == "time":
        return field
    compilation.fault("E451", node)
    return None
