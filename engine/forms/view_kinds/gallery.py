"""A gallery: records as cards with a mark, their title and some facts."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.colours import COLOURS, read_colours, with_colours
from engine.forms.columns import columns_of, make_columns, query_fields, read_columns
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_fields
from engine.forms.grammar import COLUMNS, FIELD
from engine.forms.model import GalleryScreen
from engine.forms.view_kind import ViewKind, hued_field, query_of
from engine.language.nodes import Mapping, Scalar
from engine.locale.text import Text
from engine.schema.compilation import text_of
from engine.schema.model import Entity

SIZES = ("small", "medium", "large")
FACTS = 4


class GalleryKind(ViewKind):
    name = "gallery"
    label = Text.of({"en": "Gallery", "zh-CN": "画廊"})
    icon = "layout-grid"
    order = 4
    parameters = ("f", "q", "sort")
    options = {
        "card": COLUMNS | {"description": "The fields on a card; the title first."},
        "size": {"enum": list(SIZES), "description": "How large the cards are; medium by default."},
        "colour": FIELD | {"description": "The field with options that colours the records."},
        "colours": COLOURS,
    }

    def compile(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> GalleryScreen:
        wishes = read_columns(node.get("card"), entity, f"{entity.name}.{key.text}", compilation)
        card = make_columns(entity, wishes, editable=False)
        card = card or columns_of(entity, default_fields(entity)[: FACTS + 1], editable=False)
        colour = hued_field(node.get("colour"), entity, compilation)
        colours = read_colours(node.get("colours"), entity, compilation)
        query = with_colours(query_of(node, (), entity, compilation), colours)
        others = [*([colour] if colour else []), *(field for field in entity.declared if field.type.cover)]
        return GalleryScreen(
            **self.common(key, node, entity, compilation),
            card=card,
            query=replace(query, fields=query_fields(entity, *(column.field for column in card), *others)),
            size=text_of(node.get("size")) or "medium",  # type: ignore[arg-type]
            colour=colour,
            colours=colours,
        )
