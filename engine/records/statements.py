"""Statements that were built before: the same list for the same roles is asked for again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Select

from engine.access.actor import Actor
from engine.schema.model import ListQuery

MOST = 512


class Statements:
    """A bounded cache of one published version. Values that differ from request to request are bound parameters, so
    a statement is shaped by its query and by the roles of who asks."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Any, Select[Any]]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, alive: Any, build: Callable[[], Select[Any]]) -> Select[Any]:
        """The statement of `key`; `alive` holds what the key names by identity, as long as the statement is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        statement = build()
        with self._lock:
            self._kept[key] = (alive, statement)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return statement


def shape(actor: Actor, query: ListQuery) -> Hashable:
    """What shapes a list's statement: the query, its filter by identity, and the roles of the actor."""
    flags = tuple(id(flag) for flag in query.flags)
    asked = query.titles, query.since
    return query.entity, query.fields, query.sort, id(query.filter), flags, asked, actor.roles, actor.unlimited
