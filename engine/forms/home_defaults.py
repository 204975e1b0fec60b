"""The home page of a blueprint that says nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from engine.expressions.parse import Expression
from engine.expressions.types import BOOLEAN
from engine.forms.columns import columns_of, is_number, query_fields
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_fields
from engine.forms.model import MenuGroup, Tile, TileRecords
from engine.forms.pages import inner_english
from engine.forms.views_compiler import Views
from engine.language.nodes import Mapping, Scalar
from engine.language.problems import Problems
from engine.locale.catalogue import message_text
from engine.locale.text import LANGUAGES, Text
from engine.schema.compilation import pairs, text_of
from engine.schema.expression_nodes import parse_pushable
from engine.schema.model import Entity, Field, ListQuery, Sort

TASK = "task"
NUMBERS, LISTS = 4, 2


def default_home(views: Views, menu: tuple[MenuGroup, ...], compilation: ScreenCompilation) -> tuple[Tile, ...]:
    """What is open in the pipelines, my tasks, my records of the first entities of the menu, and what I opened."""
    names = dict.fromkeys(entry.entity for group in menu for entry in group.entries)
    entities = [compilation.entities[name] for name in names]
    open_records = [tile for entity in entities for tile in _in_progress(entity, compilation)]
    mine = [tile for entity in entities for tile in _mine(entity, compilation)]
    tasks = [Tile("tasks")] if any(entity.acts_as == TASK for entity in compilation.entities.values()) else []
    return (*open_records[:NUMBERS], *tasks, *mine[:LISTS], Tile("recent"))


def _in_progress(entity: Entity, compilation: ScreenCompilation) -> Iterator[Tile]:
    """How many records are on their way, and what they are worth."""
    stage = entity.stage_field
    holds = _filter(f"{stage.name}.kind == 'open'", entity, compilation) if stage else None
    if stage is None or holds is None:
        return
    listed = (entity.fields[name] for name in entity.header if name in entity.fields)
    total = next((field for field in listed if field.type.slot == "value" and is_number(field)), None)
    label = message_text("home.in_progress", entities=entity.plural)
    query = ListQuery(entity.name, query_fields(entity), holds)
    asked = urlencode({"f": f"{stage.name}:any_of:{'|'.join(_open_stages(stage, compilation))}"}, safe=":|")
    yield Tile("count", label, 1, records=TileRecords(entity.name, query, f"/e/{entity.name}?{asked}", sum=total))


def _open_stages(stage: Field, compilation: ScreenCompilation) -> Iterator[str]:
    """The stages in which a record is on its way; their kind is open when nothing is said."""
    written = compilation.root.get("pipelines")
    pipeline = written.get(str(stage.settings["pipeline"])) if isinstance(written, Mapping) else None
    for key, state in pairs(pipeline.get("states") if isinstance(pipeline, Mapping) else None):
        if not isinstance(state, Mapping) or text_of(state.get("kind")) in (None, "open"):
            yield key.text


def _mine(entity: Entity, compilation: ScreenCompilation) -> Iterator[Tile]:
    """The person's own records, those that changed last first."""
    if entity.acts_as == TASK or (holds := _filter("owner == me", entity, compilation)) is None:
        return
    fields = default_fields(entity)
    query = ListQuery(entity.name, query_fields(entity, *fields), holds, (Sort("updated_at", descending=True),))
    url = f"/e/{entity.name}?{urlencode({'f': 'owner:is_me'}, safe=':')}"
    label = message_text("home.mine", entities=_inside(entity.plural))
    yield Tile("list", label, records=TileRecords(entity.name, query, url, columns_of(entity, fields, editable=False)))


def _inside(label: Text) -> Text:
    """A label inside a sentence."""
    return Text.of({code: inner_english(label.in_(code)) if code == "en" else label.in_(code) for code in LANGUAGES})


def _filter(text: str, entity: Entity, compilation: ScreenCompilation) -> Expression | None:
    """A condition the engine writes itself; None about an entity that is at fault."""
    written = Scalar(entity.place, text, '"', len(text) + 2)
    found = parse_pushable(written, compilation.scope_of(entity), BOOLEAN, Problems())
    return replace(found, place=None) if found else None
