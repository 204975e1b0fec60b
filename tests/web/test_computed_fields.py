"""Computed fields on the screens: read everywhere, typed nowhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product, found, running
from tests.records.orders import BLUEPRINT

MORE = """
demo:
  user: {ann: {name: Ann, email: ann@example.org, roles: [boss]}}
  customer: {acme: {name: Acme, tier: gold, staff: 7, owner: ann}}
  product: {nut: {name: Nut, kind: thing, price: 10, owner: ann}}
  sale:
    big: {name: Big, customer: acme, discount: 10, owner: ann, lines: [{product: nut, quantity: 20, note: x}]}
views:
  sale:
    all: {type: list, columns: [name, net, tier, products], sort: [-net]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    mine = '      mine: {type: formula, expr: "owner == me"}\n      lines: {type: children'
    text = BLUEPRINT.replace("      lines: {type: children", mine)
    (folder / "blueprint.yaml").write_text(text + MORE, encoding="utf-8")
    found(folder, str(folder))
    return folder


@pytest.fixture
def orders(folder: Path, tmp_path: Path) -> Iterator[Product]:
    with running(shutil.copytree(folder, tmp_path / "orders")) as product:
        yield product


def test_a_list_and_a_record_show_them(orders: Product) -> None:
    browser = orders.enter("ann")
    (sale,) = orders.ids("sale", person="ann")
    row = browser.open("/e/sale/v/all").tree.one("tr", **{"data-id": str(sale)}).text
    assert "€180" in row and "Gold" in row
    page = browser.open(f"/e/sale/{sale}")
    assert page.status == 200
    assert ["€200" in page.words, "€54" in page.words] == [True, True]


def test_a_record_says_how_they_come_to_be(orders: Product) -> None:
    browser = orders.enter("ann")
    (sale,) = orders.ids("sale", person="ann")
    page = browser.open(f"/e/sale/{sale}")
    told = [link["title"] for link in page.tree.all("a") if link["title"].startswith("Worked out: ")]
    assert "Worked out: List price * (100 - Discount) / 100" in told
    assert "Worked out: Sum of Subtotal over Line" in told
    assert "Worked out: Number of Line, where Product › Kind == “Work”" in told
    assert "Worked out: Customer › Tier" in told


def test_a_form_shows_them_without_a_control(orders: Product) -> None:
    browser = orders.enter("ann")
    (sale,) = orders.ids("sale", person="ann")
    new, edit = browser.open("/e/sale/new"), browser.open(f"/e/sale/{sale}/edit")
    assert [page.status for page in (new, edit)] == [200, 200]
    assert not [control for page in (new, edit) for control in page.tree.all("input", name="net")]
    shown = edit.tree.one("input", **{"data-locked": "net"})
    assert (shown["value"], "readonly" in shown) == ("€180", True)
    typed = edit.form(f"/e/sale/{sale}/edit").filled({"discount": "50", "lines.0.quantity": "40"})
    saved = browser.send(f"/e/sale/{sale}/edit", [*typed, ("net", "7")])
    assert (saved.status, "€400" in saved.words, "€200" in saved.words) == (200, True, True)


def test_filters_and_exports_take_them(orders: Product) -> None:
    browser = orders.enter("ann")
    assert len(orders.ids("sale", "net:at_least:100", person="ann")) == 1
    assert orders.ids("sale", "net:at_least:1000", person="ann") == []
    assert browser.open("/e/sale/v/all?f=mine:is_true").status == 200
