"""A small model to compile screens for: accounts, deals with lines and a pipeline, and people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.expressions.parse import parse
from engine.expressions.types import BOOLEAN
from engine.forms.compiler import compile_screens
from engine.forms.model import Screens
from engine.language.nodes import Mapping as Node, Place
from engine.language.problems import Problems
from engine.language.source import read_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, ValueRefused
from engine.schema.field_types.boolean import Boolean
from engine.schema.field_types.children import Children
from engine.schema.field_types.choice import Choice
from engine.schema.field_types.date import Date
from engine.schema.field_types.datetime import DateTime
from engine.schema.field_types.decimal import Decimal
from engine.schema.field_types.link import Link
from engine.schema.field_types.long_text import LongText
from engine.schema.field_types.money import Money
from engine.schema.field_types.stage import Stage
from engine.schema.field_types.team import Team
from engine.schema.field_types.text import Text as TextType
from engine.schema.field_types.user import User
from engine.schema.model import Entity, Field, Option, Role
from engine.schema.scope import EntityScope
from engine.schema.system_fields import system_fields

PLACE = Place("model.yaml", 1, 1)
TYPES: Mapping[str, FieldType] = {
    type.name: type
    for type in (
        Boolean(), Children(), Choice(), Date(), DateTime(), Decimal(), Link(), LongText(), Money(), Stage(), Team(),
        TextType(), User(),
    )
}  # fmt: skip
STAGES = (
    Option("open", Text.of({"en": "Open", "zh-CN": "进行中"})),
    Option("won", Text.of({"en": "Won", "zh-CN": "赢单"})),
)


def words(name: str) -> Text:
    return Text.of(name.replace("_", " ").capitalize())


def make_field(entity: str, name: str, type: str, **more: Any) -> Field:
    field_type = TYPES[type]
    settings = more.pop("settings", {})
    required = parse("true", NOTHING, BOOLEAN) if more.pop("required", False) else None
    return Field(
        name=name,
        entity=entity,
        type=field_type,
        label=more.pop("label", words(name)),
        place=PLACE,
        settings=settings,
        target=field_type.target(settings),
        required=required,
        **more,
    )


NOTHING = EntityScope("none", {})


def make_entity(name: str, *fields: Field, **more: Any) -> Entity:
    return Entity(
        name=name,
        label=words(name),
        plural=words(name + "s"),
        title="name",
        fields={field.name: field for field in fields} | dict(system_fields(name, TYPES, PLACE)),
        place=PLACE,
        **more,
    )


DEAL = make_entity(
    "deal",
    make_field("deal", "amount", "money", settings={"currency": "USD"}),
    make_field("deal", "name", "text", required=True),
    make_field("deal", "account", "link", settings={"to": "account"}, required=True),
    make_field("deal", "stage", "stage", settings={"pipeline": "sales"}, options=STAGES),
    make_field("deal", "close_date", "date"),
    make_field("deal", "hot", "boolean"),
    make_field("deal", "lines", "children", settings={"of": "line", "key": "deal"}),
    make_field("deal", "notes", "long_text"),
    icon="handshake",
)
LINE = make_entity(
    "line",
    make_field("line", "name", "text"),
    make_field("line", "deal", "link", settings={"to": "deal"}, required=True),
    make_field("line", "quantity", "decimal", settings={"scale": 2}),
    make_field("line", "gift", "boolean"),
    line_of=("deal", "deal"),
)
ACCOUNT = make_entity("account", make_field("account", "name", "text", required=True))
USER = make_entity("user", make_field("user", "name", "text"), builtin=True)
ENTITIES = {entity.name: entity for entity in (ACCOUNT, DEAL, LINE, USER)}
ROLES = {"sales": Role("sales", words("sales"), {}), "manager": Role("manager", words("manager"), {})}


def refusal(field: Field, typed: str) -> Text:
    """What the field's type says about a text it does not take."""
    try:
        field.type.parse(typed, field, Formats.neutral())
    except ValueRefused as refused:
        return refused.message
    raise AssertionError(f"{typed} was taken")


def scope_of(entity: Entity) -> EntityScope:
    return EntityScope(entity.name, {name: each.fields for name, each in ENTITIES.items()})


def screens_of(text: str, languages: tuple[str, ...] = ("en",)) -> tuple[Screens, tuple[str, ...]]:
    """The screens of a blueprint text over the model above, and the lines of its problems."""
    problems = Problems()
    source = read_text(text, "v.yaml", problems)
    root = source.root if source else Node(PLACE)
    return compile_screens(root, ENTITIES, ROLES, problems, scope_of, languages), problems.lines()
