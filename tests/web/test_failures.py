"""What a person sees when the product or the database fails: a page, a reference, nothing of the inside."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text

from engine.web import asked_list
from tests.product import Product


def test_a_list_the_database_cannot_give_says_so_in_its_place(crm: Product, caplog: pytest.LogCaptureFixture) -> None:
    browser = crm.enter("dana")
    with crm.services.database.write() as connection:
        connection.execute(text("ALTER TABLE e_product RENAME TO gone"))
    with caplog.at_level(logging.CRITICAL, logger="engine.web"):
        page = browser.open("/e/product")
    assert page.status == 503
    assert "The list did not load" in page.tree.text
    assert "Reference" in page.tree.text
    assert "e_product" not in page.tree.text


def test_a_defect_is_a_page_with_a_reference_and_no_traceback(crm: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = crm.enter("dana")
    monkeypatch.setattr(asked_list, "parse_sort", lambda *_: 1 / 0)
    logging.getLogger("engine.web").disabled = True
    page = browser.open("/e/product")
    logging.getLogger("engine.web").disabled = False
    assert page.status == 500
    assert "Something went wrong" in page.tree.text
    assert "ZeroDivisionError" not in page.tree.text
