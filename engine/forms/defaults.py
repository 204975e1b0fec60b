"""The screens of an entity nobody wrote screens for."""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.calendar_fields import default_calendar
from engine.forms.columns import (
    NEWEST_FIRST,
    Wish,
    columns_of,
    is_lines,
    is_number,
    is_writable,
    query_fields,
    related_columns,
)
from engine.forms.model import (
    BoardScreen,
    Cell,
    FormScreen,
    LinesBlock,
    ListScreen,
    MenuEntry,
    MenuGroup,
    RelatedBlock,
    Section,
    ViewScreen,
)
from engine.forms.slots import assign_slots
from engine.locale.text import Text
from engine.schema.model import Entity, Field, ListQuery

ALL = Text.of({"en": "All", "zh-CN": "全部"})
BOARD = Text.of({"en": "Board", "zh-CN": "看板"})
DETAILS = Text.of({"en": "Details", "zh-CN": "详细信息"})
LIST_FIELDS = 5
FACTS = ("value", "sub2", "meta")


def default_fields(entity: Entity) -> tuple[Field, ...]:
    """The title, the header fields or else the first that suit a list, the stage and the owner."""
    listed = [field for field in entity.declared if not is_lines(field) and not field.type.wide]
    header = [entity.fields[name] for name in entity.header]
    plain = [field for field in listed if field.name != entity.title]
    title = [field for field in listed if field.name == entity.title]
    stage = [entity.stage_field] if entity.stage_field else []
    owner = [entity.fields["owner"]] if "owner" in entity.fields and not entity.builtin else []
    chosen = [*title, *(header or plain[:LIST_FIELDS]), *stage, *owner]
    return tuple({field.name: field for field in chosen}.values())


def default_views(entity: Entity) -> Mapping[str, ViewScreen]:
    """A list of all, a board when there is a stage, and a calendar of events."""
    fields = default_fields(entity)
    every = ListScreen(
        entity=entity.name,
        name="all",
        label=ALL,
        icon="list",
        columns=columns_of(entity, fields),
        query=ListQuery(entity.name, query_fields(entity, *fields), sort=NEWEST_FIRST),
        default=True,
    )
    stage, calendar = entity.stage_field, default_calendar(entity)
    views: dict[str, ViewScreen] = {"all": every}
    if stage is not None:
        views["board"] = _board(entity, stage)
    if calendar is not None:
        views["calendar"] = calendar
    return views


def _board(entity: Entity, stage: Field) -> BoardScreen:
    fields = card_fields(entity, stage)
    total = next((field for field in fields if field.type.slot == "value" and is_number(field)), None)
    return BoardScreen(
        entity=entity.name,
        name="board",
        label=BOARD,
        icon="square-kanban",
        by=stage,
        card=columns_of(entity, fields, editable=False),
        sum=total,
        query=ListQuery(entity.name, query_fields(entity, *fields, stage), sort=NEWEST_FIRST, since=True),
    )


def card_fields(entity: Entity, by: Field) -> tuple[Field, ...]:
    """What a card shows: the fields of a phone card, without the one the lanes are made of."""
    fields = _facts(entity)
    slots = assign_slots(entity, fields)
    title = [field for field in fields if slots.get(field.name) == "title"]
    others = [field for field in fields if field.name in slots and field not in title and field.name != by.name]
    return (*title, *others)


def _facts(entity: Entity) -> list[Field]:
    """The fields that say something about the record itself, not about who last touched it."""
    system = [field for field in entity.fields.values() if field.system and is_writable(field)]
    return [*(field for field in entity.declared if not is_lines(field)), *([] if entity.builtin else system)]


def default_header(entity: Entity) -> tuple[Field, ...]:
    """The facts in the head of a record: what the entity names, else money, date and owner."""
    if entity.header:
        return tuple(entity.fields[name] for name in entity.header if name in entity.fields)
    by_slot = {slot: name for name, slot in assign_slots(entity, _facts(entity)).items()}
    return tuple(entity.fields[by_slot[slot]] for slot in FACTS if slot in by_slot)


def default_form(entity: Entity, entities: Mapping[str, Entity]) -> FormScreen:
    """One section: required fields first, the owner, then long texts over the full width; line items below."""
    fields = [field for field in entity.declared if not is_lines(field) and "pipeline" not in field.settings]
    ordered = sorted(fields, key=lambda field: (field.type.wide, not field.always_required))
    short = [field for field in ordered if not field.type.wide]
    owner = [entity.fields["owner"]] if "owner" in entity.fields and not entity.builtin else []
    shown = [*short, *owner, *(field for field in ordered if field.type.wide)]
    section = Section("details", DETAILS, tuple(default_cell(field) for field in shown))
    found = (default_lines(field, entities) for field in entity.declared if is_lines(field))
    lines = (Section(block.field.name, block.field.label, (block,)) for block in found if block)
    return FormScreen(entity.name, "main", (section, *lines))


def default_cell(field: Field) -> Cell:
    return Cell(field, "full" if field.type.wide else "half")


def default_lines(field: Field, entities: Mapping[str, Entity]) -> LinesBlock | None:
    """A table with every field of a line item but the link to its parent; None when its entity is broken."""
    line = entities.get(field.target or "")
    if line is None:
        return None
    back = line.line_of[1] if line.line_of else None
    return LinesBlock(
        field, columns_of(line, [f for f in line.declared if f.name != back and f.type.in_place and not is_lines(f)])
    )


def default_related(entity: Entity, entities: Mapping[str, Entity]) -> tuple[RelatedBlock, ...]:
    """A list for every link field of another entity that leads here."""
    return tuple(
        related_block(other, field, _label(other, field, links))
        for other in entities.values()
        if other.name != entity.name and other.line_of is None
        for links in [links_to(other, entity)]
        for field in links
    )


def links_to(other: Entity, entity: Entity) -> tuple[Field, ...]:
    """Those with a column; what joins two records through a third is listed by that one."""
    return tuple(field for field in other.declared if field.joint is None and field.leads_to(entity.name))


def _label(other: Entity, field: Field, links: tuple[Field, ...]) -> Text:
    """The entity's plural; followed by the link's label when several lead here."""
    if len(links) == 1:
        return other.plural
    languages = dict.fromkeys(code for text in (other.plural, field.label) for code, _ in text.by_language)
    return Text(tuple((code, f"{other.plural.in_(code)} · {field.label.in_(code)}") for code in languages))


def related_block(other: Entity, by: Field, label: Text) -> RelatedBlock:
    fields = tuple(field for field in default_fields(other) if field.name != by.name)
    query = ListQuery(other.name, query_fields(other, *fields), sort=NEWEST_FIRST)
    return RelatedBlock(other.name, by.name, label, related_columns(other, [Wish(field) for field in fields]), query)


def default_menu(entities: Mapping[str, Entity]) -> tuple[MenuGroup, ...]:
    """One group without a heading: every entity people keep records of."""
    shown = (entity for entity in entities.values() if not entity.builtin and entity.line_of is None)
    return (MenuGroup("main", None, tuple(MenuEntry(e.plural, e.icon, e.name) for e in shown)),)
