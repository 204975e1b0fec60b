"""The story of a spreadsheet: it becomes a blueprint, the blueprint a workspace, and its rows are on the list."""

from __future__ import annotations

from pathlib import Path

from engine.access.actor import ENGINE
from engine.records.people import write_user
from tests.cli.outcome import Run
from tests.exchange.books import clients_and_orders, write_book
from tests.product import PASSWORD, log_in, running


def test_a_workbook_is_made_checked_served_and_its_rows_are_listed(run: Run, tmp_path: Path) -> None:
    book = write_book(tmp_path / "clients.xlsx", clients_and_orders())
    made = run("init", "mine", "--from-file", book)
    assert made.code == 0 and made.output.startswith("Clients (client), 12 rows\n")
    assert run("check", "mine").output == "No problems.\n"
    served = run("serve", "mine", "--rows", book, "--no-serve")
    assert "Clients: 12 rows came in.\nOrders: 30 rows came in.\n" in served.output and served.errors == ""
    with running(tmp_path / "workspace") as product:
        workspace, credentials = product.services.workspace, product.services.credentials
        assert workspace
        values = {"name": "Ann Lee", "email": "ann@example.org"}
        with workspace.store.begin(ENGINE, "cli") as write:
            write_user(write, credentials, values, ["member"], credentials.hash(PASSWORD))
        browser = product.browser()
        log_in(browser, "ann@example.org")
        page = browser.open("/e/order?sort=order_no")
        assert "2026-0001" in page.words and "Firm 2 Ltd" in page.words and "30 records" in page.words
        assert browser.open("/e/order/v/board").status == 200
        client = browser.open("/e/client?q=Firm 2")
        assert "Software" in client.words or "Food" in client.words


def test_rows_come_in_once(run: Run, tmp_path: Path) -> None:
    book = write_book(tmp_path / "clients.xlsx", clients_and_orders())
    run("init", "mine", "--from-file", book)
    run("serve", "mine", "--rows", book, "--no-serve")
    again = run("serve", "mine", "--rows", book, "--no-serve")
    assert "Clients: there are records already, so no rows came in." in again.output
