"""Why a computed value is what it is: what it is made of, as far as the actor may read that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.expressions.parse import Expression
from engine.forms.contexts import Link, Value
from engine.forms.contexts.why import WhyInput, WhyMember, WhyMembers, WhyScreen
from engine.forms.values import value_of
from engine.records.computed_inputs import MOST, Input, Member, inputs_of, members_of, taken_of
from engine.records.last_changes import Asked, LastChange, last_changes
from engine.records.model import Record
from engine.schema.computed import Path, Rollup
from engine.schema.model import Field
from engine.web.desk import Desk
from engine.web.rules import hidden_fields
from engine.web.why_besides import besides
from engine.web.worked_out import made_of, path_label

FIRST = 10
Changes = Mapping[Asked, LastChange]


def why_screen(desk: Desk, record: Record, field: Field) -> WhyScreen:
    """Beside those of the page, at most four statements: what lies behind links, what was written last, and for a
    rollup two about the records that count; for a formula one for each count of records in it."""
    computed = field.computed
    assert computed is not None
    inputs = inputs_of(desk.store, desk.actor, record, _paths(computed.expression))
    changes = last_changes(desk.store, _asked(record, field, inputs))
    more = besides(desk, record, computed.expression) if computed.expression else ()
    return WhyScreen(
        page=desk.page(desk.say("why.title", field=desk.inner(desk.text(field.label)))),
        entity=desk.head(record.entity),
        record=_home(desk, record),
        label=desk.text(field.label),
        value=value_of(field, record.row, desk.formats),
        expression=made_of(desk, field),
        note=_note(desk, record, field, changes),
        inputs=(*(_Inputs(desk, record, changes).of(each) for each in inputs), *more),
        members=_members(desk, record, computed.rollup) if computed.rollup else None,
    )


def _paths(expression: Expression | None) -> list[Path]:
    """What an expression reads, in the order in which it is written."""
    if expression is None:
        return []
    return sorted(expression.names, key=lambda path: (expression.text.find(".".join(path)), path))


def why_url(desk: Desk, entity: str, record_id: int, field: Field) -> str:
    """Where the value is explained; empty for a field that is not computed, or of an entity without pages."""
    known = desk.workspace.blueprint.entities[entity]
    open_to = desk.may_visit(entity) or bool(known.line_of)
    return f"/e/{entity}/{record_id}/why/{field.name}" if field.computed and open_to else ""


def _home(desk: Desk, record: Record) -> Link:
    """The record itself; for a line item the record it belongs to."""
    if record.entity.line_of is None:
        return Link(record.title, f"/e/{record.entity.name}/{record.id}", record.entity.icon)
    parent, link = record.entity.line_of
    title = str(record.row.get(f"{link}__title") or record.title)
    return Link(title, f"/e/{parent}/{record.row[link]}", record.entity.icon)


def _asked(record: Record, field: Field, inputs: Sequence[Input]) -> list[Asked]:
    """The fields whose last change is told: what people write, and the link a snapshot was taken by."""
    asked = [_key(each) for each in inputs if each.shown and each.record_id and each.trail.field.computed is None]
    if field.computed and field.computed.snapshot:
        asked.append((record.entity.name, record.id, field.computed.snapshot))
    return list(dict.fromkeys(asked))


def _key(each: Input) -> Asked:
    return each.trail.field.entity, int(each.record_id or 0), each.trail.field.name


def _note(desk: Desk, record: Record, field: Field, changes: Changes) -> str:
    computed = field.computed
    if computed is not None and computed.snapshot:
        link = desk.text(record.entity.fields[computed.snapshot].label)
        change = changes.get((record.entity.name, record.id, computed.snapshot))
        if change is None:
            return desk.say("why.snapshot", link=link)
        return desk.say("why.snapshot_since", link=link, when=desk.formats.datetime(change.at), who=_who(desk, change))
    return desk.say("why.when_read") if field.worked_out_when_read else ""


def _who(desk: Desk, change: LastChange) -> str:
    return change.actor or desk.say("record.engine")


@dataclass(frozen=True, slots=True)
class _Inputs:
    desk: Desk
    record: Record
    changes: Changes

    def of(self, each: Input) -> WhyInput:
        desk, trail = self.desk, each.trail
        written = (*trail.path, trail.attribute) if trail.attribute else trail.path
        label = path_label(desk, written, self.record.entity.name)
        if not each.shown or (not trail.links and self._hidden(trail.field)):
            return WhyInput(label, None)
        change = self.changes.get(_key(each))
        return WhyInput(
            label=label,
            value=_value(desk, each),
            of=self._holder(each),
            changed=self._changed(change) if change else "",
            changed_full=desk.formats.datetime(change.at) if change else "",
            why_url=why_url(desk, trail.field.entity, each.record_id, trail.field) if each.record_id else "",
        )

    def _hidden(self, field: Field) -> bool:
        return field.name in hidden_fields(self.desk, self.record.entity, self.record.row)

    def _holder(self, each: Input) -> Link | None:
        if not each.trail.links or each.record_id is None:
            return None
        entity = each.trail.field.entity
        page = f"/e/{entity}/{each.record_id}" if self.desk.may_visit(entity) else ""
        return Link(each.title, page, self.desk.workspace.blueprint.entities[entity].icon)

    def _changed(self, change: LastChange) -> str:
        when = self.desk.formats.ago(change.at, self.desk.store.moment(self.desk.actor).now)
        return self.desk.say("why.changed", when=when, who=_who(self.desk, change))


def _value(desk: Desk, each: Input) -> Value:
    """The value as the record shows it; of a stage what the expression asks of it."""
    field = each.trail.field
    pipeline = desk.store.model.pipeline_of(field) if each.trail.attribute else None
    stage = pipeline.stages.get(str(each.row.get(field.name))) if pipeline else None
    if stage is None:
        return value_of(field, each.row, desk.formats)
    kind = {"probability": desk.formats.percent(stage.probability), "kind": desk.say(f"computed.kind.{stage.kind}")}
    return Value("text", kind.get(each.trail.attribute, ""))


def _members(desk: Desk, record: Record, rollup: Rollup) -> WhyMembers:
    found = members_of(desk.store, desk.actor, record.id, rollup, FIRST)
    more, many = found.count - len(found.rows), found.count > MOST
    return WhyMembers(
        counted=desk.say("why.many", count=MOST) if many else desk.say("why.counted", count=found.count),
        rows=tuple(_member(desk, rollup, each) for each in found.rows),
        valued=rollup.value is not None,
        more=desk.say("why.more", count=more) if more > 0 and not many else "",
        unseen=desk.say("why.unseen") if found.unseen else "",
    )


def _member(desk: Desk, rollup: Rollup, each: Member) -> WhyMember:
    entity = rollup.over.entity
    page = f"/e/{entity}/{each.id}" if desk.may_visit(entity) else ""
    names = filter(None, (each.beside, each.title))
    title = Link(" · ".join(names) or f"#{each.id}", page)
    taken = taken_of(desk.store, rollup)
    if taken is None or not each.shown:
        return WhyMember(title, None)
    further = "" if taken.links else why_url(desk, entity, each.id, taken.field)
    return WhyMember(title, value_of(taken.field, each.row, desk.formats), further)
