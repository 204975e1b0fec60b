"""Duplicates: told while a record is made, listed on a page, told apart by people; nothing is hinted at."""

from __future__ import annotations

import pytest

from engine.access.actor import ENGINE
from tests.browsing.browser import Browser, Page
from tests.product import Product

NEW, PAGE = "/e/account/new", "/e/account/duplicates"


def add(product: Product, **values: object) -> int:
    assert product.services.workspace is not None
    return product.services.workspace.store.create(ENGINE, "account", {"lifecycle": "prospect", **values})


def near(browser: Browser, **typed: str) -> Page:
    page = browser.open(NEW)
    pairs = [(name, value) for name, value in page.form(NEW).filled(typed) if name != "logo"]
    return browser.send("/e/account/near", pairs, hx_request="true")


def test_what_may_be_there_is_told_while_it_is_typed(b2b: Product) -> None:
    zebra = add(b2b, name="斑马工厂有限公司", website="https://zebra.cn")
    told = near(b2b.enter("dana"), name="斑马工厂")
    assert told.status == 200 and "This may already exist" in told.words and "Similar name" in told.words
    assert told.tree.one("a")["href"] == f"/e/account/{zebra}"
    assert near(b2b.enter("dana"), name="Nothing like it at all").html.strip() == ""


def test_without_script_the_first_save_tells_and_the_second_creates(b2b: Product) -> None:
    add(b2b, name="Zebra Works Ltd")
    admin = b2b.enter("dana")
    told = admin.open(NEW).submit(NEW, {"name": "Zebra Works"})
    assert told.status == 422 and "This may already exist" in told.words and "Create anyway" in told.words
    made = told.submit(NEW)
    assert made.texts(kind="toast") == ["Zebra Works created"]


def test_a_certain_match_is_created_only_when_asked_for(b2b: Product) -> None:
    admin, form = b2b.enter("dana"), "/e/contact/new"
    assert b2b.services.workspace is not None
    row = b2b.services.workspace.store.get(ENGINE, "contact", b2b.ids("contact")[0]).row
    told = admin.open(form).submit(form, {"name": "Somebody Else", "email": str(row["email"]).upper()})
    assert told.status == 422 and "Same e-mail" in told.words
    again = told.submit(form)
    assert again.status == 422 and "Create anyway" in again.words
    insisted = again.submit(form, press=("anyway", "1"))
    assert "Same e-mail" not in insisted.words


def test_the_page_groups_them_best_first_and_leads_to_merging(b2b: Product) -> None:
    one, other = add(b2b, name="Zebra Works"), add(b2b, name="Zebra Works Ltd", website="https://zebra.com")
    third = add(b2b, name="Zebra Wrks", website="https://zebra.com")
    page = b2b.enter("dana").open(PAGE)
    group = next(found for found in page.tree.all("li", kind="dups__g") if "Zebra" in found.text)
    assert [a["href"] for a in group.all("a", kind="quiet")] == [f"/e/account/{each}" for each in (one, other, third)]
    link = group.one("a", kind="btn")["href"]
    assert {f"id={each}" for each in (one, other, third)} == set(link.partition("?")[2].split("&"))


def test_what_people_tell_apart_stays_apart_until_they_take_it_back(b2b: Product) -> None:
    add(b2b, name="Zebra Works")
    add(b2b, name="Zebra Works Ltd")
    admin = b2b.enter("dana")
    page = admin.open(PAGE)
    form = next(found for found in page.tree.all("li", kind="dups__g") if "Zebra" in found.text).one("form")
    pairs = [(each["name"], each["value"]) for each in form.all("input")]
    apart = admin.send(f"{PAGE}/apart", pairs)
    assert "Zebra" not in apart.named("main").text
    back = apart.submit(apart.tree.one(kind="toast").one("form")["action"])
    assert "Zebra" in back.named("main").text


def test_records_in_the_bin_and_changed_ones_are_duplicates_no_more(b2b: Product) -> None:
    one, other = add(b2b, name="Zebra Works"), add(b2b, name="Zebra Works Ltd")
    assert b2b.services.workspace is not None
    store, admin = b2b.services.workspace.store, b2b.enter("dana")
    assert "Zebra" in admin.open(PAGE).named("main").text
    store.delete(ENGINE, "account", one)
    assert "Zebra" not in admin.open(PAGE).named("main").text
    store.restore(ENGINE, "account", one)
    store.change(ENGINE, "account", other, {"name": "Something Else"})
    assert "Zebra" not in admin.open(PAGE).named("main").text


@pytest.mark.parametrize("query", ["?after=nonsense", "?after=%00", "?after[]=1"])
def test_hostile_addresses_show_the_first_page(shared_b2b: Product, query: str) -> None:
    assert shared_b2b.enter("dana").open(PAGE + query).status == 200


def test_the_page_takes_the_same_statements_however_many_there_are(b2b: Product) -> None:
    admin = b2b.enter("dana")
    add(b2b, name="Zebra Works")
    add(b2b, name="Zebra Works Ltd")
    admin.open(PAGE)
    with b2b.services.database.count_statements() as few:
        admin.open(PAGE)
    for number in range(12):
        add(b2b, name=f"Herd {number} Works")
        add(b2b, name=f"Herd {number} Works GmbH")
    admin.open(PAGE)
    with b2b.services.database.count_statements() as many:
        admin.open(PAGE)
    assert len(few) == len(many) <= 9
