"""Record pages: the facts in the head and the related lists."""

from __future__ import annotations

from collections.abc import Mapping as MappingType

from engine.forms.columns import Wish, make_columns, query_fields, read_columns, read_sort
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_fields, default_header, default_related, links_to
from engine.forms.forms_compiler import Forms
from engine.forms.model import RecordScreen, RelatedBlock
from engine.language.nodes import Mapping, Node, Scalar, Sequence
from engine.language.problems import nearest
from engine.schema.model import Entity, Field, ListQuery


def compile_pages(forms: Forms, compilation: ScreenCompilation) -> MappingType[str, RecordScreen]:
    """The record page of every entity."""
    written = {entity.name: node for entity, node in compilation.per_entity("pages")}
    return {name: _page(entity, written.get(name), forms, compilation) for name, entity in compilation.entities.items()}


def _page(entity: Entity, node: Node | None, forms: Forms, compilation: ScreenCompilation) -> RecordScreen:
    header, related = (node.get("header"), node.get("related")) if isinstance(node, Mapping) else (None, None)
    return RecordScreen(
        entity=entity.name,
        header=_header(header, entity, compilation) if header else default_header(entity),
        form=forms[entity.name]["main"],
        related=_related(related, entity, compilation) if related else default_related(entity, compilation.entities),
    )


def _header(node: Node, entity: Entity, compilation: ScreenCompilation) -> tuple[Field, ...]:
    wishes = read_columns(node, entity, f"pages.{entity.name}", compilation)
    return tuple(wish.field for wish in wishes)


def _related(node: Node, entity: Entity, compilation: ScreenCompilation) -> tuple[RelatedBlock, ...]:
    items = node.items if isinstance(node, Sequence) else ()
    blocks = (_block(item, entity, compilation) for item in items if isinstance(item, Mapping))
    return tuple(block for block in blocks if block is not None)


def _block(node: Mapping, entity: Entity, compilation: ScreenCompilation) -> RelatedBlock | None:
    name = node.get("entity")
    other = compilation.entity(name) if isinstance(name, Scalar) else None
    if other is None or not isinstance(name, Scalar):
        return None
    wishes = read_columns(node.get("columns"), other, f"pages.{entity.name}", compilation)
    sort = read_sort(node.get("sort"), other, compilation)
    label = compilation.text(node.get("label"), other.plural)
    by = _by(node.get("by"), name, other, entity, compilation)
    if by is None:
        return None
    shown = wishes or tuple(Wish(field) for field in default_fields(other) if field.name != by.name)
    query = ListQuery(other.name, query_fields(other, *(wish.field for wish in shown)), sort=sort)
    return RelatedBlock(other.name, by.name, label, make_columns(other, shown, editable=False), query)


def _by(node: Node | None, name: Scalar, other: Entity, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    """The link field that leads from `other` to `entity`: the named one, or the only one."""
    links = {link.name: link for link in links_to(other, entity)}
    if not isinstance(node, Scalar):
        if len(links) != 1:
            compilation.fault("E431", name, target=entity.name, count=str(len(links)))
        return next(iter(links.values())) if len(links) == 1 else None
    named = compilation.field(node, other, f"pages.{entity.name}")
    if named is not None and not named.leads_to(entity.name):
        near = nearest(node.text, links)
        compilation.fault("E430", node, near=near, entity=other.name, target=entity.name)
        return None
    return named
