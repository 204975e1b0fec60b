"""What a person wants done to many records: read from the form of its dialog, or asked for there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field as default, replace
from typing import Any

from engine.forms.binding import Bound, bind, gathered
from engine.forms.contexts import BulkChoice, Choice, Control
from engine.forms.controls import Filled
from engine.forms.values import text_of
from engine.locale.catalogue import message, message_text
from engine.locale.text import LANGUAGES, Text
from engine.records.history import to_json
from engine.schema.model import Entity, Field, Option
from engine.web.bulk_acts import arrival_stages, asked_fields, edited_fields, tag_fields
from engine.web.desk import Desk
from engine.web.titles import titles_of

PREFIX = "v."
"""Begins the names of the controls of a dialog."""
NO_BOUND = Bound()


@dataclass(frozen=True, slots=True)
class Task:
    """`kind` of operation, its `values` as JSON; `asks` are the fields of its dialog."""

    kind: str
    values: Mapping[str, Any] = default(default_factory=dict)
    about: Text | None = None
    pick: BulkChoice | None = None
    modes: tuple[Choice, ...] = ()
    asks: tuple[Field, ...] = ()
    required: bool = False
    bound: Bound = NO_BOUND
    hint: str = ""
    ready: bool = True
    """False while something that decides the rest has not been chosen."""

    def controls(self, desk: Desk) -> tuple[Control, ...]:
        filled = Filled({}, self.bound.typed, self.bound.errors, {})
        maker = replace(desk.controls, mark="b-")
        return tuple(
            maker.control(field, filled, prefix=PREFIX, required=self.required, focus=number == 0 and not self.pick)
            for number, field in enumerate(self.asks)
        )


def read_task(desk: Desk, entity: Entity, do: str) -> Task:
    """For one of the acts the person may do."""
    match do:
        case "edit":
            return _edit(desk, entity)
        case "move":
            return _move(desk, entity)
        case "assign":
            owner = entity.fields["owner"]
            return _with_values(desk, Task("bulk_assign", asks=(owner,), required=True), "bulk.about")
        case "tag":
            return _tag(desk, entity)
    return Task("bulk_delete")


def _edit(desk: Desk, entity: Entity) -> Task:
    fields = edited_fields(entity)
    chosen = _named(fields, desk.request.form.get("field", ""))
    pick = BulkChoice("field", desk.say("bulk.field"), _choices(desk, fields, chosen))
    if chosen is None:
        return Task("bulk_edit", pick=pick, ready=False)
    hint = "" if chosen.always_required else desk.say("bulk.empty_hint")
    return _with_values(desk, Task("bulk_edit", pick=pick, asks=(chosen,), hint=hint), "bulk.about")


def _tag(desk: Desk, entity: Entity) -> Task:
    fields = tag_fields(entity)
    chosen = fields[0] if len(fields) == 1 else _named(fields, desk.request.form.get("field", ""))
    pick = BulkChoice("field", desk.say("bulk.field"), _choices(desk, fields, chosen)) if len(fields) > 1 else None
    off = desk.request.form.get("mode") == "remove"
    modes = tuple(
        Choice(key, desk.say(f"bulk.tags_{key}"), selected=(key == "remove") == off) for key in ("add", "remove")
    )
    kind = "bulk_untag" if off else "bulk_tag"
    if chosen is None:
        return Task(kind, pick=pick, modes=modes, ready=False)
    task = Task(kind, pick=pick, modes=modes, asks=(chosen,), required=True)
    return _with_values(desk, task, "bulk.about_removed" if off else "bulk.about_added")


def _move(desk: Desk, entity: Entity) -> Task:
    stages, stage = arrival_stages(desk, entity), entity.stage_field
    target = next((each for each in stages if each.key == desk.request.form.get("stage")), None)
    choices = tuple(Choice(each.key, desk.text(each.label), each.hue, each == target) for each in stages)
    pick = BulkChoice("stage", desk.say("bulk.stage"), choices)
    if target is None or stage is None:
        return Task("bulk_move", pick=pick, ready=False)
    asks = asked_fields(desk, entity, target.key)
    hint = desk.say("bulk.move_hint") if asks else ""
    task = Task("bulk_move", pick=pick, asks=asks, required=True, hint=hint)
    bound = _bound(desk, task)
    values = {name: to_json(entity.fields[name], value) for name, value in bound.values.items() if value is not None}
    return replace(task, bound=bound, values={**values, stage.name: target.key}, about=_about_stage(stage, target))


def _with_values(desk: Desk, task: Task, key: str) -> Task:
    """The one field asked for, with the value that was typed: an error where it must not be empty."""
    bound, field = _bound(desk, task), task.asks[0]
    value = bound.values.get(field.name)
    applied = desk.request.form.get("apply") == "1"
    if applied and not bound.errors and value is None and (task.required or field.always_required):
        missing = message_text("value.required", label=field.label)
        bound = replace(bound, errors={field.name: missing}, typed={field.name: "", **bound.typed})
    values = {field.name: to_json(field, value)}
    return replace(task, bound=bound, values=values, about=_about(desk, field, value, key))


def _bound(desk: Desk, task: Task) -> Bound:
    if desk.request.form.get("apply") != "1":
        return NO_BOUND
    pairs = ((name, text) for name, text in desk.request.form.multi_items() if name.startswith(PREFIX))
    return bind(task.asks, gathered((name.removeprefix(PREFIX), text) for name, text in pairs), desk.formats)


def _about(desk: Desk, field: Field, value: Any, key: str) -> Text:
    """What will be done, in every language: Industry: Optics."""
    titles = titles_of(desk, field.references(value)) if value is not None else {}
    texts = {}
    for language in LANGUAGES:
        text = text_of(field, value, replace(desk.formats, language=language), titles, "–")
        shown = text or message("bulk.nothing_in_it", language)
        texts[language] = message(key, language, field=field.label.in_(language), value=shown)
    return Text.of(texts)


def _about_stage(field: Field, target: Option) -> Text:
    return message_text("bulk.about", field=field.label, value=target.label)


def _named(fields: tuple[Field, ...], name: str) -> Field | None:
    return next((field for field in fields if field.name == name), None)


def _choices(desk: Desk, fields: tuple[Field, ...], chosen: Field | None) -> tuple[Choice, ...]:
    return tuple(Choice(field.name, desk.text(field.label), selected=field == chosen) for field in fields)
