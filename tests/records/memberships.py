"""People and the campaigns they are members of, for the tests of links that records of their own make."""

from __future__ import annotations

from functools import lru_cache

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
blueprint: {id: memberships, version: 1.0.0, title: Memberships}
settings: {languages: [en]}
entities:
  person:
    plural: People
    title: name
    fields:
      name: {type: text, required: true}
      campaigns: {type: links, to: campaign, through: member, filter: "not closed"}
      teams: {type: links, to: group, through: place}
  campaign:
    title: name
    fields:
      name: {type: text, required: true}
      secret: {type: boolean}
      closed: {type: boolean}
      hosts: {type: links, to: user, through: hosting}
      people: {type: links, to: person, through: member, required: "name == 'Gala'"}
  member:
    plural: Members
    title: note
    unique: [[person, campaign]]
    fields:
      note: {type: text, required: true, default: "=person.name"}
      hidden: {type: boolean}
      person: {type: link, to: person, required: true, on_delete: cascade}
      campaign: {type: link, to: campaign, required: true, on_delete: cascade}
  hosting:
    title: note
    fields:
      note: {type: text}
      campaign: {type: link, to: campaign}
      host: {type: link, to: user}
  group:
    title: name
    fields:
      name: {type: text}
      places: {type: children, of: place, key: group}
  place:
    title: note
    fields:
      note: {type: text}
      group: {type: link, to: group}
      person: {type: link, to: person, validate: "person.name != 'Ben'"}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  helper:
    entities:
      person: {read: all, create: true, update: all}
      campaign: {read: "not secret"}
      member: {read: "not hidden", create: true, delete: all}
  reader:
    entities: {person: {read: all, update: all}, campaign: {read: all}, member: {read: all}}
  stranger:
    entities: {person: {read: all}, campaign: {read: all}}
  invited:
    entities: {person: {read: all}, campaign: {read: "me in hosts"}}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    return whole


class Memberships:
    """ada and ben are people; spring, autumn and winter are campaigns, winter a secret that helpers do not see."""

    def __init__(self, store: Store) -> None:
        self.store = store
        user = store.create(ENGINE, "user", {"name": "Hal", "email": "hal@example.org"})
        self.boss, self.helper, self.reader, self.stranger, self.invited = (
            Actor(user, frozenset({role})) for role in ("boss", "helper", "reader", "stranger", "invited")
        )
        self.people = {name: store.create(ENGINE, "person", {"name": name.title()}) for name in ("ada", "ben")}
        self.campaigns = {
            name: store.create(ENGINE, "campaign", {"name": name.title(), "secret": name == "winter"})
            for name in ("spring", "autumn", "winter")
        }

    def ids(self, *names: str) -> tuple[int, ...]:
        return tuple(self.campaigns[name] for name in names)

    def link(self, person: str, *campaigns: str, actor: Actor | None = None) -> None:
        value = self.ids(*campaigns) or None
        self.store.change(actor or self.boss, "person", self.people[person], {"campaigns": value})

    def titles(self, person: str, actor: Actor | None = None) -> list[str]:
        row = self.store.get(actor or self.boss, "person", self.people[person]).row
        return [title for _, _, title in row["campaigns__titles"]]

    def members(self) -> list[str]:
        """What the joining records outside the bin are called, in the order they were made."""
        rows = self.store.list(ENGINE, ListQuery("member", ("note", "campaign"), sort=(Sort("id"),))).rows
        return [f"{row['note']} {row['campaign__title']}" for row in rows]

    def found(self, comparison: str, *campaigns: str, actor: Actor | None = None) -> list[str]:
        values = tuple((self.campaigns[name],) for name in campaigns)
        request = PageRequest(conditions=(Condition("campaigns", comparison, values),))
        rows = self.store.list(actor or self.boss, ListQuery("person", ("name",), sort=(Sort("name"),)), request).rows
        return [row["name"] for row in rows]


def open_memberships(database: Database, clock: SettableClock, ids: Identifiers) -> Memberships:
    blueprint = compiled().blueprint
    assert blueprint is not None
    tables = tables_of(blueprint)
    found(database, blueprint, tables, compiled().sources, "Memberships", ids, clock, lambda connection: None)
    return Memberships(make_workspace("Memberships", blueprint, tables, database, ids, clock).store)
