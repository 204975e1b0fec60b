"""The options of a picker: a fragment that pages fetch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import PickOption, Tag
from engine.forms.marks import person_mark, record_mark
from engine.forms.values import PEOPLE
from engine.records.errors import RecordNotFound
from engine.records.query import Condition, PageRequest
from engine.records.words import used_words
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field, ListQuery, Sort
from engine.schema.sorting import fold
from engine.web.desk import Desk, WebRequest

OPTIONS = 12
OF_EACH = 6
ANY = "any"
"""Records of each entity that are offered where records of several can be chosen."""


def pick(request: WebRequest) -> Response:
    """`/pick/<entity>?q=&field=<entity.field>`: titles that contain `q`; without `q` the newest records. With
    `lacking=<field>:<value>` those whose field does not name that record. For a field of free words the words of its
    records."""
    desk = Desk.of(request)
    entity = desk.workspace.blueprint.entities.get(request.path_params["entity"])
    if entity is None and request.path_params["entity"] == ANY:
        return _pick_any(request)
    if entity is None or not desk.workspace.policy.may_open(desk.actor, entity.name):
        raise RecordNotFound
    typed = request.query.get("q", "").strip()[:200]
    if words := _asking_for_words(desk, entity):
        return _words(desk, words, typed)
    field = _asking(desk, entity)
    sub = next((f for f in entity.fields.values() if f.target and f.type.stored and not f.system), None)
    query = ListQuery(
        entity=entity.name,
        fields=(entity.title, *((sub.name,) if sub else ())),
        filter=field.link_filter if field else None,
        sort=(Sort(entity.title),) if typed else (Sort("last_activity_at", descending=True),),
    )
    page = desk.store.list(desk.actor, query, PageRequest(_lacking(desk, entity), search=typed, limit=OPTIONS))
    options = tuple(_option(entity, row, sub) for row in page.rows)
    return desk.render("parts/options.html", contexts.PickList(options, recent=not typed))


def _pick_any(request: WebRequest) -> Response:
    """`/pick/any?field=<entity.field>&q=`: records of each entity the field may name, a few of each."""
    desk = Desk.of(request)
    field = _named(desk)
    if field is None or not field.targets:
        raise RecordNotFound
    typed = request.query.get("q", "").strip()[:200]
    options: list[PickOption] = []
    for target in field.targets:
        if desk.workspace.policy.may_open(desk.actor, target):
            options += _some(desk, desk.workspace.blueprint.entities[target], typed)
    return desk.render("parts/options.html", contexts.PickList(tuple(options), recent=not typed))


def _some(desk: Desk, entity: Entity, typed: str) -> Iterator[PickOption]:
    sort = Sort(entity.title) if typed else Sort("last_activity_at", descending=True)
    query = ListQuery(entity.name, (entity.title,), sort=(sort,))
    for row in desk.store.list(desk.actor, query, PageRequest(search=typed, limit=OF_EACH)).rows:
        option = _option(entity, row, None)
        yield replace(option, id=f"{entity.name}:{row['id']}", sub=desk.text(entity.label), icon=entity.icon)


def _words(desk: Desk, field: Field, typed: str) -> Response:
    read = field.type.parse(typed, field, desk.formats) if typed else None
    typed = read[0] if read else ""
    found = used_words(desk.store, desk.actor, field, typed, OPTIONS)
    new = typed if typed and not any(fold(word) == fold(typed) for word in found) else ""
    words = tuple(Tag(*tag) for tag in field.type.tags(found, field, desk.formats))
    return desk.render("parts/words.html", contexts.WordList(words, new))


def _asking_for_words(desk: Desk, entity: Entity) -> Field | None:
    field = _named(desk)
    return field if field and field.entity == entity.name and field.type.suggested else None


def _lacking(desk: Desk, entity: Entity) -> tuple[Condition, ...]:
    """Records that are not linked yet, and not the record itself that they would be linked to."""
    name, _, typed = desk.request.query.get("lacking", "").partition(":")
    field = entity.fields.get(name)
    if field is None or not (field.target or field.targets):
        return ()
    try:
        value = field.type.parse(typed, field, desk.formats)
    except ValueRefused:
        return ()
    named = ((field.target, value),) if field.target else field.references(value)
    own = tuple(record_id for target, record_id in named if target == entity.name)
    return (Condition(name, "none_of", (value,)), *((Condition("id", "none_of", own),) if own else ()))


def _asking(desk: Desk, entity: Entity) -> Field | None:
    """The link field the picker is for, if the address names one."""
    field = _named(desk)
    return field if field and field.leads_to(entity.name) else None


def _named(desk: Desk) -> Field | None:
    """The field the address names."""
    owner, _, name = desk.request.query.get("field", "").partition(".")
    asking = desk.workspace.blueprint.entities.get(owner)
    return asking.fields.get(name) if asking else None


def _option(entity: Entity, row: Any, sub: Field | None) -> PickOption:
    title = str(row.get(entity.title) or f"#{row['id']}")
    mark = person_mark(title) if entity.name in PEOPLE or entity.acts_as == "person" else record_mark(title)
    return PickOption(str(row["id"]), title, mark, str(row.get(f"{sub.name}__title") or "") if sub else "")
