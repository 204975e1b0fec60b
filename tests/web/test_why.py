"""Why a computed value is what it is: told to each person as far as they may read what it is made of."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product, found, running
from tests.records.orders import BLUEPRINT
from tests.web.test_statements import count

MORE = """
demo:
  user:
    ann: {name: Ann, email: ann@example.org, roles: [boss]}
    sam: {name: Sam, email: sam@example.org, roles: [seller]}
  customer: {acme: {name: Acme, tier: gold, rebate: 5, staff: 7, owner: ann}}
  product: {nut: {name: Nut, kind: thing, price: 10, owner: ann}}
  sale:
    big:
      name: Big
      customer: acme
      discount: 10
      stage: won
      owner: sam
      lines: [{product: nut, quantity: 20, note: x}, {product: nut, quantity: 3}]
    small: {name: Small, customer: acme, stage: won, owner: ann, lines: [{product: nut, quantity: 1}]}
views:
  sale:
    all: {type: list, columns: [name, net]}
  customer:
    all: {type: list, columns: [name]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    (folder / "blueprint.yaml").write_text(BLUEPRINT + MORE, encoding="utf-8")
    found(folder, str(folder))
    return folder


@pytest.fixture(scope="module")
def orders(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(shutil.copytree(folder, tmp_path_factory.mktemp("shared") / "orders")) as product:
        yield product


ASIDE = """
blueprint: {id: aside, version: 1.0.0, title: Aside}
settings: {languages: [en], time_zone: Asia/Shanghai}
parameters: {extra: {type: integer, default: 2, label: Extra}}
entities:
  job:
    title: name
    fields:
      name: {type: text}
      due: {type: date}
      size: {type: choice, options: {large: Large, small: Small}}
      urgency:
        type: formula
        expr: >-
          (count(job, size == record.size) + param.extra)
          if size == 'large' and due < today() and owner == me else 0
roles:
  boss: {entities: {"*": {read: all}}}
  helper: {entities: {job: {read: all, fields: {size: none}}, user: {read: all}}}
  seller: {entities: {job: {read: "name == 'Roof'"}, user: {read: all}}}
demo:
  user:
    ann: {name: Ann, email: ann@example.org, roles: [boss]}
    sam: {name: Sam, email: sam@example.org, roles: [seller]}
    kim: {name: Kim, email: kim@example.org, roles: [helper]}
  job: {roof: {name: Roof, due: "2026-03-01", size: large, owner: ann}}
"""


@pytest.fixture
def aside(tmp_path: Path) -> Iterator[Product]:
    (tmp_path / "blueprint.yaml").write_text(ASIDE, encoding="utf-8")
    found(tmp_path, str(tmp_path))
    with running(tmp_path) as product:
        yield product


@pytest.fixture
def big(orders: Product) -> str:
    (sale,) = orders.ids("sale", "name:contains:Big", person="ann")
    return f"/e/sale/{sale}"


@pytest.fixture
def acme(orders: Product) -> str:
    return f"/e/customer/{orders.ids('customer', person='ann')[0]}"


def told(orders: Product, person: str, path: str) -> list[str]:
    """What the page of a value says: its head, then each row."""
    page = orders.enter(person).open(path)
    assert page.status == 200
    body = page.tree.one("div", "why")
    return [body.one("p", "why__made").text, *body.texts("p", "sm"), *body.texts("", "why__i")]


def test_a_record_leads_from_each_computed_value_to_its_explanation(orders: Product, big: str) -> None:
    link = orders.enter("ann").open(big).tree.one("a", "val__why", aria_label="Why? Net")
    assert (link["href"], link["hx-target"]) == (f"{big}/why/net", "#dialog")


def test_a_formula_names_what_it_reads_with_values_and_who_wrote_them(orders: Product, big: str) -> None:
    browser = orders.enter("ann")
    browser.open(f"{big}/edit").submit(f"{big}/edit", {"discount": "20"})
    page = browser.open(f"{big}/why/net")
    rows = page.tree.texts("div", "why__i")
    assert page.tree.one("div", "why__now").text == "€184"
    assert rows == ["List price €230", "Discount Changed just now by Ann 20%"]
    assert page.tree.one("a", "val__why")["href"] == f"{big}/why/list_price"


def test_a_stage_is_told_by_what_the_expression_asks_of_it(orders: Product, big: str) -> None:
    assert told(orders, "ann", f"{big}/why/weighted")[0] == "Net * Stage › Probability / 100"
    assert any(row.startswith("Stage › Probability") and row.endswith("100%") for row in _rows(orders, big, "weighted"))


def _rows(orders: Product, record: str, field: str) -> list[str]:
    return orders.enter("ann").open(f"{record}/why/{field}").tree.texts("div", "why__i")


def test_a_rollup_shows_the_records_that_count_with_their_values(orders: Product, big: str) -> None:
    said = told(orders, "ann", f"{big}/why/list_price")
    assert said == ["Sum of Subtotal over Line", "Nut · x €200", "Nut €30"]


def test_who_may_not_read_some_of_them_learns_only_that_there_are_more(orders: Product, acme: str) -> None:
    said = told(orders, "ann", f"{acme}/why/won")
    assert [row.split(" ")[0] for row in said[1:]] == ["Big", "Small"]
    with orders.services.database.write() as connection:
        store = orders.services.workspace.store if orders.services.workspace else None
        assert store is not None
        table = store.model.table("customer")
        users = store.model.table("user")
        sam = connection.execute(users.select().where(users.c.name == "Sam")).mappings().one()["id"]
        connection.execute(table.update().values(owner=sam))
    others = told(orders, "sam", f"{acme}/why/won")
    assert others[1] == "Records count as well that are not shown to you."
    assert [row.split(" ")[0] for row in others[2:]] == ["Big"]


def test_a_lookup_says_from_where_and_a_snapshot_since_when(orders: Product, big: str, acme: str) -> None:
    browser = orders.enter("ann")
    live, kept = browser.open(f"{big}/why/tier"), browser.open(f"{big}/why/agreed")
    assert live.tree.one("div", "why__i").one("a")["href"] == acme
    assert "Customer › Tier" in live.words and "Gold" in live.words
    assert kept.tree.one("p", "callout").text.startswith("Taken when Customer was set: 4 Mar, 09:29, by ")


def test_what_lies_behind_a_record_one_may_not_read_is_not_shown(orders: Product, big: str) -> None:
    line = orders.enter("sam").open(f"{big}/why/list_price").tree.one("a", "val__why")["href"]
    page = orders.enter("sam").open(line.replace("/subtotal", "/price"))
    assert page.tree.texts("div", "why__i") == ["Product › Price Not shown to you"]
    assert "Nut" not in page.html


def test_a_value_of_a_record_one_may_not_read_is_not_there(orders: Product, big: str) -> None:
    (small,) = orders.ids("sale", "name:contains:Small", person="ann")
    sam = orders.enter("sam")
    paths = [f"/e/sale/{small}/why/net", f"{big}/why/name", f"{big}/why/nothing", "/e/sale/0/why/net", "/e/x/1/why/net"]
    assert [sam.open(path).status for path in paths] == [404] * 5


def test_what_a_value_reads_beside_fields_is_listed_too(aside: Product) -> None:
    (job,) = aside.ids("job", person="ann")
    page = aside.enter("ann").open(f"/e/job/{job}/why/urgency")
    assert page.tree.one("p", "why__made").text == (
        "(count(job, Size == record.size) + Extra) if Size == “Large” and Due < today() and Owner == me else 0"
    )
    assert [re.sub(r" Changed .* by The system", "", row) for row in page.tree.texts("div", "why__i")] == [
        "Size Large",
        "Due 1 Mar 2026",
        "Owner A Ann",
        "Today 4 Mar 2026",
        "Who asks Ann",
        "Extra 2",
        "count(job, Size == record.size) 1",
    ]
    seller = aside.enter("sam").open(f"/e/job/{job}/why/urgency")
    assert seller.tree.texts("div", "why__i")[-1] == "count(job, Size == record.size) Not shown to you"


def test_a_field_one_may_not_read_is_not_among_what_a_value_is_made_of(aside: Product) -> None:
    (job,) = aside.ids("job", person="kim")
    page = aside.enter("kim").open(f"/e/job/{job}/why/urgency")
    assert page.status == 200 and "Large" not in page.html
    rows = page.tree.texts("div", "why__i")
    assert rows[-1] == "count(job, size == record.size) Not shown to you"
    assert not any(row.startswith("Size") for row in rows)


def test_it_takes_few_statements(orders: Product, big: str) -> None:
    ann = orders.enter("ann")
    assert count(orders, ann, f"{big}/why/list_price") == 3
    assert count(orders, ann, f"{big}/why/agreed") == 3
    assert count(orders, ann, f"{big}/why/net") == 2
