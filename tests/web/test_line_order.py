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


def ordered(page: Page, record: str, *lines: str, **more: str) -> dict[str, str]:
    """What the form posts once its line items stand in this order."""
    values = page.form(f"{record}/edit").filled({})
    texts = dict(values) | more
    numbers = {texts[f"lines.{n}.id"]: n for n in range(len(lines))}
    return texts | {f"lines.{numbers[line]}._place": str(place) for place, line in enumerate(lines)}


def test_a_form_changes_their_order_and_the_history_tells_it(crm: Product) -> None:
    sales, record = crm.enter("mei"), with_lines(crm)
    first, *others, last = lines(sales.open(record))
    form = sales.open(f"{record}/edit")
    saved = sales.send(f"{record}/edit", ordered(form, record, last, *others, first))
    assert lines(saved) == [last, *others, first]
    assert "Products Order changed." in sales.fragment(f"{record}/history").words
    again = sales.open(f"{record}/edit")
    sales.send(f"{record}/edit", ordered(again, record, last, *others, first))
    assert sales.fragment(f"{record}/history").words.count("Order changed.") == 1


def test_a_refused_form_keeps_their_order(b2b: Product) -> None:
    sales, record = b2b.enter("mei"), with_lines(b2b)
    first, *others, last = lines(sales.open(record))
    form = sales.open(f"{record}/edit")
    refused = sales.send(f"{record}/edit", ordered(form, record, last, *others, first, name=""))
    values = refused.form(f"{record}/edit").values
    assert refused.status == 422
    assert [values[f"lines.{n}.id"] for n in range(len(others) + 2)] == [last, *others, first]
    assert [values[f"lines.{n}._place"] for n in range(2)] == ["0", "1"]


def test_without_script_a_row_of_the_form_goes_one_up_and_nothing_is_written(b2b: Product) -> None:
    sales, record = b2b.enter("mei"), with_lines(b2b)
    before = lines(sales.open(record))
    form = sales.open(f"{record}/edit")
    moved = form.submit(f"{record}/edit", {"lines.1.quantity": "77"}, press=("_up", "lines.1"))
    values = moved.form(f"{record}/edit").values
    assert [values[f"lines.{n}.id"] for n in range(2)] == [before[1], before[0]]
    assert (values["lines.0.quantity"], lines(sales.open(record))) == ("77", before)


def test_moving_a_row_on_the_record_is_in_its_history(b2b: Product) -> None:
    sales, record = b2b.enter("mei"), with_lines(b2b)
    place(sales, record, lines(sales.open(record))[0], "", hx_request="true")
    assert "Products Order changed." in sales.fragment(f"{record}/history").words
