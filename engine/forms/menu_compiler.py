"""The menu: groups of entries, each opening an entity's list."""

from __future__ import annotations

from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_menu
from engine.forms.model import MenuEntry, MenuGroup, ViewScreen
from engine.forms.views_compiler import Views
from engine.language.nodes import Mapping, Node, Scalar, Sequence
from engine.locale.text import Text
from engine.schema.compilation import is_true, text_of
from engine.schema.model import Entity


def compile_menu(views: Views, compilation: ScreenCompilation) -> tuple[MenuGroup, ...]:
    node = compilation.root.get("menu")
    if node is None:
        return default_menu(compilation.entities)
    groups = enumerate(_mappings(node), start=1)
    return tuple(_group(f"group_{number}", group, views, compilation) for number, group in groups)


def _group(default_id: str, node: Mapping, views: Views, compilation: ScreenCompilation) -> MenuGroup:
    label = node.get("label")
    entries = (_entry(entry, views, compilation) for entry in _mappings(node.get("entries")))
    return MenuGroup(
        id=text_of(node.get("id")) or default_id,
        label=compilation.text(label, Text(())) if label else None,
        entries=tuple(entry for entry in entries if entry is not None),
        folded=is_true(node.get("folded")),
        folded_for=compilation.role_names(node.get("folded_for")),
        for_roles=compilation.role_names(node.get("for_roles")),
    )


def _entry(node: Mapping, views: Views, compilation: ScreenCompilation) -> MenuEntry | None:
    name = node.get("entity")
    entity = compilation.entity(name) if isinstance(name, Scalar) else None
    if entity is None:
        return None
    view = _view(node.get("view"), entity, views, compilation)
    return MenuEntry(
        label=compilation.text(node.get("label"), view.label if view else entity.plural),
        icon=text_of(node.get("icon")) or (view.icon if view else entity.icon),
        entity=entity.name,
        view=view.name if view else None,
    )


def _view(node: Node | None, entity: Entity, views: Views, compilation: ScreenCompilation) -> ViewScreen | None:
    """The named view; one that is written but broken raises no second problem."""
    if not isinstance(node, Scalar):
        return None
    if not compilation.declares("views", entity.name, node.text):
        compilation.known("E420", node, views[entity.name])
    return views[entity.name].get(node.text)


def _mappings(node: Node | None) -> tuple[Mapping, ...]:
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))
