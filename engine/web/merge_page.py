"""The page on which several records are laid side by side before they become one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field as default, replace
from urllib.parse import urlencode

from engine.forms.contexts import Fact, FormError, Link, Value
from engine.forms.contexts.merging import MergeField, MergeRecord, MergeScreen, MergeValue
from engine.forms.values import value_of
from engine.locale.text import Text
from engine.records.merge_choice import UNITED, differs, fullest, is_list, mergeable, suggested, united
from engine.records.model import Record
from engine.records.query import Condition, PageRequest
from engine.schema.model import Entity, Field, ListQuery
from engine.web.desk import Desk
from engine.web.import_steps import inner
from engine.web.record_head import mark_of
from engine.web.rules import locked_fields

COUNTED = 1000
HIDDEN = frozenset({"team"})
"""It follows the owner."""


def merge_url(entity: str, ids: Iterable[int]) -> str:
    return f"/e/{entity}/merge?{urlencode([('id', record_id) for record_id in ids])}"


@dataclass(frozen=True)
class Choosing:
    """What was chosen so far, and what stands against it."""

    survivor: int
    choices: Mapping[str, int]
    errors: Mapping[str, Text] = default(default_factory=dict)


def first_choice(entity: Entity, records: Sequence[Record]) -> Choosing:
    """The fullest record that may stay, with what it lacks from the others."""
    rows = [record.row for record in records if may_stay(record, records)] or [record.row for record in records]
    survivor = fullest(entity, rows)
    return Choosing(survivor, suggested(entity, [record.row for record in records], survivor))


def may_stay(record: Record, records: Sequence[Record]) -> bool:
    return record.may_update and all(other.may_delete for other in records if other is not record)


def merge_screen(desk: Desk, entity: Entity, records: Sequence[Record], chosen: Choosing) -> MergeScreen:
    head = desk.head(entity)
    title = desk.say("merge.title", count=len(records), entity=inner(desk, desk.text(entity.plural)))
    fields = _fields(desk, entity, records, chosen)
    return MergeScreen(
        page=desk.page(title),
        entity=head,
        crumbs=(Link(head.plural, head.url, head.icon), Link(title, "", current=True)),
        title=title,
        action=f"{head.url}/merge",
        cancel_url=head.url,
        records=tuple(_record(desk, record, records, chosen) for record in records),
        fields=fields,
        same=_same(desk, entity, records),
        along=_along(desk, entity, [record.id for record in records]),
        errors=tuple(_error(desk, entity, name, text) for name, text in chosen.errors.items()),
    )


def _record(desk: Desk, record: Record, records: Sequence[Record], chosen: Choosing) -> MergeRecord:
    now = desk.store.moment(desk.actor).now
    return MergeRecord(
        id=str(record.id),
        title=record.title,
        url=f"/e/{record.entity.name}/{record.id}",
        mark=mark_of(record),
        made=desk.formats.ago(record.row["created_at"], now),
        changed=desk.formats.ago(record.row["updated_at"], now),
        stays=record.id == chosen.survivor,
        may_stay=may_stay(record, records),
    )


def _free(entity: Entity) -> list[Field]:
    return [field for field in mergeable(entity) if field.name not in HIDDEN]


def _fields(desk: Desk, entity: Entity, records: Sequence[Record], chosen: Choosing) -> tuple[MergeField, ...]:
    rows = [record.row for record in records]
    survivor = next(record for record in records if record.id == chosen.survivor)
    locked = locked_fields(desk, entity, survivor.row)
    differing = [field for field in _free(entity) if differs(rows, field.name) and field.name not in locked]
    return tuple(_field(desk, field, records, chosen) for field in differing)


def _field(desk: Desk, field: Field, records: Sequence[Record], chosen: Choosing) -> MergeField:
    choice = chosen.choices.get(field.name, chosen.survivor)
    rows = [record.row for record in records]
    filled = [row[field.name] for row in rows if row[field.name] is not None]
    together = None
    if filled and all(is_list(field, value) for value in filled):
        named = {pair for row in rows for pair in row.get(f"{field.name}__titles") or ()}
        row = {field.name: united(rows, field.name), f"{field.name}__titles": tuple(sorted(named))}
        value = _plain(value_of(field, row, desk.formats))
        together = MergeValue(str(UNITED), desk.say("merge.together"), value, choice == UNITED)
    values = tuple(
        MergeValue(str(record.id), record.title, _plain(value_of(field, record.row, desk.formats)), choice == record.id)
        for record in records
    )
    error = chosen.errors.get(field.name)
    return MergeField(field.name, desk.text(field.label), values, together, desk.text(error) if error else "")


def _same(desk: Desk, entity: Entity, records: Sequence[Record]) -> tuple[Fact, ...]:
    rows = [record.row for record in records]
    fields = [field for field in _free(entity) if not differs(rows, field.name) and rows[0][field.name] is not None]
    return tuple(
        Fact(desk.text(field.label), _plain(value_of(field, rows[0], desk.formats, short=True))) for field in fields
    )


def _plain(value: Value) -> Value:
    """Nothing to press in it: a press chooses it."""
    return replace(value, href="")


def _along(desk: Desk, entity: Entity, ids: Sequence[int]) -> tuple[str, ...]:
    """How many records that the person may see name one of these; one statement."""
    blueprint = desk.workspace.blueprint
    fields = [
        field
        for other in blueprint.entities.values()
        for field in other.fields.values()
        if not field.system and field.leads_to(entity.name) and desk.workspace.policy.may_open(desk.actor, other.name)
    ]
    queries = [ListQuery(field.entity, ()) for field in fields]
    requests = [PageRequest(conditions=(_naming(field, entity, ids),)) for field in fields]
    counts = desk.store.counts(desk.actor, queries, COUNTED, requests)
    found: dict[str, int] = {}
    for field, count in zip(fields, counts, strict=True):
        found[field.entity] = max(found.get(field.entity, 0), count)
    return tuple(
        desk.say(
            "merge.count", count=desk.formats.number(count), entity=desk.text(_called(blueprint.entities[name], count))
        )
        for name, count in found.items()
        if count
    )


def _called(entity: Entity, count: int) -> Text:
    return entity.label if count == 1 else entity.plural


def _naming(field: Field, entity: Entity, ids: Sequence[int]) -> Condition:
    if field.targets and not field.type.kept_apart:
        return Condition(field.name, "any_of", tuple(field.type.naming([(entity.name, each)]) for each in ids))
    return Condition(field.name, "any_of", tuple(ids))


def _error(desk: Desk, entity: Entity, name: str, text: Text) -> FormError:
    field = entity.fields.get(name)
    return FormError(f"m-{name}" if field else "", desk.text(field.label) if field else "", desk.text(text))
