"""How many statements a page takes: counted, so that none is run per row, per role or per cell."""

from __future__ import annotations

import pytest

from tests.browsing.browser import Browser
from tests.product import Product

SESSION = 1


def count(product: Product, browser: Browser, path: str) -> int:
    """The statements of a page beside the session's one."""
    with product.services.database.count_statements() as statements:
        assert browser.open(path).status == 200
    return len(statements) - SESSION


@pytest.mark.parametrize("person", ["mei", "henrik", "dana"])
@pytest.mark.parametrize(
    "path",
    [
        "/e/opportunity",
        "/e/account/v/all",
        "/e/contact",
        "/e/activity/v/all",
        "/e/product",
        "/e/opportunity/v/all?sort=-amount&q=e",
        "/e/opportunity/v/all?f=stage:any_of:demo&f=amount:at_least:1000",
        "/e/opportunity/v/all?f=name:contains:nothing-is-called-this",
        "/e/opportunity/v/all?f=account:any_of:1&f=owner:is_me",
    ],
)
def test_a_list_takes_at_most_four_statements(shared_b2b: Product, person: str, path: str) -> None:
    assert count(shared_b2b, shared_b2b.enter(person), path) <= 4


def test_a_list_of_fifty_takes_as_many_statements_as_a_list_of_one(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    many, one = "/e/account", "/e/account?f=name:starts_with:Winterreach"
    rows = [len([r for r in admin.open(path).tree.all("tr") if r["data-id"]]) for path in (many, one)]
    assert rows == [50, 1] and count(shared_b2b, admin, many) == count(shared_b2b, admin, one) == 3


@pytest.mark.parametrize("person", ["mei", "henrik", "dana"])
@pytest.mark.parametrize(
    ("entity", "lists"),
    [("account?tab=business", 3), ("account?tab=people", 1), ("contact", 2), ("opportunity", 2), ("product", 0)],
)
def test_a_record_takes_at_most_five_statements_and_one_for_each_list_on_it(
    shared_b2b: Product, person: str, entity: str, lists: int
) -> None:
    entity, _, query = entity.partition("?")
    record = f"/e/{entity}/{shared_b2b.ids(entity, person='mei')[0]}?{query}"
    browser = shared_b2b.enter(person)
    page = browser.open(record)
    assert len(page.tree.all("section", "rel")) == lists
    assert count(shared_b2b, browser, record) <= 5 + lists


def test_a_board_takes_a_statement_for_each_open_lane_and_three(shared_b2b: Product) -> None:
    for person in ("mei", "dana"):
        assert count(shared_b2b, shared_b2b.enter(person), "/e/opportunity/v/board") == 5 + 3


def test_a_form_takes_few_statements(shared_b2b: Product) -> None:
    admin, record = shared_b2b.enter("dana"), f"/e/opportunity/{shared_b2b.ids('opportunity')[0]}"
    assert count(shared_b2b, admin, "/e/opportunity/new") <= 3
    assert count(shared_b2b, admin, f"{record}/edit") <= 6
    assert count(shared_b2b, admin, f"{record}/history") <= 8


def test_no_record_page_of_a_tab_takes_more_than_ten_statements(shared_b2b: Product) -> None:
    """Below this bound the lists of a record are read with it, not afterwards."""
    admin, counts = shared_b2b.enter("dana"), []
    for entity, tabs in {"account": ("overview", "people", "business"), "opportunity": ("",), "contact": ("",)}.items():
        record = f"/e/{entity}/{shared_b2b.ids(entity)[0]}"
        counts += [count(shared_b2b, admin, f"{record}?tab={tab}") for tab in tabs]
    assert max(counts) <= 10
