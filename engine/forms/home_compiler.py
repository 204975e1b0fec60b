"""The home page: tiles with a person's tasks, records, numbers, and what they have at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from engine.expressions.types import BOOLEAN
from engine.forms.columns import can_sum, columns_of, query_fields
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_fields
from engine.forms.home_defaults import TASK, default_home
from engine.forms.home_sections import OPTIONS
from engine.forms.model import (
    BoardScreen,
    Column,
    GalleryScreen,
    ListScreen,
    MenuGroup,
    Tile,
    TileKind,
    TileRecords,
    TreeScreen,
    ViewScreen,
)
from engine.forms.pages_compiler import HOME
from engine.forms.views_compiler import Views
from engine.language.nodes import Mapping, Scalar, Sequence
from engine.locale.text import Text
from engine.schema.compilation import text_of
from engine.schema.expression_nodes import parse_pushable
from engine.schema.model import Entity, Field, ListQuery

COMMON = ("id", "tile", "label", "width", "for_roles")
WIDTH, LIMIT = 2, 6


def compile_home(views: Views, menu: tuple[MenuGroup, ...], compilation: ScreenCompilation) -> tuple[Tile, ...]:
    """The tiles of the home page; one of the engine's own for a blueprint that says nothing of it."""
    pages = compilation.root.get("pages")
    node = pages.get(HOME) if isinstance(pages, Mapping) else None
    if not isinstance(node, Mapping):
        return default_home(views, menu, compilation)
    tiles = node.get("tiles")
    items = tiles.items if isinstance(tiles, Sequence) else ()
    return tuple(tile for item in items if isinstance(item, Mapping) for tile in _tile(item, views, compilation))


def _tile(node: Mapping, views: Views, compilation: ScreenCompilation) -> Iterator[Tile]:
    """The tile, or nothing after a problem."""
    written = node.get("tile")
    if not isinstance(written, Scalar) or written.text not in get_args(TileKind):
        return
    for entry in node.entries:
        if entry.key.text in _ALL_OPTIONS and entry.key.text not in OPTIONS[written.text]:
            compilation.fault("E461", entry.key, type=written.text)
    label, limit = node.get("label"), _number(node, "limit", LIMIT)
    tile = Tile(
        kind=written.text,  # type: ignore[arg-type]
        label=compilation.text(label, Text(())) if label else None,
        width=_number(node, "width", 1 if written.text == "count" else WIDTH),
        limit=limit,
        for_roles=compilation.role_names(node.get("for_roles")),
    )
    if tile.kind == "tasks" and not any(entity.acts_as == TASK for entity in compilation.entities.values()):
        compilation.fault("E462", written)
    if tile.kind not in ("list", "count"):
        yield tile
        return
    records = _records(written, node, views, compilation)
    if records is not None:
        yield replace(tile, records=records, label=tile.label or _label(records, views, compilation))


_ALL_OPTIONS = frozenset[str]().union(*OPTIONS.values())


def _label(records: TileRecords, views: Views, compilation: ScreenCompilation) -> Text:
    """What a tile about a view or an entity is called."""
    entity = compilation.entities[records.entity]
    return views[entity.name][records.view].label if records.view else entity.plural


def _records(tile: Scalar, node: Mapping, views: Views, compilation: ScreenCompilation) -> TileRecords | None:
    view, entity = node.get("view"), node.get("entity")
    if isinstance(view, Scalar):
        for name in ("entity", "filter"):
            key = node.key(name)
            if key is not None and tile.text == "count":
                compilation.fault("E463", key)
        return _of_view(view, node, views, compilation)
    if isinstance(entity, Scalar) and tile.text == "count":
        return _of_entity(entity, node, compilation)
    compilation.fault("E460", tile)
    return None


def _of_view(name: Scalar, node: Mapping, views: Views, compilation: ScreenCompilation) -> TileRecords | None:
    first, dot, second = name.text.partition(".")
    if not dot:
        return None
    entity = compilation.entity(Scalar(name.place_at(0), first, width=len(first)))
    if entity is None:
        return None
    if not compilation.declares("views", entity.name, second):
        named = Scalar(name.place_at(len(first) + 1), second, width=len(second))
        compilation.known("E464", named, views[entity.name], entity=entity.name)
    view = views[entity.name].get(second)
    if view is None:
        return None
    columns = columns_shown(entity, view)
    total = _sum(node, entity, compilation)
    fields = query_fields(entity, *(column.field for column in columns))
    url = f"/e/{entity.name}/v/{view.name}"
    return TileRecords(entity.name, replace(view.query, fields=fields), url, columns, view.name, total)


def _of_entity(name: Scalar, node: Mapping, compilation: ScreenCompilation) -> TileRecords | None:
    entity = compilation.entity(name)
    if entity is None:
        return None
    holds = parse_pushable(node.get("filter"), compilation.scope_of(entity), BOOLEAN, compilation.problems)
    query = ListQuery(entity.name, query_fields(entity), holds)
    return TileRecords(entity.name, query, f"/e/{entity.name}", sum=_sum(node, entity, compilation))


def columns_shown(entity: Entity, view: ViewScreen) -> tuple[Column, ...]:
    """What a tile shows of a view's records: its columns or the facts on its cards."""
    match view:
        case ListScreen() | TreeScreen():
            return view.columns
        case BoardScreen() | GalleryScreen():
            return view.card
        case _:
            return columns_of(entity, default_fields(entity), editable=False)


def _sum(node: Mapping, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    name = node.get("sum")
    field = compilation.field(name, entity, "sum") if isinstance(name, Scalar) else None
    return field if field and isinstance(name, Scalar) and can_sum(field, name, compilation) else None


def _number(node: Mapping, name: str, default: int) -> int:
    written = text_of(node.get(name)) or ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 3 else default
