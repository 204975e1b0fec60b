"""The search page and the command palette."""

from __future__ import annotations

from engine.access.actor import ENGINE
from tests.product import Product


def test_a_search_finds_records_of_every_entity_the_best_first(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    page = admin.open("/search?q=winterreach")
    groups = [section.one("h2").text for section in page.tree.all("section", class_="search-group")]
    first = page.tree.all("a", class_="hit")[0]
    assert groups[0] == "Accounts" and len(groups) > 1
    assert "Winterreach" in first.text and admin.open(first["href"]).status == 200


def test_a_search_that_finds_nothing_says_how_it_looks(shared_b2b: Product) -> None:
    page = shared_b2b.enter("dana").open("/search?q=%22%20zzqx")
    assert page.tree.one("h2").text == 'Nothing found for " zzqx'
    assert "beginning of words" in page.words


def test_the_palette_offers_what_was_opened_last_and_what_can_be_begun(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    record = shared_b2b.ids("account", "name:starts_with:Winterreach")[0]
    admin.open(f"/e/account/{record}")
    page = admin.open("/palette")
    heads = [head.text for head in page.tree.all("div", class_="menu__head")]
    links = {link["href"] for link in page.tree.all("a")}
    assert heads == ["Recent", "Actions"]
    assert {f"/e/account/{record}", "/e/account/new", "/profile", "/users"} <= links


def test_the_palette_finds_records_views_and_actions(shared_b2b: Product) -> None:
    page = shared_b2b.enter("dana").open("/palette?q=account")
    links = {link["href"] for link in page.tree.all("a")}
    assert {"/e/account/new", "/search?q=account"} <= links
    assert any(link.startswith("/e/account/v/") for link in links)


def test_a_search_takes_a_bounded_number_of_statements(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    with shared_b2b.services.database.count_statements() as statements:
        admin.open("/palette?q=a")
    assert len([statement for statement in statements if statement.startswith("SELECT")]) <= 10


def test_of_few_records_the_best_comes_first_and_of_many_the_newest(b2b: Product) -> None:
    store = b2b.services.store
    for name in ("Zephyrlight", *(f"Old Zephyrlight {number}" for number in range(9)), "Zephyrlight South"):
        store.create(ENGINE, "account", {"name": name})
    admin = b2b.enter("dana")
    palette = admin.open("/palette?q=zephyrlight").tree.all("a")
    found = [link.text for link in palette if "/e/account/" in link["href"]]
    assert [text.split(" Account")[0] for text in found[:3]] == [
        "Zephyrlight",
        "Zephyrlight South",
        "Old Zephyrlight 8",
    ]
    for number in range(50):
        store.create(ENGINE, "account", {"name": f"New Zephyrlight {number}"})
    assert "New Zephyrlight 49" in admin.open("/palette?q=zephyrlight").words
