"""Several records become one on a page: what is chosen, who may, what is told, and the way back."""

from __future__ import annotations

import pytest

from engine.access.actor import ENGINE
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from tests.browsing.browser import Browser, Page
from tests.product import Product

MERGE = "/e/account/merge"


def two(product: Product) -> tuple[int, int]:
    assert product.services.workspace is not None
    store = product.services.workspace.store
    one = store.create(ENGINE, "account", {"name": "Zebra Works", "lifecycle": "prospect", "employees": 40})
    other = store.create(ENGINE, "account", {"name": "Zebra Works Ltd", "lifecycle": "prospect", "domain": "zebra.com"})
    store.create(ENGINE, "contact", {"name": "Zoe Zebra", "account": other})
    return one, other


def home_of_zoe(product: Product) -> int:
    assert product.services.workspace is not None
    found = product.services.workspace.store.list(
        ENGINE, ListQuery("contact", ("account",)), PageRequest(search="Zoe Zebra")
    )
    return int(found.rows[0]["account"])


def open_merge(browser: Browser, *ids: int) -> Page:
    return browser.open(f"{MERGE}?" + "&".join(f"id={each}" for each in ids))


def test_the_fuller_record_stays_and_is_filled_from_the_other(b2b: Product) -> None:
    one, other = two(b2b)
    page = open_merge(b2b.enter("dana"), one, other)
    form = page.form(MERGE)
    assert page.status == 200 and form.values["survivor"] == str(one)
    assert form.values["choose__domain"] == str(other) and form.values["choose__employees"] == str(one)
    assert "1 Contact and comments" in page.words and "Zebra Works Ltd" in page.words


def test_merged_records_are_one_and_come_back_by_undo(b2b: Product) -> None:
    one, other = two(b2b)
    admin = b2b.enter("dana")
    merged = open_merge(admin, one, other).submit(MERGE, {"survivor": str(one), "choose__name": str(other)})
    assert merged.path == f"/e/account/{one}" and merged.texts(kind="toast") == ["2 records became this one. Undo Z"]
    assert "Zebra Works Ltd" in merged.words and "zebra.com" in merged.words
    assert home_of_zoe(b2b) == one
    assert admin.open(f"/e/account/{other}").path == f"/e/account/{one}"
    bin = admin.open("/bin?entity=account")
    assert "Merged into Zebra Works Ltd" in bin.words
    undone = merged.submit(merged.tree.one(kind="toast").one("form")["action"])
    assert undone.status == 200 and undone.path == f"/e/account/{one}"
    assert admin.open(f"/e/account/{other}").path == f"/e/account/{other}"
    assert home_of_zoe(b2b) == other
    assert "zebra.com" not in admin.open(f"/e/account/{one}").words


def test_what_was_written_in_the_other_is_read_with_the_one_that_stays(b2b: Product) -> None:
    one, other = two(b2b)
    admin = b2b.enter("dana")
    open_merge(admin, one, other).submit(MERGE, {"survivor": str(one)})
    told = admin.fragment(f"/e/account/{one}/history").words
    assert "of Zebra Works Ltd, merged into this one" in told


def test_what_stands_against_it_is_told_beside_the_field(b2b: Product) -> None:
    one, other = two(b2b)
    page = open_merge(b2b.enter("dana"), one, other)
    pairs = [(name, value) for name, value in page.form(MERGE).filled({"survivor": str(one)})]
    refused = page.browser.send(MERGE, [*pairs, ("choose__created_by", str(other))])
    assert refused.status == 422 and "choose__domain" in refused.form(MERGE).values


@pytest.mark.parametrize("ids", [(), (1,), ("x", "y"), ("-1", "2"), tuple(range(1, 8))])
def test_too_few_too_many_and_hostile_ids_are_told(shared_b2b: Product, ids: tuple[object, ...]) -> None:
    page = shared_b2b.enter("dana").open(f"{MERGE}?" + "&".join(f"id={each}" for each in ids))
    assert page.texts(kind="toast") == ["Two to 5 different records can be merged at once."]


def test_records_one_may_not_see_or_delete_are_not_merged(b2b: Product) -> None:
    one, other = two(b2b)
    assert open_merge(b2b.enter("dana"), one, 999).status == 404
    sales = b2b.enter("mei")
    assert open_merge(sales, one, other).status in (403, 404)


def test_the_bar_of_a_list_leads_to_the_page(b2b: Product) -> None:
    one, other = two(b2b)
    admin = b2b.enter("dana")
    page = admin.open("/e/account/v/all")
    bar = page.named("bulk").one("button", formaction=MERGE)
    pairs = [(name, value) for name, value in page.form("/e/account/bulk").filled({}) if name != "id"]
    opened = admin.send(bar["formaction"], [*pairs, ("id", str(one)), ("id", str(other))])
    assert opened.path == f"{MERGE}?id={one}&id={other}" and "Merge 2 accounts" in opened.words


def test_the_page_takes_the_same_statements_however_much_hangs_on_the_records(b2b: Product) -> None:
    one, other = two(b2b)
    admin = b2b.enter("dana")
    open_merge(admin, one, other)
    with b2b.services.database.count_statements() as few:
        open_merge(admin, one, other)
    assert b2b.services.workspace is not None
    for number in range(5):
        b2b.services.workspace.store.create(ENGINE, "contact", {"name": f"Zoe {number}", "account": other})
    with b2b.services.database.count_statements() as many:
        open_merge(admin, one, other)
    assert len(few) == len(many) <= 8
