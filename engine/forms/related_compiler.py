"""Related lists, on a record's page or in one of its sections."""

from __future__ import annotations

from engine.forms.columns import Wish, query_fields, read_columns, read_sort, related_columns
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_fields, links_to
from engine.forms.model import RelatedBlock
from engine.language.nodes import Mapping, Node, Scalar
from engine.language.problems import nearest
from engine.schema.model import Entity, Field, ListQuery


def read_related(
    name: Node | None, node: Mapping, entity: Entity, where: str, compilation: ScreenCompilation
) -> RelatedBlock | None:
    """The list of records of the entity `name` that point at a record of `entity`; `node` holds its options."""
    other = compilation.entity(name) if isinstance(name, Scalar) else None
    if other is None or not isinstance(name, Scalar):
        return None
    wishes = read_columns(node.get("columns"), other, where, compilation)
    sort = read_sort(node.get("sort"), other, compilation)
    label = compilation.text(node.get("label"), other.plural)
    by = _by(node.get("by"), name, other, entity, where, compilation)
    if by is None:
        return None
    shown = wishes or tuple(Wish(field) for field in default_fields(other) if field.name != by.name)
    query = ListQuery(other.name, query_fields(other, *(wish.field for wish in shown)), sort=sort)
    return RelatedBlock(other.name, by.name, label, related_columns(other, shown), query)


def _by(
    node: Node | None, name: Scalar, other: Entity, entity: Entity, where: str, compilation: ScreenCompilation
) -> Field | None:
    """The link field that leads from `other` to `entity`: the named one, or the only one."""
    links = {link.name: link for link in links_to(other, entity)}
    if not isinstance(node, Scalar):
        if len(links) != 1:
            compilation.fault("E431", name, target=entity.name, count=str(len(links)))
        return next(iter(links.values())) if len(links) == 1 else None
    named = compilation.field(node, other, where)
    if named is not None and not named.leads_to(entity.name):
        near = nearest(node.text, links)
        compilation.fault("E430", node, near=near, entity=other.name, target=entity.name)
        return None
    return named
