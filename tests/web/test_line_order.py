"""Line items in an order of one's own: put before another, last, one up without script; kept wherever they stand."""

from __future__ import annotations

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product


def with_lines(product: Product) -> str:
    """An opportunity of Mei's with at least three line items."""
    for found in product.ids("opportunity", "owner:is_me", "stage:any_of:demo", person="mei"):
        record = f"/e/opportunity/{found}"
        if len(lines(product.enter("mei").open(record))) >= 3:
            return record
    raise AssertionError("the demo has none")


def lines(page: Page) -> list[str]:
    return [row["data-id"] for row in page.named("lines-lines").all("tr") if row["data-id"]]


def place(sales: Browser, record: str, line: str, before: str | None = None, **headers: str) -> Page:
    address = f"/e/opportunity_line/{line}/place"
    values = sales.open(record).form(address).values | ({} if before is None else {"before": before})
    return sales.send(address, values, **headers)


def test_a_line_item_is_put_before_another_or_last_and_stays_there(crm: Product) -> None:
    sales, record = crm.enter("mei"), with_lines(crm)
    first, *others, last = lines(sales.open(record))
    assert place(sales, record, last, first, hx_request="true").status == 200
    assert lines(sales.open(record)) == [last, first, *others]
    place(sales, record, last, "", hx_request="true")
    assert lines(sales.open(record)) == [first, *others, last]
    form = sales.open(f"{record}/edit").form(f"{record}/edit").values
    assert [form[f"lines.{number}.id"] for number in range(len(others) + 2)] == [first, *others, last]


def test_without_script_a_line_item_goes_one_up(crm: Product) -> None:
    sales, record = crm.enter("mei"), with_lines(crm)
    before = lines(sales.open(record))
    moved = place(sales, record, before[2])
    assert moved.path == record and lines(moved) == [before[0], before[2], before[1], *before[3:]]
    assert lines(place(sales, record, before[0])) == lines(moved)


@pytest.mark.parametrize("before", ["17", "x", "9" * 40])
def test_a_line_item_is_put_before_none_but_one_of_its_record(crm: Product, before: str) -> None:
    sales, record = crm.enter("mei"), with_lines(crm)
    asked = lines(sales.open(record))
    assert place(sales, record, asked[0], before, hx_request="true").status == 404
    assert lines(sales.open(record)) == asked


def test_who_may_not_see_the_record_moves_nothing_of_it(b2b: Product) -> None:
    sales, record = b2b.enter("mei"), with_lines(b2b)
    line = lines(sales.open(record))[0]
    stranger = next(b for b in map(b2b.enter, ("tom", "priya", "jun")) if b.open(record).status == 404)
    token = stranger.open("/profile").form("/profile").values["_csrf"]
    answer = stranger.send(f"/e/opportunity_line/{line}/place", {"_csrf": token, "before": ""}, hx_request="true")
    assert answer.status == 404
    assert lines(sales.open(record))[0] == line
