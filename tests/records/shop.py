"""A small CRM for the tests of the gateway: customers, deals with line items, tickets, teams above teams."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from engine.access.actor import ENGINE, Actor
from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.apply import found
from engine.publishing.workspace import Workspace, make_workspace, tables_of
from engine.records.store import Store
from engine.schema.model import ListQuery, Sort

BLUEPRINT = """
blueprint: {id: shop, version: 1.0.0, title: Shop}
settings: {languages: [en], currency: EUR, time_zone: Asia/Shanghai, week_start: sunday}
entities:
  account:
    label: Account
    plural: Accounts
    title: name
    fields:
      name: {type: text, required: true, max: 80}
      code: {type: text, unique: true, max: 20}
      tier: {type: choice, options: {gold: Gold, silver: Silver, iron: Iron}}
      parent: {type: link, to: account, on_delete: clear}
      since: {type: date}
  deal:
    label: Deal
    plural: Deals
    title: name
    unique: [[account, name]]
    fields:
      name: {type: text, required: true}
      account: {type: link, to: account, on_delete: restrict}
      stage: {type: stage, pipeline: sales}
      amount: {type: money, validate: "amount >= 0"}
      discount:
        type: percent
        default: 0
        readonly: "stage == 'won'"
        validate: "discount <= 10 or account.tier == 'gold'"
      probability: {type: integer, default: "=stage.probability"}
      close_date: {type: date, required: "stage != 'lead'", default: "=today() + 30"}
      lost_reason: {type: text, visible: "stage == 'lost'", required: "stage == 'lost'"}
      lost_detail: {type: text, visible: "not is_empty(lost_reason)"}
      lost_note: {type: text, visible: "stage == 'lost'", when_hidden: keep}
      serial: {type: text, readonly: true, default: new}
      secret: {type: text, track: false}
      met_at: {type: datetime}
      urgent: {type: boolean}
      lines: {type: children, of: deal_line, key: deal}
  deal_line:
    label: Line
    plural: Lines
    title: product
    fields:
      deal: {type: link, to: deal, required: true, on_delete: cascade}
      product: {type: text, required: true}
      price: {type: money, required: true, validate: "price > 0"}
  task:
    label: Task
    plural: Tasks
    title: name
    unique: [name, note]
    fields:
      name: {type: text, required: true}
      note: {type: text}
      due: {type: date, validate: "is_empty(due) or due >= today()"}
      done: {type: date, validate: "is_empty(done) or done <= today()"}
      account: {type: link, to: account, on_delete: cascade}
      after: {type: link, to: task, on_delete: cascade}
      customer: {type: link, to: account, filter: "tier == 'gold'"}
pipelines:
  sales:
    entity: deal
    states:
      lead: {kind: open, probability: 10, label: Lead}
      offer: {kind: open, probability: 50, label: Offer}
      won: {kind: won, label: Won}
      lost: {kind: lost, label: Lost}
    transitions:
      offer: {from: lead, to: offer, if: "amount > 0", ask: [account]}
      win: {from: offer, to: won}
      lose: {from: any, to: lost, ask: [lost_reason]}
      reopen: {from: [won, lost], to: lead, who: [boss]}
imports:
  account:
    erp:
      mode: update
      key: code
      columns:
        Kunde: name
        Nr.: code
        Klasse: {field: tier, values: {A: gold}}
        Gruppe: {field: parent, by: code}
        Seit: {field: since, dates: mdy}
        Intern: false
roles:
  boss:
    entities:
      "*": {read: all, create: true, update: all, delete: all, import: true, bulk: true}
  seller:
    entities:
      account: {read: all, create: true, update: team, delete: own, import: true}
      deal: {read: "owner == me or team in me.teams or account.tier == 'gold'", create: true, update: team, delete: own}
      task: {read: own, create: true, update: own, delete: own}
  reader:
    entities:
      account: {read: "tier != 'iron'"}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    return whole


class Shop:
    """`people`, name -> id: ann and ben sell in the north, cat in the south, dan leads the company above both, eve is
    the boss, fay reads accounts."""

    def __init__(self, workspace: Workspace, database: Database, clock: SettableClock) -> None:
        self.workspace, self.database, self.clock = workspace, database, clock
        self.people = _people(workspace.store)

    @property
    def store(self) -> Store:
        return self.workspace.store

    def actor(self, name: str) -> Actor:
        role = {"eve": "boss", "fay": "reader"}.get(name, "seller")
        return Actor(self.people[name], frozenset({role}))

    def add(self, entity: str, who: str = "eve", **values: Any) -> int:
        return self.store.create(self.actor(who), entity, values)

    def change(self, entity: str, record_id: int, who: str = "eve", **values: Any) -> int:
        return self.store.change(self.actor(who), entity, record_id, values)

    def row(self, entity: str, record_id: int) -> dict[str, Any]:
        return dict(self.store.get(ENGINE, entity, record_id).row)

    def names(self, entity: str, who: str = "eve", sort: str = "name", request: Any = None) -> list[str]:
        query = ListQuery(entity, ("name",), sort=(Sort(sort.lstrip("-"), sort.startswith("-")),))
        page = self.store.list(self.actor(who), query, *([request] if request else []))
        return [row["name"] for row in page.rows]

    def changes(self, entity: str, record_id: int) -> list[tuple[str, dict[str, Any]]]:
        """(kind, changes) of each write, oldest first."""
        entries = self.store.history(ENGINE, entity, record_id)
        return [(entry.kind, dict(entry.changes)) for entry in reversed(entries)]


def open_shop(database: Database, clock: SettableClock, ids: Identifiers, whole: Compiled | None = None) -> Shop:
    whole = whole or compiled()
    blueprint = whole.blueprint
    assert blueprint is not None
    tables = tables_of(blueprint)
    found(database, blueprint, tables, whole.sources, "Shop", ids, clock, lambda connection: None)
    workspace = make_workspace("Shop", blueprint, tables, database, ids, clock)
    return Shop(workspace, database, clock)


def _people(store: Store) -> dict[str, int]:
    with store.begin(ENGINE, "seed") as write:
        people = {name: write.create("user", {"name": name.title(), "email": f"{name}@example.org"}) for name in NAMES}
        company = write.create("team", {"name": "Company", "lead": people["dan"]})
        north = write.create("team", {"name": "North", "parent": company})
        south = write.create("team", {"name": "South", "parent": company})
        for name, team in (("ann", north), ("ben", north), ("cat", south)):
            write.change("user", people[name], {"main_team": team})
    return people


NAMES = ("ann", "ben", "cat", "dan", "eve", "fay")
