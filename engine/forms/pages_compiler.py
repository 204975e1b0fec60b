"""Record pages: the facts in the head and the related lists."""

from __future__ import annotations

from collections.abc import Mapping as MappingType

from engine.forms.columns import read_columns
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_header, default_related
from engine.forms.forms_compiler import Forms
from engine.forms.model import RecordScreen, RelatedBlock
from engine.forms.related_compiler import read_related
from engine.language.nodes import Mapping, Node, Sequence
from engine.schema.model import Entity, Field

HOME = "home"
"""The key of the home page among those of the entities."""


def compile_pages(forms: Forms, compilation: ScreenCompilation) -> MappingType[str, RecordScreen]:
    """The record page of every entity."""
    written = {entity.name: node for entity, node in compilation.per_entity("pages", HOME)}
    return {name: _page(entity, written.get(name), forms, compilation) for name, entity in compilation.entities.items()}


def _page(entity: Entity, node: Node | None, forms: Forms, compilation: ScreenCompilation) -> RecordScreen:
    header, related = (node.get("header"), node.get("related")) if isinstance(node, Mapping) else (None, None)
    form = forms[entity.name]["main"]
    lists = default_related(entity, compilation.entities) if related is None else _related(related, entity, compilation)
    placed = {(block.entity, block.by) for block in form.related}
    return RecordScreen(
        entity=entity.name,
        header=_header(header, entity, compilation) if header else default_header(entity),
        form=form,
        related=tuple(block for block in lists if (block.entity, block.by) not in placed),
    )


def _header(node: Node, entity: Entity, compilation: ScreenCompilation) -> tuple[Field, ...]:
    wishes = read_columns(node, entity, f"pages.{entity.name}", compilation)
    return tuple(wish.field for wish in wishes)


def _related(node: Node, entity: Entity, compilation: ScreenCompilation) -> tuple[RelatedBlock, ...]:
    items = node.items if isinstance(node, Sequence) else ()
    where = f"pages.{entity.name}"
    nodes = (item for item in items if isinstance(item, Mapping))
    blocks = (read_related(item.get("entity"), item, entity, where, compilation) for item in nodes)
    return tuple(block for block in blocks if block is not None)
