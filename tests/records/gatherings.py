"""Events with several guests, for the tests of fields that name several records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from engine.access.actor import ENGINE, Actor
from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.apply import found
from engine.publishing.workspace import make_workspace, tables_of
from engine.records.query import Condition, PageRequest
from engine.records.store import Store
from engine.schema.model import ListQuery, Sort

BLUEPRINT = """
blueprint: {id: gatherings, version: 1.0.0, title: Gatherings}
settings: {languages: [en]}
entities:
  guest:
    plural: Guests
    title: name
    fields:
      name: {type: person_name, required: true}
      secret: {type: boolean}
      friends: {type: links, to: guest}
  event:
    title: name
    fields:
      name: {type: text, required: true}
      guests: {type: links, to: guest}
      hosts: {type: links, to: user}
      chair: {type: link, to: guest, filter: "secret"}
      known: {type: links, to: guest, filter: "not secret"}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  helper:
    entities:
      guest: {read: "not secret", create: true}
      event: {read: all, create: true, update: all}
  host:
    entities: {event: {read: "me in hosts"}, guest: {read: all}}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    return whole


class Gatherings:
    """ada, ben and cat are guests by name; cat is a secret that helpers do not see."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.helper = Actor(store.create(ENGINE, "user", {"name": "Hal", "email": "hal@example.org"}), _roles("helper"))
        self.guests = {
            name: store.create(ENGINE, "guest", {"name": name.title(), "secret": name == "cat"})
            for name in ("ada", "ben", "cat")
        }

    def ids(self, *names: str) -> tuple[int, ...]:
        return tuple(self.guests[name] for name in names)

    def event(self, name: str, *guests: str, **values: Any) -> int:
        return self.store.create(ENGINE, "event", {"name": name, "guests": self.ids(*guests), **values})

    def titles(self, event: int, actor: Actor = ENGINE) -> list[str]:
        return [title for _, _, title in self.store.get(actor, "event", event).row["guests__titles"]]

    def found(self, comparison: str, *guests: str, actor: Actor = ENGINE) -> list[str]:
        values: Sequence[tuple[int, ...]] = [(self.guests[name],) for name in guests]
        request = PageRequest(conditions=(Condition("guests", comparison, tuple(values)),))
        rows = self.store.list(actor, ListQuery("event", ("name",), sort=(Sort("name"),)), request).rows
        return [row["name"] for row in rows]


def _roles(name: str) -> frozenset[str]:
    return frozenset({name})


def open_gatherings(database: Database, clock: SettableClock, ids: Identifiers) -> Gatherings:
    blueprint = compiled().blueprint
    assert blueprint is not None
    tables = tables_of(blueprint)
    found(database, blueprint, tables, compiled().sources, "Gatherings", ids, clock, lambda connection: None)
    return Gatherings(make_workspace("Gatherings", blueprint, tables, database, ids, clock).store)
