"""An export as it is asked for: words that can be kept with its operation and become an `Export` when it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Protocol

from engine.exchange.conditions import conditions_of
from engine.exchange.export_columns import every_field, export_columns
from engine.exchange.exporting import Export, reading
from engine.exchange.view_columns import Shown, labelled, shown_by
from engine.forms.filters import parse_filters, parse_sort
from engine.forms.model import Screens, ViewScreen
from engine.locale.formats import Formats
from engine.records.query import AnyCondition, Condition, PageRequest
from engine.schema.model import Entity, ListQuery, WorkspaceSettings


class Published(Protocol):
    """What an export needs of the blueprint that runs."""

    @property
    def entities(self) -> Mapping[str, Entity]: ...
    @property
    def screens(self) -> Screens: ...
    @property
    def settings(self) -> WorkspaceSettings: ...


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """`filters`, `sort` and `search` are as in the address of a list."""

    entity: str
    form: str
    """A word of `writers()`."""
    language: str
    view: str = ""
    """The blueprint's view whose records are meant; all of the entity without one."""
    columns: tuple[str, ...] = ()
    """Names of fields; empty: every field, and the id."""
    filters: tuple[str, ...] = ()
    sort: str = ""
    search: str = ""
    ids: tuple[str, ...] | None = None
    """Only these records, if not None."""
    names: bool = False
    encoding: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> ExportAsked:
        values: dict[str, Any] = {item.name: kept[item.name] for item in fields(cls) if item.name in kept}
        for name, value in values.items():
            values[name] = tuple(value) if isinstance(value, list) else value
        return cls(**values)


def prepared(published: Published, asked: ExportAsked, today: date) -> Export:
    """The export under the blueprint as it is now; what the view or a field no longer has is left out."""
    entity = published.entities[asked.entity]
    formats = formats_in(asked.language, published.settings, today)
    view = published.screens.views.get(entity.name, {}).get(asked.view)
    columns = export_columns(published.entities, _shown(entity, view, asked), formats, with_id=not asked.columns)
    query = reading(view.query if view else ListQuery(entity.name, ()), columns)
    request = PageRequest(
        conditions=_conditions(entity, asked, formats), sort=parse_sort(asked.sort, entity)[0], search=asked.search
    )
    return Export(entity.plural.in_(asked.language), columns, query, request, asked.names, asked.encoding)


def formats_in(language: str, settings: WorkspaceSettings, today: date) -> Formats:
    """How a workspace writes and reads values in a language."""
    return Formats(
        language=language,
        time_zone=settings.time_zone,
        currency=settings.currency,
        today=today,
        phone_region=settings.phone_region,
        week_start=settings.week_start,
    )


def _shown(entity: Entity, view: ViewScreen | None, asked: ExportAsked) -> Shown:
    """The columns, under the labels that the view gives them."""
    labels = {field.name: label for field, label in shown_by(view, entity)} if view else {}
    chosen = [entity.fields[name] for name in asked.columns if name in entity.fields]
    return tuple((field, labels.get(field.name, field.label)) for field in chosen) or labelled(every_field(entity))


def _conditions(entity: Entity, asked: ExportAsked, formats: Formats) -> tuple[AnyCondition, ...]:
    conditions = conditions_of(parse_filters(asked.filters, entity, formats)[0])
    if asked.ids is None:
        return conditions
    return (*conditions, Condition("id", "any_of", tuple(int(text) for text in asked.ids)))
