"""Columns as a person arranged them: order, hidden ones, widths and pins, for each view."""

from __future__ import annotations

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.web.test_statements import count

ALL = "/e/opportunity/v/all"
LAYOUT = f"{ALL}/layout"


def heads(page: Page) -> list[str]:
    return [head["data-column"] for head in page.tree.one("thead").all("th") if head["data-column"]]


def widths(page: Page) -> dict[str, str]:
    return {head["data-column"]: head["style"] for head in page.tree.one("thead").all("th") if head["data-column"]}


def arrange(browser: Browser, path: str = ALL, **parts: str) -> Page:
    token = browser.open(path).tree.one("meta", name="csrf-token")["content"]
    return browser.send(f"{path.partition('?')[0]}/layout", {"_csrf": token, "next": path, **parts})


def test_the_columns_chosen_in_the_menu_are_there_at_the_next_visit_of_this_person_and_view_alone(b2b: Product) -> None:
    mei = b2b.enter("mei")
    before = heads(mei.open(ALL))
    menu = mei.open(f"{ALL}?columns=open")
    page = menu.submit(LAYOUT, {"pins": "amount"})
    assert page.path == ALL and heads(page) == ["name", "amount", *(name for name in before[1:] if name != "amount")]
    assert page.tree.one("table", "dtable")["data-pins"] == "1"
    assert heads(b2b.enter("dana").open(ALL)) == before != heads(mei.open(f"{ALL}?sort=amount"))
    assert heads(mei.open(f"{ALL}?cols=name,stage,amount")) == ["name", "stage", "amount"]
    assert "Save view" not in page.words


def test_reset_puts_the_columns_of_the_view_back(b2b: Product) -> None:
    mei = b2b.enter("mei")
    before = heads(mei.open(ALL))
    assert heads(arrange(mei, cols="name,stage")) == ["name", "stage"]
    menu = mei.open(f"{ALL}?columns=open")
    assert heads(menu.submit(LAYOUT, press=("reset", "1"))) == before
    assert "disabled" in mei.open(f"{ALL}?columns=open").tree.one("button", name="reset")


def test_widths_hold_between_sixty_and_eight_hundred_and_pins_stand_at_their_sum(b2b: Product) -> None:
    mei = b2b.enter("mei")
    arrange(mei, cols="name,amount,stage,account,owner", pins="amount,stage,account,owner")
    page = arrange(mei, widths="name:300,amount:9999,stage:10,account:x,nothing:100,:5")
    assert widths(page)["amount"] == "--w:800px" and widths(page)["stage"] == "--w:60px"
    table = page.tree.one("table", "dtable")
    assert "data-sized" in table and table["data-pins"] == "3"
    assert table["style"].partition(";")[2] == "--p1:338px;--p2:1138px;--p3:1198px"


@pytest.mark.parametrize(
    "parts",
    [
        {"cols": "name,nothing,lines,password,<script>"},
        {"cols": "," * 900, "pins": "name,nothing"},
        {"widths": "a:" + "9" * 400},
        {"widths": "", "cols": "\0"},
    ],
)
def test_whatever_is_sent_the_list_stays_a_list(b2b: Product, parts: dict[str, str]) -> None:
    mei = b2b.enter("mei")
    page = arrange(mei, **parts)
    assert page.status == 200 and heads(page)[0] == "name" and "script" not in " ".join(heads(page))


def test_a_view_that_is_not_there_or_no_list_takes_no_layout(b2b: Product) -> None:
    mei = b2b.enter("mei")
    token = {"_csrf": mei.open(ALL).tree.one("meta", name="csrf-token")["content"], "cols": "name"}
    for path in ("/e/opportunity/v/nothing", "/e/opportunity/v/board", "/e/nothing/v/all"):
        assert mei.send(f"{path}/layout", token).status == 404


def test_a_saved_view_has_a_layout_of_its_own_on_top_of_its_columns(b2b: Product) -> None:
    mei = b2b.enter("mei")
    view = mei.open(f"{ALL}?cols=name,amount,stage").submit("/e/opportunity/views", {"name": "Three"}).path
    assert heads(mei.open(view)) == ["name", "amount", "stage"]
    assert heads(arrange(mei, view, cols="name,stage")) == ["name", "stage"]
    assert heads(mei.open(f"{view}?cols=name,owner")) == ["name", "owner"] != heads(mei.open(ALL))


def test_a_layout_costs_a_list_no_statement(b2b: Product) -> None:
    mei = b2b.enter("mei")
    before = count(b2b, mei, ALL)
    arrange(mei, cols="name,amount,stage,probability,source", pins="amount", widths="name:300")
    assert count(b2b, mei, ALL) == before <= 4
