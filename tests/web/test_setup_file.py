"""The first run from a spreadsheet: what it was taken for is shown, and its rows are there after the founding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.web import first_rows
from tests.browsing.browser import Browser, Page
from tests.exchange.books import clients_and_orders, write_book
from tests.product import Product, running

ACCOUNT = {"workspace": "Larch & Co", "name": "Ada Brightwell", "email": "ada@larch.org", "password": "willow-heron-77"}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Product]:
    with running(tmp_path / "data") as product:
        yield product


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return write_book(tmp_path / "clients.xlsx", clients_and_orders()).read_bytes()


def sent(browser: Browser, name: str, content: bytes) -> Page:
    token = browser.open("/setup").form("/setup/file").values["_csrf"]
    return browser.send("/setup/file", {"_csrf": token}, [("file", name, content)])


def test_a_spreadsheet_is_shown_as_it_was_taken_and_its_rows_come_in(empty: Product, book: bytes) -> None:
    page = sent(empty.browser(), "clients.xlsx", book)
    assert page.status == 200 and page.path.startswith("/setup?blueprint=file-")
    assert page.texts("h2") == ["Clients 12 rows", "Orders 30 rows", "Clients"]
    assert "Link → Client" in page.words and "Bring in 42 rows" in page.words and not page.tree.all(id="sample")
    started = page.submit("/setup", ACCOUNT)
    assert started.path == "/e/client" and "Firm 1 Ltd" in started.words and "12 records" in started.words
    orders = started.browser.open("/e/order")
    assert "30 records" in orders.words and "Firm 2 Ltd" in orders.words
    assert "Rows of a spreadsheet: Orders" in started.browser.open("/operations").words


def test_without_its_rows_the_workspace_starts_blank(empty: Product, book: bytes) -> None:
    started = sent(empty.browser(), "clients.xlsx", book).submit("/setup", ACCOUNT | {"rows": ""})
    assert started.path == "/" and "No clients yet" in started.browser.open("/e/client").words


def test_many_rows_come_in_the_background(empty: Product, book: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_rows, "AT_ONCE", 10)
    started = sent(empty.browser(), "clients.xlsx", book).submit("/setup", ACCOUNT)
    assert started.path == "/operations" and "Rows of a spreadsheet: Clients" in started.words
    while empty.services.runner.run_next():
        pass
    assert "30 records" in started.browser.open("/e/order").words


def test_wrong_answers_keep_the_file(empty: Product, book: bytes) -> None:
    refused = sent(empty.browser(), "clients.xlsx", book).submit("/setup", ACCOUNT | {"email": "ada"})
    assert refused.status == 422 and "Bring in 42 rows" in refused.words
    assert refused.submit("/setup", ACCOUNT).path == "/e/client"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "Choose a file first."),
        ("blank.csv", b" \n", "There is nothing in this file."),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0", ""),
        ("../../x.csv", b"Name\nAnn\n", None),
    ],
)
def test_what_cannot_be_read_is_told_on_the_gallery(
    empty: Product, name: str, content: bytes, told: str | None
) -> None:
    page = sent(empty.browser(), name, content)
    if told is None:
        assert page.status == 200 and "Name your workspace" in page.words
        return
    assert page.status == 422 and page.tree.one(role="alert").text and page.form("/setup")
    assert empty.services.workspace is None and not list((empty.services.settings.data_folder / "starts").glob("*"))


@pytest.mark.parametrize("token", ["0" * 32, "..", "x", "../../etc", ""])
def test_a_start_that_is_not_kept_leads_back_to_the_gallery(empty: Product, token: str) -> None:
    browser = empty.browser()
    page = browser.open(f"/setup?blueprint=file-{token}")
    assert page.status == 200 and page.form("/setup/file")
    values = {"_csrf": page.form("/setup/file").values["_csrf"], "blueprint": f"file-{token}", **ACCOUNT}
    assert browser.send("/setup", values).path == "/setup" and empty.services.workspace is None


def test_a_founded_workspace_takes_no_file(b2b: Product) -> None:
    browser = b2b.browser(follow=False)
    token = browser.open("/login").form("/login").values["_csrf"]
    page = browser.send("/setup/file", {"_csrf": token}, [("file", "x.csv", b"Name")])
    assert page.status == 400 and not (b2b.services.settings.data_folder / "starts").exists()


def test_starts_are_kept_for_a_day(empty: Product, book: bytes) -> None:
    page = sent(empty.browser(), "clients.xlsx", book)
    empty.clock.advance(timedelta(hours=23))
    empty.services.starts.tidy()
    assert "Bring in 42 rows" in page.browser.open(page.path).words
    empty.clock.advance(timedelta(hours=2))
    empty.services.starts.tidy()
    assert page.browser.open(page.path).form("/setup/file")
