"""The head of a record's page: its mark, the company it belongs to, two tags, three facts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.forms.contexts import Fact, Mark, Value
from engine.forms.file_items import cover_url
from engine.forms.marks import person_mark, record_mark
from engine.forms.values import PEOPLE, value_of
from engine.records.model import Record
from engine.schema.model import Entity, Field
from engine.web.desk import Desk

TAGS, FACTS = 2, 3
TAG_WIDGETS = frozenset({"choice", "multi_choice", "tags", "stage"})


@dataclass(frozen=True, slots=True)
class Head:
    company: Value | None
    tags: tuple[Value, ...]
    facts: tuple[Fact, ...]


def record_head(desk: Desk, record: Record) -> Head:
    """The header's first link stands under the title with its choices; the rest are facts."""
    screen = desk.workspace.blueprint.screens.records[record.entity.name]
    shown = [field for field in screen.header if "pipeline" not in field.settings]
    company = _company(record.entity, shown)
    tags = [field for field in shown if field.type.widget in TAG_WIDGETS][:TAGS]
    facts = [field for field in shown if field not in tags and field != company][:FACTS]
    above = [value_of(field, record.row, desk.formats) for field in tags]
    return Head(
        company=_filled(value_of(company, record.row, desk.formats)) if company else None,
        tags=tuple(value for value in above if value.text),
        facts=tuple(
            Fact(desk.text(field.label), value_of(field, record.row, desk.formats, short=True)) for field in facts
        ),
    )


def mark_of(record: Record) -> Mark:
    """Its picture, when a field has one that stands for it."""
    mark = person_mark(record.title) if record.entity.acts_as == "person" else record_mark(record.title)
    return replace(mark, picture=cover_url(record.entity, record.row))


def _company(entity: Entity, shown: list[Field]) -> Field | None:
    """The link that says where the record belongs: the header's first, else the first required one."""
    links = [field for field in entity.declared if field.target and field.type.stored and field.target not in PEOPLE]
    named = [field for field in shown if field in links]
    required = [field for field in links if field.always_required]
    return next(iter((*named, *required)), None)


def _filled(value: Value) -> Value | None:
    return value if value.text else None
