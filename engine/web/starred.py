"""The quick filter of a list: only the records the person starred."""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.contexts import Link
from engine.records.query import Condition
from engine.schema.model import Entity
from engine.web.columns import address
from engine.web.desk import Desk


def starred_condition(desk: Desk, entity: Entity, query: Mapping[str, str]) -> tuple[Condition, ...]:
    """`?starred=1` narrows the list; without it nothing is asked."""
    if query.get("starred") != "1":
        return ()
    return (Condition("id", "any_of", desk.shelf.starred_ids(desk.actor, entity.name)),)


def star_switch(desk: Desk) -> Link:
    """The way to the starred records of this list, and back."""
    on = desk.request.query.get("starred") == "1"
    url = address(desk, starred=None if on else "1", after=None, before=None)
    return Link(desk.say("list.starred"), url, "star", current=on)
