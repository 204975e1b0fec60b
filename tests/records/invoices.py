"""Invoices with checks, for the tests of rules over several fields."""

from __future__ import annotations

from functools import lru_cache

from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: invoices, version: 1.0.0, title: {en: Invoices, zh-CN: 发票}}
settings: {languages: [en, zh-CN], currency: EUR, time_zone: Asia/Shanghai}
parameters:
  most_discount: {type: percent, default: 50, label: {en: Most discount, zh-CN: 最高折扣}}
  free_of_checks: {type: text, default: internal}
  first_day: {type: date, default: 2026-01-01}
functions:
  rest: {takes: {amount: money, paid: money}, expr: "amount - paid"}
  net: {takes: {amount: money, discount: percent}, expr: "round(amount * (100 - discount) / 100, 2)"}
  owed:
    label: {en: Owed, zh-CN: 应收}
    takes: {amount: money, discount: percent, paid: money}
    expr: "rest(net(amount, discount), paid)"
  beyond: {takes: {amount: money, customer: {type: link, to: client}}, expr: "amount > customer.limit"}
entities:
  client:
    label: {en: Client, zh-CN: 客户}
    plural: {en: Clients, zh-CN: 客户}
    title: name
    fields:
      name: {type: text, required: true, label: {en: Name, zh-CN: 名称}}
      limit: {type: money, label: {en: Limit, zh-CN: 限额}}
  invoice:
    label: {en: Invoice, zh-CN: 发票}
    plural: {en: Invoices, zh-CN: 发票}
    title: name
    fields:
      name: {type: text, required: true, label: {en: Name, zh-CN: 名称}}
      client: {type: link, to: client, label: {en: Client, zh-CN: 客户}}
      amount: {type: money, default: 100, validate: "amount >= 0", label: {en: Amount, zh-CN: 金额}}
      due: {type: date, default: "=param.first_day + 30", label: {en: Due, zh-CN: 到期日}}
      paid: {type: money, default: 0, label: {en: Paid, zh-CN: 已付}}
      discount: {type: percent, default: 0, label: {en: Discount, zh-CN: 折扣}}
      note: {type: text, label: {en: Note, zh-CN: 备注}}
      lines: {type: children, of: line, key: invoice, label: {en: Lines, zh-CN: 明细}}
    checks:
      - never: "discount > param.most_discount and (note == null or note != param.free_of_checks)"
        field: discount
        error: {en: Discount above 50 %, zh-CN: 折扣不能超过 50%}
      - never: "discount > 50 and amount > 1000"
        field: discount
        error: {en: Large invoices have none., zh-CN: 大额发票不打折。}
      - never: "owed(amount, discount, paid) < 0"
        error: {en: More is paid than asked., zh-CN: 已付超过应付。}
      - never: "beyond(amount, client)"
        field: client
        error: {en: Over the limit of the client, zh-CN: 超过客户限额}
  line:
    label: {en: Line, zh-CN: 明细}
    plural: {en: Lines, zh-CN: 明细}
    title: name
    fields:
      invoice: {type: link, to: invoice, required: true, on_delete: cascade, label: {en: Invoice, zh-CN: 发票}}
      name: {type: text, label: {en: Name, zh-CN: 名称}}
      price: {type: money, label: {en: Price, zh-CN: 价格}}
    checks:
      - never: "price > 50 and name == null"
        field: name
        error: {en: A dear line has a name, zh-CN: 高价明细需要名称}
      - never: "price > invoice.amount"
        error: {en: Dearer than the invoice, zh-CN: 高于发票金额}
roles:
  boss:
    label: {en: Boss, zh-CN: 主管}
    admin: true
    entities: {"*": {read: all, create: true, update: all, delete: all}}
  seller: {label: {en: Seller, zh-CN: 销售}, entities: {invoice: {read: all, create: true, update: all}}}
  reader: {label: {en: Reader, zh-CN: 读者}, entities: {client: {read: all}}}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert not list(whole.problems), "\n".join(whole.problems.lines())
    return whole


def open_invoices(database: Database, clock: SettableClock, ids: Identifiers) -> Shop:
    return open_shop(database, clock, ids, compiled())
