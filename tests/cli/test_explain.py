"""`crm check --explain`: where each expression stands, what it gives, what it reads, what answers it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.outcome import Outcome, Run

ORDERS = """\
blueprint: {id: orders, version: 1.0.0, title: Orders}
settings: {languages: [en], currency: EUR}
entities:
  account: {title: name, fields: {name: {type: text, required: true}, owned: {type: user}}}
  order:
    title: name
    fields:
      name: {type: text, required: true}
      account: {type: link, to: account, filter: "owned == me"}
      amount: {type: money, validate: "old == null or
        amount >= old.amount"}
      due: {type: date, default: "=today() + 14"}
      lines: {type: children, of: line, key: order}
    checks:
      - {never: "count(lines, price > record.amount) > 1", error: Too dear}
  line: {title: name, fields: {name: {type: text}, order: {type: link, to: order}, price: {type: money}}}
roles:
  sales: {entities: {"*": {read: true, create: true}, order: {read: "account.owned == me", create: true}}}
"""
TEXT = """\
orders.yaml:9:51 order.account.filter
  owned == me
  a yes-or-no value; from its table alone; reads me, owned; 3 of 300 parts

orders.yaml:10:40 order.amount.validate
  old == null or amount >= old.amount
  a yes-or-no value; on one record at a time, while it is written; reads amount, old, old.amount; 7 of 300 parts

orders.yaml:12:36 order.due.default
  today() + 14
  a date; from its table alone; 4 of 300 parts

orders.yaml:15:18 order.checks.1
  count(lines, price > record.amount) > 1
  a yes-or-no value; from other tables too; reads amount, id, line: price; 7 of 300 parts

orders.yaml:18:70 roles.sales.order.read
  account.owned == me
  a yes-or-no value; from other tables too; reads account.owned, me; 3 of 300 parts

"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.yaml"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def test_every_expression_is_explained_in_the_order_of_the_files(run: Run, orders: Path) -> None:
    assert run("check", orders, "--explain") == Outcome(0, TEXT, "")


def test_the_expressions_of_a_field_are_explained_in_chinese(run: Run, orders: Path) -> None:
    assert run("check", orders, "--explain", "order.due", "--language", "zh-CN").output == (
        "orders.yaml:12:36 order.due.default\n  today() + 14\n  日期；仅查本表；4 / 300 个组成部分\n\n"
    )


def test_expressions_are_explained_as_json(run: Run, orders: Path) -> None:
    assert json.loads(run("check", orders, "--explain", "order.checks", "--format", "json").output) == [
        {
            "name": "order.checks.1",
            "file": "orders.yaml",
            "line": 15,
            "column": 18,
            "expression": "count(lines, price > record.amount) > 1",
            "type": "a yes-or-no value",
            "verdict": "join",
            "reads": ["amount", "id", "line: price"],
            "size": 7,
        }
    ]


def test_a_file_names_its_expressions_and_what_is_no_name_is_told(run: Run, orders: Path) -> None:
    assert run("check", orders, "--explain", "orders.yaml").output == TEXT
    assert run("check", orders, "--explain", "ordr") == Outcome(2, "", "There is no expression of that name.\n")
    assert run("check", orders, "order") == Outcome(
        2, "", "Names are for --explain: crm check DIR --explain deal.amount\n"
    )


def test_a_wrong_blueprint_is_told_instead(run: Run, orders: Path) -> None:
    orders.write_text(ORDERS.replace("today() + 14", "today() + amuont"), encoding="utf-8")
    assert run("check", orders, "--explain").output.startswith("orders.yaml:12:46 E311 ")
