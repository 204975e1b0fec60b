"""Records that are numbered: invoices without gaps, tickets with gaps allowed, their line items."""

from __future__ import annotations

from functools import lru_cache

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.apply import found
from engine.publishing.workspace import make_workspace, tables_of
from engine.records.store import Store
from engine.schema.model import ListQuery, Sort

BLUEPRINT = """
blueprint: {id: numbered, version: 1.0.0, title: Numbered}
settings: {languages: [en], time_zone: Asia/Shanghai}
entities:
  invoice:
    plural: Invoices
    fields:
      number: {type: autonumber, format: "INV-{yyyy}-{seq:3}", gap_free: true}
      customer: {type: text, required: true}
      lines: {type: children, of: line, key: invoice}
  line:
    title: product
    fields:
      invoice: {type: link, to: invoice}
      product: {type: text, required: true}
      place: {type: autonumber, format: "{seq}"}
  ticket:
    title: subject
    fields:
      number: {type: autonumber, format: "#{seq}"}
      subject: {type: text, required: true, unique: true}
roles: {clerk: {entities: {"*": {read: all, create: true, update: all, delete: all}}}}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    return whole


def open_office(database: Database, clock: SettableClock, ids: Identifiers) -> Store:
    blueprint = compiled().blueprint
    assert blueprint is not None
    tables = tables_of(blueprint)
    found(database, blueprint, tables, compiled().sources, "Office", ids, clock, lambda connection: None)
    return make_workspace("Office", blueprint, tables, database, ids, clock).store


def numbers(store: Store, entity: str, field: str = "number") -> list[str]:
    """In the order of a list that is sorted by them."""
    return [row[field] for row in store.list(ENGINE, ListQuery(entity, (field,), sort=(Sort(field),))).rows]
