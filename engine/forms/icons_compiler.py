"""The icons a blueprint names: one that does not exist would be drawn blank."""

from __future__ import annotations

from collections.abc import Iterator

from engine.forms.compilation import ScreenCompilation
from engine.forms.pages import FIRST_SPRITES, REST_SPRITE, icon_names
from engine.language.nodes import Mapping, Node, Scalar, Sequence
from engine.language.problems import nearest
from engine.schema.compilation import pairs

SECTIONS = ("blueprint", "entities", "views", "menu", "pages")
DATA = ("fields",)
"""What is not looked into: an icon there is a name somebody gave."""


def check_icons(compilation: ScreenCompilation) -> None:
    """A warning for each icon that is none, with the one that was probably meant."""
    for section in SECTIONS:
        for name in _icons(compilation.root.get(section)):
            if name.text in icon_names(FIRST_SPRITES) or name.text in icon_names(REST_SPRITE):
                continue
            every = sorted(icon_names(FIRST_SPRITES) | icon_names(REST_SPRITE))
            compilation.fault("W630", name, near=nearest(name.text, every))


def _icons(node: Node | None) -> Iterator[Scalar]:
    for each in node.items if isinstance(node, Sequence) else ():
        yield from _icons(each)
    for key, value in pairs(node) if isinstance(node, Mapping) else ():
        if key.text == "icon" and isinstance(value, Scalar):
            yield value
        elif key.text not in DATA:
            yield from _icons(value)
