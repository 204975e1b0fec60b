"""A board: lanes by stage or choice, cards with the facts the view names, sums and shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from engine.expressions.types import Kind
from engine.forms import contexts
from engine.forms.contexts import BoardTotal, Card, Lane, SortChoice
from engine.forms.filters import parse_filters, parse_sort
from engine.forms.model import BoardScreen
from engine.forms.values import value_of
from engine.records.model import Row
from engine.records.query import Condition, PageRequest
from engine.records.store import Aggregate
from engine.schema.model import Entity, Field, Option, Pipeline, Sort, Stage
from engine.web.desk import Desk
from engine.web.filter_panel import filter_panel
from engine.web.list_place import place_query
from engine.web.view_switch import COUNT_LIMIT, counted_queries, layouts, view_tabs

CARDS = 50
"""Cards a lane shows; the rest is a link to the list."""
ENDS = ("won", "lost")
EMPTY = Aggregate(0, {})


def show_board(desk: Desk, entity: Entity, view: BoardScreen) -> Response:
    query = desk.request.query
    filters, unread = parse_filters(query.getlist("f"), entity, desk.formats)
    sort, unsorted = parse_sort(query.get("sort", ""), entity)
    conditions = tuple(Condition(f.field.name, f.comparison.name, f.values) for f in filters)
    board = Board(desk, entity, view, PageRequest(conditions, sort, limit=CARDS))
    counts = desk.store.counts(desk.actor, list(counted_queries(desk, entity).values()), COUNT_LIMIT)
    context = contexts.BoardScreen(
        page=desk.page(f"{desk.text(view.label)} · {desk.text(entity.plural)}"),
        entity=desk.head(entity),
        views=view_tabs(desk, entity, view, counts),
        layouts=layouts(desk, entity, view),
        filters=filter_panel(desk, entity, filters, clear_url=desk.request.path if filters else ""),
        sorts=_sorts(desk, view, sort),
        totals=board.totals(),
        lanes=board.lanes(),
        notes=tuple(desk.text(note) for note in (*unread, *unsorted)),
    )
    return desk.render("screens/board.html", context)


@dataclass(frozen=True)
class Board:
    """One board for one person: its lanes, what they hold together, and single cards after a move."""

    desk: Desk
    entity: Entity
    view: BoardScreen
    request: PageRequest

    def lanes(self) -> tuple[Lane, ...]:
        """Every lane with its first cards; end lanes show numbers alone."""
        return tuple(self._lane(option, self._cards(option)) for option in self.view.by.options)

    def heads(self, keys: tuple[str, ...]) -> tuple[Lane, ...]:
        """The lanes named, without cards: their heads after a move."""
        return tuple(self._lane(option, ()) for option in self.view.by.options if option.key in keys)

    def totals(self) -> tuple[BoardTotal, ...]:
        """What all open lanes hold together."""
        sums = [total for key, total in self._sums.items() if self._kind(str(key)) not in ENDS]
        count = sum(total.count for total in sums)
        plural = self.desk.text(self.entity.plural)
        totals = [BoardTotal(self.desk.formats.number(count), plural)]
        if self.view.sum:
            amount = sum((total.sums[self.view.sum.name] for total in sums), Decimal(0))
            totals.insert(0, BoardTotal(self._format(amount), self.desk.text(self.view.sum.label)))
        return tuple(totals)

    def card(self, row: Row) -> Card:
        """One card, its facts taken from the view's fields by what they are."""
        values = [
            (column.field, value_of(column.field, row, self.desk.formats, short=True)) for column in self.view.card
        ]
        facts = [(field, value) for field, value in values if value.text and field.name != self.entity.title]
        owner = next((value for field, value in facts if field.target == "user"), None)
        link = next((value for field, value in facts if field.target and field.target != "user"), None)
        number = next((value for field, value in facts if field.type.numeric), None)
        dated = next(((field, value) for field, value in facts if _is_date(field)), None)
        used = [owner, link, number, dated[1] if dated else None]
        rots = self._rots(row)
        return Card(
            id=str(row["id"]),
            version=str(row["version"]),
            title=str(row.get(self.entity.title) or f"#{row['id']}"),
            url=f"/e/{self.entity.name}/{row['id']}{place_query(self.desk, self.view)}",
            link=link,
            value=number.text if number else "",
            date=dated[1].text if dated else "",
            late=self._is_late(dated[0], row) if dated else False,
            more=tuple(value for _, value in facts if not any(value is one for one in used)),
            rots=self.desk.say("board.days", count=rots) if rots else "",
            rots_help=self.desk.say("board.rots", count=rots) if rots else "",
            owner=owner,
        )

    def _lane(self, option: Option, cards: tuple[Card, ...]) -> Lane:
        total = self._sums.get(option.key, EMPTY)
        amount = self._amount(total)
        largest = max((self._amount(each) for each in self._sums.values()), default=Decimal(0))
        kind = self._kind(option.key)
        shown = self._format(amount) if self.view.sum else ""
        stage = self._stage(option.key)
        weighted = self._weighted(amount, stage) if stage and self.view.sum and kind not in ENDS else ""
        return Lane(
            key=option.key,
            label=self.desk.text(option.label),
            hue=option.hue,
            kind=kind,  # type: ignore[arg-type]
            count=total.count,
            cards=cards,
            sum=shown,
            weighted=weighted,
            share=int(amount * 100 / largest) if largest > 0 else 0,
            new_url=self._new_url(option),
            more_url=self._list_url(option) if total.count > CARDS else "",
            more=max(total.count - CARDS, 0),
            note=self.desk.say("board.end_note", count=total.count, sum=shown) if kind in ENDS else "",
        )

    def _cards(self, option: Option) -> tuple[Card, ...]:
        if self._kind(option.key) in ENDS:
            return ()
        here = Condition(self.view.by.name, "any_of", (option.key,))
        request = PageRequest((*self.request.conditions, here), self.request.sort, limit=CARDS)
        return tuple(self.card(row) for row in self.desk.store.list(self.desk.actor, self.view.query, request).rows)

    @cached_property
    def _sums(self) -> Mapping[Any, Aggregate]:
        names = [self.view.sum.name] if self.view.sum else []
        return self.desk.store.aggregate_by(self.desk.actor, self.view.query, self.view.by.name, self.request, names)

    def _amount(self, total: Aggregate) -> Decimal:
        return Decimal(total.sums.get(self.view.sum.name) or 0) if self.view.sum else Decimal(total.count)

    def _format(self, amount: Decimal) -> str:
        return self.view.sum.type.format(amount, self.view.sum, self.desk.formats) if self.view.sum else ""

    def _weighted(self, amount: Decimal, stage: Stage) -> str:
        weighted = (amount * stage.probability / 100).quantize(Decimal(1))
        return self.desk.say("board.weighted_sum", percent=stage.probability, sum=self._format(weighted))

    def _pipeline(self) -> Pipeline | None:
        return self.desk.store.model.pipeline_of(self.view.by)

    def _stage(self, key: str) -> Stage | None:
        pipeline = self._pipeline()
        return pipeline.stages.get(key) if pipeline else None

    def _kind(self, key: str) -> str:
        stage = self._stage(key)
        return stage.kind if stage else "open"

    def _new_url(self, option: Option) -> str:
        head = self.desk.head(self.entity)
        return f"{head.new_url}?{urlencode({self.view.by.name: option.key})}" if head.new_url else ""

    def _list_url(self, option: Option) -> str:
        views = self.desk.workspace.blueprint.screens.views[self.entity.name].values()
        first = next((view.name for view in views if view.kind == "list" and view.query.filter is None), None)
        path = f"/e/{self.entity.name}/v/{first}" if first else f"/e/{self.entity.name}"
        return f"{path}?{urlencode({'f': f'{self.view.by.name}:any_of:{option.key}'})}"

    def _is_late(self, field: Field, row: Row) -> bool:
        value = row.get(field.name)
        open_stage = self._kind(str(row.get(self.view.by.name))) not in ENDS
        return open_stage and value is not None and value < self.desk.formats.today

    def _rots(self, row: Row) -> int:
        """Days without activity, once they are more than the stage allows."""
        stage = self._stage(str(row.get(self.view.by.name)))
        last = row.get("last_activity_at")
        if stage is None or stage.rots_after_days is None or last is None:
            return 0
        days = (self.desk.store.moment(self.desk.actor).now - last).days
        return int(days) if days > stage.rots_after_days else 0


def _is_date(field: Field) -> bool:
    return field.type.expression_type(field).kind is Kind.DATE


def _sorts(desk: Desk, view: BoardScreen, active: tuple[Sort, ...]) -> tuple[SortChoice, ...]:
    choices = []
    for column in view.card:
        if column.field.type.sortable:
            mine = active and active[0].field == column.field.name
            name = column.field.name if mine and active[0].descending else f"-{column.field.name}"
            url = f"{desk.request.path}?{urlencode({'sort': name})}"
            state = ("descending" if active[0].descending else "ascending") if mine else ""
            choices.append(SortChoice(desk.text(column.label), column.field.type.icon, url, state))  # type: ignore[arg-type]
    return tuple(choices)
