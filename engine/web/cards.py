"""Records as cards of a board: the facts the view names, a colour, what is late and what rots."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions.types import Kind
from engine.forms.colours import hue_by
from engine.forms.contexts import Card
from engine.forms.model import BoardScreen
from engine.forms.values import value_of
from engine.records.model import Row
from engine.records.time_in_stage import ENTERED
from engine.schema.model import Entity, Field, Stage
from engine.web.desk import Desk
from engine.web.list_place import place_query

NONE = "-"
"""The key of the row of cards whose row field is empty."""
UNSEEN = "?"
"""The key of the row of cards whose row the person may not see."""


@dataclass(frozen=True)
class Cards:
    desk: Desk
    entity: Entity
    view: BoardScreen

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
        rots, spent = self._rots(row), self._spent(row)
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
            spent=self.desk.say("board.days", count=spent) if spent else "",
            spent_help=self.desk.say("board.spent", count=spent) if spent else "",
            rots=self.desk.say("board.days", count=rots) if rots else "",
            rots_help=self.desk.say("board.rots", count=rots) if rots else "",
            owner=owner,
            hue=self._hue(row),
            lane=str(row.get(self.view.by.name) or ""),
            row=row_key(self.view.swimlane, row) if self.view.swimlane else "",
        )

    def _hue(self, row: Row) -> str:
        ruled = hue_by(self.view.colours, row)
        if ruled or self.view.colour is None:
            return ruled
        option = self.view.colour.option(str(row.get(self.view.colour.name)))
        return option.hue if option else ""

    def _stage(self, row: Row) -> Stage | None:
        """The stage of the record, whatever the lanes are made of."""
        field = self.entity.stage_field
        pipeline = self.desk.store.model.pipeline_of(field) if field else None
        return pipeline.stages.get(str(row.get(field.name))) if field and pipeline else None

    def _is_late(self, field: Field, row: Row) -> bool:
        """A day that is over matters only while the record is still being worked on."""
        stage, value = self._stage(row), row.get(field.name)
        return stage is not None and stage.kind == "open" and value is not None and value < self.desk.formats.today

    def _spent(self, row: Row) -> int:
        """Whole days in its stage."""
        since = row.get(ENTERED) if _open(self._stage(row)) else None
        return (self.desk.store.moment(self.desk.actor).now - since).days if since else 0

    def _rots(self, row: Row) -> int:
        """Days without activity, once they are more than the stage allows."""
        stage, last = self._stage(row), row.get("last_activity_at")
        if stage is None or stage.rots_after_days is None or last is None:
            return 0
        days = (self.desk.store.moment(self.desk.actor).now - last).days
        return int(days) if days > stage.rots_after_days else 0


def _open(stage: Stage | None) -> bool:
    return stage is not None and stage.kind not in ("won", "lost")


def row_key(field: Field, row: Row) -> str:
    """The row across the lanes a record stands in."""
    value = row.get(field.name)
    if value is None:
        return NONE
    return UNSEEN if field.target and not row.get(f"{field.name}__title") else str(value)


def _is_date(field: Field) -> bool:
    return field.type.expression_type(field).kind is Kind.DATE
