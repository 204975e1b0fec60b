"""What a person finds by words: records of every entity they may open, views, and things to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from engine.forms.contexts import Hit, HitGroup, Link
from engine.forms.marks import person_mark, record_mark
from engine.forms.model import may_see
from engine.forms.values import PEOPLE
from engine.records.query import Condition, PageRequest
from engine.records.search_words import fold
from engine.schema.model import Entity, Field, ListQuery
from engine.web.desk import Desk

MOST_GROUPS = 6
FEW = 50
"""Up to so many records of an entity the best come first; of more, the newest."""


def found_records(desk: Desk, typed: str, limit: int) -> tuple[HitGroup, ...]:
    """Groups of records, those whose title begins with what was typed first: one statement, and one a group."""
    entities = {entity.name: entity for entity in _entities(desk)}
    ids = desk.store.search(desk.actor, typed, tuple(entities), FEW + 1)
    groups = [_group(desk, entities[name], found, typed, limit) for name, found in list(ids.items())[:MOST_GROUPS]]
    shown = (group for group in groups if group.hits)
    return tuple(sorted(shown, key=lambda group: not _begins(group.hits[0].title, typed)))


def found_views(desk: Desk, typed: str) -> tuple[Link, ...]:
    """Views whose name, or whose entity's, has what was typed in it."""
    wanted = fold(typed)
    views = desk.workspace.blueprint.screens.views
    return tuple(
        Link(desk.text(view.label), f"/e/{entity.name}/v/{view.name}", view.icon, count=desk.text(entity.plural))
        for entity in _entities(desk)
        for view in views[entity.name].values()
        if may_see(view, desk.actor.roles)
        and wanted in fold(f"{desk.text(entity.plural)} {desk.text(view.label)} {desk.text(entity.plural)}")
    )


def actions(desk: Desk, each: int | None = None) -> tuple[Link, ...]:
    """What a person can begin from anywhere; of what concerns one entity, `each` at most."""
    heads = [desk.head(entity) for entity in _entities(desk)]
    new = [Link(desk.say("list.new", entity=_inner(desk, head.label)), head.new_url, "plus") for head in heads]
    imports = [
        Link(desk.say("import.of", entity=_inner(desk, head.plural)), head.import_url, "upload")
        for head in heads
        if head.import_url
    ]
    imports += [Link(desk.say("import.all"), "/imports", "upload")] if imports else []
    people = [Link(desk.say("shell.users"), "/users", "users")] if desk.page("").admin else []
    own = [Link(desk.say("shell.profile"), "/profile", "user-round")]
    deleted = [Link(desk.say("bin.title"), "/bin", "trash-2")]
    return (*[link for link in new if link.url][:each], *people, *deleted, *own, *imports[:each])


def _entities(desk: Desk) -> Iterator[Entity]:
    """In the order of the menu, then the others."""
    blueprint = desk.workspace.blueprint
    listed = [entry.entity for group in blueprint.screens.menu for entry in group.entries if entry.entity]
    for name in dict.fromkeys((*listed, *blueprint.entities)):
        if desk.may_visit(name):
            yield blueprint.entities[name]


def _group(desk: Desk, entity: Entity, ids: Sequence[int], typed: str, limit: int) -> HitGroup:
    sub = next((field for field in entity.declared if field.type.stored and _tells(field, entity)), None)
    query = ListQuery(entity.name, (entity.title, *((sub.name,) if sub else ())))
    looked = ids if len(ids) <= FEW else ids[: limit + 1]
    request = PageRequest(conditions=(Condition("id", "any_of", tuple(looked)),), limit=len(looked))
    rows = sorted(desk.store.list(desk.actor, query, request).rows, key=lambda row: -row["id"])
    person = entity.acts_as == "person" or entity.name in PEOPLE
    hits = []
    for row in rows:
        title = str(row.get(entity.title) or f"#{row['id']}")
        below = row.get(f"{sub.name}__title") if sub else None
        mark = person_mark(title) if person else record_mark(title)
        hits.append(Hit(title, f"/e/{entity.name}/{row['id']}", mark, str(below or "")))
    hits.sort(key=lambda hit: _distance(hit.title, typed))
    more = f"/e/{entity.name}?q={quote(typed)}" if len(hits) > limit else ""
    return HitGroup(desk.text(entity.plural), entity.icon, tuple(hits[:limit]), more)


def _tells(field: Field, entity: Entity) -> bool:
    return bool(field.target) and field.name != entity.title


def _distance(title: str, typed: str) -> int:
    """0 for the title itself, then what begins with it, has a word that does, has it within, and all else."""
    folded, wanted = fold(title), fold(typed)
    fits = (folded == wanted, folded.startswith(wanted), f" {wanted}" in folded, wanted in folded)
    return fits.index(True) if True in fits else len(fits)


def _begins(title: str, typed: str) -> bool:
    return fold(title).startswith(fold(typed))


def _inner(desk: Desk, label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:] if desk.language == "en" and label[1:2].islower() else label
