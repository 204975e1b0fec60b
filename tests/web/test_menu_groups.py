"""Groups of the menu: folded from the start, folded by a person, for some roles, and open around the page one is on."""

from __future__ import annotations

from tests.browsing.browser import Browser, Page
from tests.product import Product


def groups(page: Page) -> dict[str, bool]:
    """Group -> whether its links are shown."""
    return {group["data-group"]: "open" in group for group in page.tree.all("details", "side__group")}


def fold(browser: Browser, names: str) -> None:
    browser.client.cookies.set("crm_folded", names, domain="crm.example.com", path="/")


def test_a_group_is_for_the_roles_that_work_in_it(shared_b2b: Product) -> None:
    assert list(groups(shared_b2b.enter("mei").open("/"))) == ["sales", "closing", "service", "catalogue"]
    assert list(groups(shared_b2b.enter("felix").open("/"))) == ["sales", "closing", "money", "catalogue", "setup"]
    everything = ["sales", "closing", "marketing", "money", "service", "partners", "catalogue", "setup"]
    assert list(groups(shared_b2b.enter("dana").open("/"))) == everything


def test_a_group_begins_folded_and_stays_as_it_was_left_but_around_the_page_it_is_open(shared_b2b: Product) -> None:
    browser = shared_b2b.enter("mei")
    assert [name for name, shown in groups(browser.open("/")).items() if not shown] == ["catalogue"]
    assert groups(browser.open("/e/product"))["catalogue"]
    fold(browser, "sales.closing.nonsense")
    assert [name for name, shown in groups(browser.open("/")).items() if shown] == ["service", "catalogue"]
    assert groups(browser.open("/e/account"))["sales"]
    fold(browser, "%00;<script>")
    assert all(groups(browser.open("/")).values())


def test_a_group_is_folded_for_those_who_have_nothing_but_the_roles_named(shared_b2b: Product) -> None:
    def shown(person: str) -> list[str]:
        return [name for name, shown in groups(shared_b2b.enter(person).open("/")).items() if shown]

    assert shown("dana") == ["sales", "service"]
    assert "money" in shown("felix")


def test_every_link_of_a_folded_group_is_on_the_page(shared_b2b: Product) -> None:
    browser = shared_b2b.enter("mei")
    fold(browser, "sales")
    assert {"/e/opportunity", "/e/lead", "/e/activity"} <= {a["href"] for a in browser.open("/").tree.all("a", "nav")}
