"""Statements that were built before: the same list for the same roles is asked for again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from engine.access.actor import Actor
from engine.schema.model import ListQuery

MOST = 512
Built = TypeVar("Built")


class Statements:
    """A bounded cache of one published version. Values that differ from request to request are bound parameters, so
    a statement is shaped by its query and by the roles of who asks."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, alive: Any, build: Callable[[], Built]) -> Built:
        """The statement, or what else was built, of `key`; `alive` holds what the key names by identity, as long as it
        is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: Built = self._kept[key][1]
                return kept
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
