"""Customers in a tree, what they order, and everything that is worked out from it."""

from __future__ import annotations

from functools import lru_cache

from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: orders, version: 1.0.0, title: Orders}
settings: {languages: [en], currency: EUR}
entities:
  customer:
    title: name
    plural: Customers
    fields:
      name: {type: text, required: true}
      tier: {type: choice, options: {gold: Gold, iron: Iron}}
      rebate: {type: percent, default: 0}
      parent: {type: link, to: customer, tree: true}
      staff: {type: integer}
      orders: {type: rollup, of: sale.customer, fn: count}
      won: {type: rollup, of: sale.customer, fn: sum, field: net, where: "stage.kind == 'won'"}
      best: {type: rollup, of: sale.customer, fn: max, field: net}
      staff_below: {type: rollup, of: parent, fn: sum, field: staff}
      everybody: {type: formula, expr: "coalesce(staff, 0) + staff_below"}
      won_each: {type: formula, expr: "won / orders"}
      large: {type: formula, expr: "won >= 1000"}
  product:
    title: name
    plural: Products
    fields:
      name: {type: text, required: true}
      kind: {type: choice, options: {thing: Thing, work: Work}}
      price: {type: money}
      sold: {type: rollup, of: line.product, fn: sum, field: quantity}
  sale:
    title: name
    plural: Sales
    fields:
      name: {type: text, required: true}
      customer: {type: link, to: customer, on_delete: clear}
      stage: {type: stage, pipeline: selling}
      discount: {type: percent, default: 0}
      also: {type: links, to: product}
      tier: {type: lookup, via: customer, field: tier}
      agreed: {type: lookup, via: customer, field: rebate, mode: snapshot}
      list_price: {type: rollup, of: lines, fn: sum, field: subtotal}
      works: {type: rollup, of: lines, fn: count, where: "product.kind == 'work'"}
      average: {type: rollup, of: lines, fn: avg, field: quantity}
      first_product: {type: rollup, of: lines, fn: first, field: product}
      last_subtotal: {type: rollup, of: lines, fn: last, field: subtotal}
      products: {type: rollup, of: lines, fn: distinct, field: product}
      also_price: {type: rollup, of: also, fn: sum, field: price}
      net: {type: formula, expr: "list_price * (100 - discount) / 100", search: true}
      weighted: {type: formula, expr: "net * stage.probability / 100"}
      lines: {type: children, of: line, key: sale}
  line:
    title: note
    fields:
      sale: {type: link, to: sale, required: true}
      product: {type: link, to: product}
      quantity: {type: decimal, scale: 3, default: 1}
      note: {type: text}
      price: {type: lookup, via: product, field: price}
      subtotal: {type: formula, expr: "quantity * price"}
pipelines:
  selling:
    entity: sale
    states:
      open: {kind: open, probability: 30, label: Open}
      won: {kind: won, probability: 100, label: Won}
roles:
  boss:
    entities:
      "*": {read: all, create: true, update: all, delete: all, import: true, bulk: true}
  seller:
    entities:
      "*": {read: own, create: true, update: own, delete: own}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    return whole


def open_orders(database: Database, clock: SettableClock, ids: Identifiers) -> Shop:
    return open_shop(database, clock, ids, compiled())
