"""Views: each compiled by its kind; the options it writes must be those of the kind."""

from __future__ import annotations

from collections.abc import Mapping as MappingType

from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_views
from engine.forms.model import ViewScreen
from engine.forms.view_kind import COMMON_VIEW, ViewKind, view_kinds
from engine.language.names import check_name
from engine.language.nodes import Mapping, Node, Scalar
from engine.schema.compilation import pairs, text_of
from engine.schema.model import Entity

Views = MappingType[str, MappingType[str, ViewScreen]]


def compile_views(compilation: ScreenCompilation) -> Views:
    """The views of every entity; an entity without any gets the default ones."""
    written = {entity.name: _views(entity, node, compilation) for entity, node in compilation.per_entity("views")}
    return {name: written.get(name) or default_views(entity) for name, entity in compilation.entities.items()}


def _views(entity: Entity, node: Node, compilation: ScreenCompilation) -> MappingType[str, ViewScreen]:
    views = {}
    for key, view in pairs(node):
        check_name(key, compilation.problems)
        compiled = _view(key, view, entity, compilation) if isinstance(view, Mapping) else None
        if compiled is not None:
            views[key.text] = compiled
    return views


def _view(key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> ViewScreen | None:
    """The view; None when its type is unknown or what it needs is missing."""
    kind = view_kinds().get(text_of(node.get("type")) or "")
    if kind is None:
        return None
    _check_options(node, kind, compilation)
    return kind.compile(key, node, entity, compilation)


def _check_options(node: Mapping, kind: ViewKind, compilation: ScreenCompilation) -> None:
    """An option of another kind is a slip; one of no kind was told already."""
    everywhere = {name for other in view_kinds().values() for name in other.options}
    for entry in node.entries:
        if entry.key.text in everywhere and entry.key.text not in {*kind.options, *COMMON_VIEW}:
            compilation.fault("E432", entry.key, type=kind.name)
