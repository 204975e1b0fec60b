"""Screens as somebody sees them who may not see all fields: columns, cells and sums of a hidden field are gone, and so
is a view, a tile or a list that is about one: its filter, its lanes, its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.expressions.parse import Expression
from engine.forms.colour_rule import ColourRule
from engine.forms.model import (
    Block,
    BoardScreen,
    CalendarScreen,
    Cell,
    Column,
    FormScreen,
    GalleryScreen,
    HelpBlock,
    LinesBlock,
    ListScreen,
    MenuGroup,
    PivotGroup,
    PivotScreen,
    RecordScreen,
    RelatedBlock,
    Screens,
    Section,
    Tile,
    TreeScreen,
    ViewScreen,
)
from engine.schema.model import Entity, Field, ListQuery

Coloured = TypeVar("Coloured", ListScreen, BoardScreen, CalendarScreen, GalleryScreen)
Entities = Mapping[str, Entity]


def seen_screens(screens: Screens, whole: Entities, seen: Entities) -> Screens:
    """`seen` are the entities without the fields that are hidden."""
    look = _Look(whole, seen)
    views = {
        entity: {name: view for name, each in by_name.items() if (view := look.view(each)) is not None}
        for entity, by_name in screens.views.items()
    }
    forms = {
        entity: {name: look.form(form) for name, form in by_name.items()} for entity, by_name in screens.forms.items()
    }
    records = {entity: look.record(screen) for entity, screen in screens.records.items()}
    menu = tuple(look.menu(group, views) for group in screens.menu)
    home = tuple(tile for each in screens.home if (tile := look.tile(each, views)) is not None)
    return Screens(views, forms, records, menu, home)


@dataclass(frozen=True, slots=True)
class _Look:
    whole: Entities
    seen: Entities

    def field(self, field: Field | None) -> Field | None:
        """The field as it is seen; None for one that is hidden."""
        return self.seen[field.entity].fields.get(field.name) if field else None

    def reads_hidden(self, expression: Expression | None, entity: str) -> bool:
        """Whether an expression about a record of the entity looks at a field that is hidden."""
        if expression is None:
            return False
        inner = ((node.rows.entity, path) for node in expression.quantified for path in node.names)
        return any(self._hidden(*each) for each in (*((entity, path) for path in expression.names), *inner))

    def _hidden(self, entity: str, path: tuple[str, ...]) -> bool:
        for name in path:
            field = self.whole[entity].fields.get(name) if entity in self.whole else None
            if field is None:
                return False
            if name not in self.seen[entity].fields:
                return True
            entity = field.target or ""
        return False

    def columns(self, columns: Iterable[Column]) -> tuple[Column, ...]:
        found = ((column, self.field(column.field)) for column in columns)
        return tuple(
            replace(column, field=field, editable=column.editable and field is column.field)
            for column, field in found
            if field is not None
        )

    def query(self, query: ListQuery) -> ListQuery | None:
        """None where its filter asks for what is hidden."""
        if self.reads_hidden(query.filter, query.entity):
            return None
        hidden = self.whole[query.entity].fields.keys() - self.seen[query.entity].fields.keys()
        return replace(
            query,
            fields=tuple(name for name in query.fields if name not in hidden),
            sort=tuple(sort for sort in query.sort if sort.field not in hidden),
        )

    def view(self, view: ViewScreen) -> ViewScreen | None:
        query = self.query(view.query)
        if query is None:
            return None
        match view:
            case ListScreen():
                columns = self.columns(view.columns)
                group = self._group(view.group)
                return self._coloured(replace(view, query=query, columns=columns, group=group)) if columns else None
            case BoardScreen():
                by = self.field(view.by)
                if by is None:
                    return None
                lanes = replace(view, query=query, by=by, card=self.columns(view.card), sum=self.field(view.sum))
                lane, colour = self.field(view.swimlane), self.field(view.colour)
                return self._coloured(replace(lanes, swimlane=lane, colour=colour))
            case CalendarScreen():
                start = self.field(view.start)
                if start is None or (view.end and self.field(view.end) is None):
                    return None
                days = replace(view, query=query, start=start, end=self.field(view.end), time=self.field(view.time))
                return self._coloured(replace(days, colour=self.field(view.colour)))
            case GalleryScreen():
                return self._coloured(
                    replace(view, query=query, card=self.columns(view.card), colour=self.field(view.colour))
                )
            case TreeScreen():
                parent = self.field(view.parent)
                return replace(view, query=query, parent=parent, columns=self.columns(view.columns)) if parent else None
            case PivotScreen():
                return self._pivot(replace(view, query=query))

    def _pivot(self, view: PivotScreen) -> PivotScreen | None:
        rows = tuple(group for each in view.rows if (group := self._group(each)) is not None)
        measures = tuple(each for each in view.measures if each.field is None or self.field(each.field) is not None)
        if not measures or (view.rows and not rows):
            return None
        return replace(view, rows=rows, across=self._group(view.across), measures=measures)

    def _group(self, group: PivotGroup | None) -> PivotGroup | None:
        field = self.field(group.field) if group else None
        return replace(group, field=field) if group and field else None

    def _coloured(self, view: Coloured) -> Coloured:
        """The flags of the query are those of its colour rules, in their order."""
        kept: list[ColourRule] = []
        for rule in view.colours:
            unseen = rule.field is not None and self.field(rule.field) is None
            if not unseen and not self.reads_hidden(rule.condition, view.entity):
                kept.append(replace(rule, field=self.field(rule.field)))
        if len(kept) == len(view.colours):
            return view
        query = replace(view.query, flags=tuple(rule.condition for rule in kept))
        return replace(view, colours=tuple(kept), query=query)

    def form(self, form: FormScreen) -> FormScreen:
        tabs = tuple(replace(tab, sections=self._sections(tab.sections)) for tab in form.tabs)
        return replace(form, sections=self._sections(form.sections), tabs=tabs)

    def _sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """A section that had something to show and has nothing any more is gone."""
        found = ((section, self._items(section)) for section in sections)
        return tuple(replace(section, items=items) for section, items in found if items or not section.items)

    def _items(self, section: Section) -> tuple[Cell | Block, ...]:
        return tuple(item for each in section.items if (item := self._item(each)) is not None)

    def _item(self, item: Cell | Block) -> Cell | Block | None:
        if isinstance(item, HelpBlock):
            return item
        if isinstance(item, RelatedBlock):
            return self.related(item)
        field = self.field(item.field)
        if field is None:
            return None
        if isinstance(item, LinesBlock):
            return replace(item, field=field, columns=self.columns(item.columns))
        return replace(item, field=field)

    def related(self, block: RelatedBlock) -> RelatedBlock | None:
        query = self.query(block.query)
        if query is None or block.by not in self.seen[block.entity].fields:
            return None
        return replace(block, query=query, columns=self.columns(block.columns))

    def record(self, screen: RecordScreen) -> RecordScreen:
        header = tuple(field for each in screen.header if (field := self.field(each)) is not None)
        related = tuple(block for each in screen.related if (block := self.related(each)) is not None)
        return replace(screen, header=header, form=self.form(screen.form), related=related)

    def menu(self, group: MenuGroup, views: Mapping[str, Mapping[str, ViewScreen]]) -> MenuGroup:
        there = (each for each in group.entries if each.view is None or each.view in views.get(each.entity, {}))
        return replace(group, entries=tuple(there))

    def tile(self, tile: Tile, views: Mapping[str, Mapping[str, ViewScreen]]) -> Tile | None:
        records = tile.records
        if records is None:
            return tile
        query = self.query(records.query)
        gone = records.view is not None and records.view not in views.get(records.entity, {})
        if query is None or gone or (records.sum and self.field(records.sum) is None):
            return None
        columns = self.columns(records.columns)
        return replace(tile, records=replace(records, query=query, columns=columns, sum=self.field(records.sum)))
