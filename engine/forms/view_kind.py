"""The contract of a kind of view: what one module of `view_kinds/` says about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping as MappingType
from functools import lru_cache
from typing import Any, ClassVar

from engine.expressions.types import BOOLEAN, Kind
from engine.forms.columns import read_sort, shown_field
from engine.forms.compilation import ScreenCompilation
from engine.forms.grammar import ICON, SORT
from engine.forms.model import ViewScreen
from engine.language.discovery import registry
from engine.language.nodes import Mapping, Node, Scalar
from engine.locale.text import Text
from engine.schema.compilation import humanise, is_true, text_of
from engine.schema.expression_nodes import parse_pushable
from engine.schema.model import Entity, Field, ListQuery
from engine.schema.sections import EXPRESSION, NAME_LIST, TEXT, Schema

COMMON_VIEW: Schema = {
    "label": TEXT | {"description": "The name on the tab."},
    "icon": ICON,
    "sort": SORT,
    "filter": EXPRESSION | {"description": "Which records the view shows."},
    "default": {
        "type": "boolean",
        "description": "The view the entity opens with; with `for_roles`, for people in these roles.",
    },
    "for_roles": NAME_LIST | {"description": "Roles that see the view; everybody by default."},
}


class ViewKind(ABC):
    """One way to look at the records of an entity. Stateless; its name is the word in `type:`.

    Kinds may share an option of one name: then it has the same schema in all of them."""

    name: ClassVar[str]
    label: ClassVar[Text]
    """On the switch between the kinds an entity has."""
    icon: ClassVar[str]
    order: ClassVar[int]
    """Where it stands in that switch."""
    options: ClassVar[Schema] = {}
    """The kind's own options in YAML: name -> JSON Schema (draft 7) with a description."""

    parameters: ClassVar[tuple[str, ...]] = ("f", "q", "starred", "sort", "group", "cols")
    """The parameters of its address that say what is shown: what a saved view keeps, in this order."""

    @abstractmethod
    def compile(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> ViewScreen | None:
        """The screen; None when a problem says what is missing."""

    def common(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> dict[str, Any]:
        """What every screen has, as the arguments of its class."""
        return {
            "entity": entity.name,
            "name": key.text,
            "label": compilation.text(node.get("label"), Text.of(humanise(key.text))),
            "icon": text_of(node.get("icon")) or self.icon,
            "default": is_true(node.get("default")),
            "for_roles": compilation.role_names(node.get("for_roles")),
        }


def query_of(node: Mapping, fields: tuple[str, ...], entity: Entity, compilation: ScreenCompilation) -> ListQuery:
    """What the view asks for: `fields` of the records its filter leaves, in its order."""
    return ListQuery(
        entity=entity.name,
        fields=fields,
        filter=parse_pushable(node.get("filter"), compilation.scope_of(entity), BOOLEAN, compilation.problems),
        sort=read_sort(node.get("sort"), entity, compilation),
    )


def hued_field(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    """The field named by `colour:`; one without options is a problem."""
    field = shown_field(node, entity, "colour", compilation)
    if field is None or not isinstance(node, Scalar) or field.type.expression_type(field).kind is Kind.CHOICE:
        return field
    compilation.fault("E442", node)
    return None


@lru_cache(maxsize=1)
def view_kinds() -> MappingType[str, ViewKind]:
    """Every kind of view by its YAML word, in the order of the switch."""
    found = registry("engine.forms.view_kinds", ViewKind)  # type: ignore[type-abstract]
    return dict(sorted(found.items(), key=lambda item: item[1].order))
