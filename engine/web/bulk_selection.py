"""Which records many-at-once work is about: those that were ticked, or all of the view they were ticked in."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.forms.model import ListScreen
from engine.records.errors import RecordNotFound
from engine.records.query import PageRequest
from engine.schema.model import Entity, ListQuery
from engine.web.asked_list import asked_of
from engine.web.desk import Desk
from engine.web.security import local_path
from engine.web.view_opening import view_behind

MOST = 100_000
"""Records of a view at once."""
MOST_TICKED = 4000
"""Records that are ticked one by one; the boxes of a page that has more are not sent."""
LONGEST_ID = 16


@dataclass(frozen=True, slots=True)
class Selection:
    """The ticked `ids`, or what `query` and `request` give: a view as its address narrows it."""

    entity: Entity
    ids: tuple[int, ...] = ()
    query: ListQuery | None = None
    request: PageRequest = field(default_factory=PageRequest)

    @property
    def everything(self) -> bool:
        return self.query is not None

    @property
    def most(self) -> int:
        return MOST_TICKED if self.query is None else MOST

    def count(self, desk: Desk) -> int:
        """One statement for a view, counted up to one more than `MOST`."""
        if self.query is None:
            return len(self.ids)
        return desk.store.counts(desk.actor, [self.query], MOST + 1, [self.request])[0]

    def resolve(self, desk: Desk) -> tuple[int, ...]:
        """The records as they are now, at most one more than `MOST`, the oldest first."""
        if self.query is None:
            return self.ids
        return tuple(sorted(desk.store.ids(desk.actor, self.query, self.request, MOST + 1)))


def selection_of(desk: Desk, entity: Entity) -> Selection:
    """`id` for each ticked record; with `all` every record of the view at `next`. Raises `RecordNotFound` for a view
    the person does not have."""
    if desk.request.form.get("all") != "1":
        return Selection(entity, _ids(desk.request.form.getlist("id")))
    page, view = view_behind(desk, entity, local_path(desk.request.form.get("next", "")))
    if not isinstance(view, ListScreen):
        raise RecordNotFound
    asked = asked_of(page, entity, view)
    return Selection(entity, (), view.query, PageRequest(conditions=asked.conditions, search=asked.search))


def too_many(desk: Desk, everything: bool, most: int) -> str:
    """Nothing of what was chosen is left out in silence: all of it is refused."""
    return desk.say("bulk.too_many" if everything else "bulk.too_many_ticked", most=desk.formats.number(most))


def _ids(texts: list[str]) -> tuple[int, ...]:
    numbers = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID)
    return tuple(dict.fromkeys(numbers))
