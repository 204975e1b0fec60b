"""The peek: a record beside its list, whole without script, as a fragment with it."""

from __future__ import annotations

import pytest

from tests.product import Product
from tests.web.test_statements import count

LIST = "/e/opportunity/v/all?sort=-amount"


def shown(product: Product, person: str = "mei") -> list[str]:
    page = product.enter(person).open(LIST)
    return [row["data-id"] for row in page.tree.all("tr") if row["data-id"]]


def test_a_row_leads_to_its_peek_and_the_page_shows_it_whole(shared_b2b: Product) -> None:
    first, second, third = shown(shared_b2b)[:3]
    page = shared_b2b.enter("mei").open(f"{LIST}&peek={second}")
    peek = page.named("peek")
    assert [row["data-id"] for row in page.tree.all("tr") if row["data-open"]] == [second]
    assert peek.one("h2").text in page.tree.one("tr", data_id=second).text
    links = [link["href"] for link in peek.all("a", "btn--icon")]
    assert links == [LIST, f"/e/opportunity/{second}", f"{LIST}&peek={first}", f"{LIST}&peek={third}"]
    assert page.tree.one("tr", data_id=third).one("a", "row-peek")["href"] == f"{LIST}&peek={third}"


def test_the_script_gets_the_peek_alone_and_an_empty_one_to_close(shared_b2b: Product) -> None:
    browser, first = shared_b2b.enter("mei"), shown(shared_b2b)[0]
    page = browser.fragment(f"{LIST}&peek={first}", "peek")
    assert page.named("peek")["data-id"] == first and not page.tree.all("table")
    assert page.named("p-amount").one(kind="val")["data-edit"] == f"/e/opportunity/{first}/cell/amount"
    empty = browser.fragment(LIST, "peek")
    assert "hidden" in empty.named("peek") and not empty.named("peek").all("h2")


def test_a_move_in_the_peek_answers_with_the_peek(b2b: Product) -> None:
    browser, record = b2b.enter("mei"), b2b.ids("opportunity", "owner:is_me", "stage:any_of:demo", person="mei")[0]
    path, here = f"/e/opportunity/{record}/stage", f"http://crm.example.com{LIST}&peek={record}"
    form = browser.open(f"/e/opportunity/v/all?peek={record}").form(path)
    moved = browser.send(path, {**form.values, "stage": "proposal"}, hx_request="true", hx_current_url=here)
    assert moved.status == 200 and moved.named("peek").one("a")["href"] == LIST
    assert moved.named("peek").one(kind="mini-path")["aria-label"] == "Stage 3 of 6: Proposal"
    refused = browser.send(path, {**form.values, "stage": "won"}, hx_request="true", hx_current_url=here)
    assert refused.status == 422 and refused.tree.one("form")["hx-target"] == "#peek"


@pytest.mark.parametrize("peek", ["1", "999999999999999999999", "x", "-3", "%00", "１２"])
def test_a_peek_at_nothing_is_told_and_the_list_is_there(shared_b2b: Product, peek: str) -> None:
    browser = shared_b2b.enter("mei")
    page = browser.open(f"{LIST}&peek={peek}")
    assert page.status == 200 and len([row for row in page.tree.all("tr") if row["data-id"]]) > 5
    assert "The record to preview does not exist, or you may not see it." in page.words
    assert browser.fragment(f"{LIST}&peek={peek}", "peek").status == 404


def test_a_peek_takes_two_statements_more(shared_b2b: Product) -> None:
    browser, first = shared_b2b.enter("dana"), shown(shared_b2b, "dana")[0]
    assert count(shared_b2b, browser, f"{LIST}&peek={first}") <= count(shared_b2b, browser, LIST) + 2


def test_the_addresses_of_a_list_close_the_peek(shared_b2b: Product) -> None:
    page = shared_b2b.enter("mei").open(f"{LIST}&peek={shown(shared_b2b)[0]}")
    heads = [link["href"] for link in page.tree.one("thead").all("a")]
    assert heads and not [href for href in heads if "peek" in href]


def test_menus_come_when_they_are_opened(shared_b2b: Product) -> None:
    browser = shared_b2b.enter("mei")
    page = browser.open(LIST)
    assert page.gzipped < 12_700 and not page.tree.all("input", name="cols") and not page.tree.all("template")
    menus = {name: browser.fragment(page.named(name)["data-lazy"] or LIST, name) for name in ("columns", "filter")}
    assert len(menus["columns"].tree.all("input", name="cols")) > 10
    assert menus["filter"].named("filter").one("form").all("a", "mi") and "popover" in menus["filter"].named("filter")
