"""The lanes of a board for one person: cards, sums, limits; heads and single cards again after a move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from engine.forms.contexts import BoardTotal, Card, Lane
from engine.forms.model import BoardScreen
from engine.records.grouping import Group
from engine.records.pivots import Cell
from engine.records.query import Condition, PageRequest
from engine.records.totals import Aggregate
from engine.schema.model import Entity, Option, Pipeline, Stage
from engine.web.cards import Cards
from engine.web.desk import Desk

CARDS = 50
"""Cards a lane starts with; the rest is fetched when it is asked for."""
ENDS = ("won", "lost")
EMPTY = Aggregate(0, {})
MOST_CELLS = 2000


@dataclass(frozen=True, slots=True)
class CardPage:
    cards: tuple[Card, ...]
    after: str


@dataclass(frozen=True)
class Board:
    """One board for one person. `carried` are the parameters of its address that every part of it keeps."""

    desk: Desk
    entity: Entity
    view: BoardScreen
    request: PageRequest
    carried: tuple[tuple[str, str], ...]

    @cached_property
    def maker(self) -> Cards:
        return Cards(self.desk, self.entity, self.view)

    def lanes(self) -> tuple[Lane, ...]:
        """Every lane with its first cards; end lanes show numbers alone."""
        return tuple(self._lane(option, self._first(option)) for option in self.view.by.options)

    def heads(self, keys: Sequence[str] | None = None) -> tuple[Lane, ...]:
        """The lanes named, or all, without cards."""
        return tuple(
            self._lane(option, CardPage((), ""))
            for option in self.view.by.options
            if keys is None or option.key in keys
        )

    def totals(self) -> tuple[BoardTotal, ...]:
        """What all open lanes hold together."""
        sums = [total for key, total in self.sums.items() if self.kind(str(key)) not in ENDS]
        count = sum(total.count for total in sums)
        plural = self.desk.text(self.entity.plural)
        totals = [BoardTotal(self.desk.formats.number(count), plural)]
        if self.view.sum:
            amount = sum((total.sums[self.view.sum.name] for total in sums), Decimal(0))
            totals.insert(0, BoardTotal(self.format(amount), self.desk.text(self.view.sum.label)))
        return tuple(totals)

    def card(self, record_id: int) -> Card | None:
        """The card of a record as it stands now; None when it is not on the board any more."""
        here = (*self.request.conditions, Condition("id", "any_of", (record_id,)))
        found = self.desk.store.list(self.desk.actor, self.view.query, PageRequest(here, limit=1)).rows
        return self.maker.card(found[0]) if found else None

    def page(self, option: Option, conditions: tuple[Condition, ...] = (), after: str = "") -> CardPage:
        """Cards of one lane. Raises `BadCursor`."""
        here = Condition(self.view.by.name, "any_of", (option.key,))
        where = (*self.request.conditions, here, *conditions)
        request = PageRequest(where, self.request.sort, after=after or None, limit=CARDS)
        page = self.desk.store.list(self.desk.actor, self.view.query, request)
        return CardPage(tuple(self.maker.card(row) for row in page.rows), page.after or "")

    @cached_property
    def cells(self) -> Sequence[Cell]:
        """What stands in each lane, by row where there are rows."""
        names = [self.view.sum.name] if self.view.sum else []
        groups = [Group(self.view.by.name), *([Group(self.view.swimlane.name)] if self.view.swimlane else [])]
        return self.desk.store.pivot(self.desk.actor, self.view.query, groups, names, self.request, MOST_CELLS)

    @cached_property
    def sums(self) -> Mapping[Any, Aggregate]:
        """What each lane holds."""
        found: dict[Any, Aggregate] = {}
        for cell in self.cells:
            before = found.get(cell.keys[0], EMPTY)
            sums = {name: value + before.sums.get(name, 0) for name, value in cell.sums.items()}
            found[cell.keys[0]] = Aggregate(before.count + cell.count, sums)
        return found

    def format(self, amount: Decimal) -> str:
        return self.view.sum.type.format(amount, self.view.sum, self.desk.formats) if self.view.sum else ""

    def kind(self, key: str) -> str:
        stage = self._stage(key)
        return stage.kind if stage else "open"

    def next_url(self, lane: str, row: str, after: str) -> str:
        """Where the cards after the cursor come from."""
        if not after:
            return ""
        here = {"lane": lane, **({"row": row} if row else {}), "after": after}
        return f"/e/{self.entity.name}/v/{self.view.name}?{urlencode([*self.carried, *here.items()])}"

    def list_url(self, option: Option) -> str:
        views = self.desk.workspace.blueprint.screens.views[self.entity.name].values()
        first = next((view.name for view in views if view.kind == "list" and view.query.filter is None), None)
        path = f"/e/{self.entity.name}/v/{first}" if first else f"/e/{self.entity.name}"
        filters = [value for name, value in self.carried if name == "f"]
        return f"{path}?{urlencode([('f', item) for item in (*filters, f'{self.view.by.name}:any_of:{option.key}')])}"

    def _lane(self, option: Option, page: CardPage) -> Lane:
        total = self.sums.get(option.key, EMPTY)
        amount = self._amount(total)
        largest = max((self._amount(each) for each in self.sums.values()), default=Decimal(0))
        kind, stage = self.kind(option.key), self._stage(option.key)
        shown = self.format(amount) if self.view.sum else ""
        limit = self.view.limits.get(option.key) or (stage.limit if stage else None)
        more = total.count - len(page.cards)
        return Lane(
            key=option.key,
            label=self.desk.text(option.label),
            hue=option.hue,
            kind=kind,  # type: ignore[arg-type]
            count=total.count,
            cards=page.cards,
            sum=shown,
            weighted=self._weighted(amount, stage) if stage and self.view.sum and kind not in ENDS else "",
            share=int(amount * 100 / largest) if largest > 0 else 0,
            new_url=self._new_url(option),
            more_url=self.list_url(option) if page.after else "",
            more=max(more, 0) if page.after else 0,
            note=self.desk.say("board.end_note", count=total.count, sum=shown) if kind in ENDS else "",
            limit=self.desk.say("board.limit", count=total.count, limit=limit) if limit else "",
            over=self.desk.say("board.over", count=total.count - limit) if limit and total.count > limit else "",
            next_url=self.next_url(option.key, "", page.after),
        )

    def _first(self, option: Option) -> CardPage:
        return CardPage((), "") if self.kind(option.key) in ENDS else self.page(option)

    def _amount(self, total: Aggregate) -> Decimal:
        return Decimal(total.sums.get(self.view.sum.name) or 0) if self.view.sum else Decimal(total.count)

    def _weighted(self, amount: Decimal, stage: Stage) -> str:
        weighted = (amount * stage.probability / 100).quantize(Decimal(1))
        return self.desk.say("board.weighted_sum", percent=stage.probability, sum=self.format(weighted))

    def _pipeline(self) -> Pipeline | None:
        return self.desk.store.model.pipeline_of(self.view.by)

    def _stage(self, key: str) -> Stage | None:
        pipeline = self._pipeline()
        return pipeline.stages.get(key) if pipeline else None

    def _new_url(self, option: Option) -> str:
        head = self.desk.head(self.entity)
        return f"{head.new_url}?{urlencode({self.view.by.name: option.key})}" if head.new_url else ""
