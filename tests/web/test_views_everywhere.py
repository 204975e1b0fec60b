"""Every kind of view on both databases: the same page, with the same numbers."""

from __future__ import annotations

import pytest

from tests.product import Product


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/e/opportunity/v/by_owner", "swim"),
        ("/e/opportunity/v/board", "kcard"),
        ("/e/opportunity/v/closing?day=2026-03-20", "ev"),
        ("/e/activity/v/calendar?day=2026-03-04&span=week", "ev"),
        ("/e/product/v/gallery", "gcard"),
        ("/e/account/v/groups", "tree__row"),
        ("/e/account/v/groups?q=e", "tree__row"),
        ("/e/opportunity/v/pivot", "pivot__t"),
        ("/e/opportunity/v/pivot?f=any(stage:any_of:demo;amount:at_least:5000)", "pivot__t"),
        ("/e/opportunity/v/closing?day=2026-03-20&f=any(stage:any_of:demo;amount:at_least:5)", "ev"),
        ("/e/account/v/groups?f=any(tier:any_of:a;tier:any_of:b)", "tree__row"),
        ("/e/product/v/gallery?f=any(list_price:at_least:5;code:empty)", "gcard"),
    ],
)
@pytest.mark.parametrize("person", ["dana", "mei"])
def test_a_view_shows_what_it_is_made_of(shared_crm: Product, path: str, kind: str, person: str) -> None:
    page = shared_crm.enter(person).open(path)
    assert page.status == 200 and page.tree.all("", kind)


@pytest.mark.parametrize("by", ["day", "month", "quarter", "year"])
@pytest.mark.parametrize("field", ["created_at", "close_date"])
def test_a_pivot_by_time_counts_every_record_once(shared_crm: Product, field: str, by: str) -> None:
    page = shared_crm.enter("dana").open(
        f"/e/opportunity/v/pivot?rows={field}.{by}&rows=account&across=stage&measure=count"
    )
    rows = page.tree.one("table", "pivot__t").one("tfoot").texts("td")
    assert sum(int(number.replace(",", "")) for number in rows[:-1]) == int(rows[-1].replace(",", "")) > 0


def test_a_row_opens_and_a_ring_is_refused(shared_crm: Product) -> None:
    browser = shared_crm.enter("dana")
    toggle = browser.open("/e/account/v/groups").tree.one("a", "tree__toggle")
    row = browser.open(toggle["href"]).tree.one("tr", "tree__row", aria_expanded="true")
    below = browser.fragment(toggle["data-below"]).tree.one("tr", "tree__row")
    path = f"/e/account/{row['data-id']}/edit"
    assert "cannot stand below itself" in browser.open(path).submit(path, {"parent": below["data-id"]}).words


def test_a_view_without_records_does_not_say_that_there_are_none_at_all(shared_b2b: Product) -> None:
    words = shared_b2b.enter("dana").open("/e/activity").words
    assert "No activities match this view" in words and "No activities yet" not in words
