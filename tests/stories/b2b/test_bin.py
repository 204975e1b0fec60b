"""The recycle bin: what was deleted is found again, by those who may see it, and comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.access.actor import ENGINE
from engine.web.views import bin
from tests.browsing.browser import Browser, Page
from tests.product import Product


def delete(browser: Browser, entity: str, record: int) -> None:
    browser.open(f"/e/{entity}/{record}").submit(f"/e/{entity}/{record}/delete")


def titles(page: Page) -> list[str]:
    return [row.one("a").text for row in page.tree.all("li", "bin__i")]


def title(browser: Browser, address: str) -> str:
    return browser.open(address).texts("h1")[0]


def test_what_was_deleted_is_in_the_bin_newest_first_and_is_restored_there(crm: Product) -> None:
    admin = crm.enter("dana")
    assert "Nothing in the bin" in admin.open("/bin").words
    contact, activity = crm.ids("contact")[0], crm.ids("activity")[0]
    names = [title(admin, f"/e/contact/{contact}"), title(admin, f"/e/activity/{activity}")]
    delete(admin, "contact", contact)
    crm.clock.advance(timedelta(hours=2))
    delete(admin, "activity", activity)
    page = admin.open("/bin")
    assert titles(page) == names[::-1] and "Contact, deleted by Dana Whitlock" in page.words
    assert "2 h ago" in page.words
    assert (
        titles(admin.open("/bin?entity=contact")) == names[:1] and titles(admin.open("/bin?entity=user")) == names[::-1]
    )
    back = admin.open("/bin?entity=contact").submit(f"/e/contact/{contact}/restore")
    assert back.path == "/bin?entity=contact" and titles(back) == [] and f"{names[0]} restored" in back.words
    assert title(admin, f"/e/contact/{contact}") == names[0]


def test_nobody_finds_in_the_bin_what_they_may_not_read_nor_a_button_for_what_they_may_not_restore(
    crm: Product,
) -> None:
    own, others = crm.ids("opportunity", person="mei"), crm.ids("opportunity", "stage:any_of:demo")
    hidden = next(number for number in others if number not in own)
    admin, sales = crm.enter("dana"), crm.enter("mei")
    names = {number: title(admin, f"/e/opportunity/{number}") for number in (own[0], hidden)}
    mine, toms = (crm.ids("contact", "owner:is_me", person=name)[0] for name in ("mei", "tom"))
    for entity, number in (("opportunity", hidden), ("opportunity", own[0]), ("contact", mine), ("contact", toms)):
        delete(admin, entity, number)
    page = sales.open("/bin")
    assert names[own[0]] in titles(page) and f"/e/opportunity/{hidden}" not in page.html
    rows = {row.one("a")["href"]: bool(row.all("form")) for row in page.tree.all("li", "bin__i")}
    assert (rows[f"/e/contact/{mine}"], rows[f"/e/contact/{toms}"]) == (True, False)


def test_a_record_whose_unique_value_was_taken_meanwhile_stays_and_says_why(crm: Product) -> None:
    admin, contact = crm.enter("dana"), crm.ids("contact", "email:not_empty")[0]
    values = admin.open(f"/e/contact/{contact}/edit").form(f"/e/contact/{contact}/edit").values
    delete(admin, "contact", contact)
    kept = ("name", "account", "email")
    admin.open("/e/contact/new").submit("/e/contact/new", {name: values[name] for name in kept if name in values})
    page = admin.open("/bin").submit(f"/e/contact/{contact}/restore")
    assert page.path == "/bin" and len(titles(page)) == 1 and "the same value" in page.named("toasts").text


def test_the_bin_is_read_page_by_page_in_few_statements(crm: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bin, "PAGE", 2)
    admin, workspace = crm.enter("dana"), crm.services.workspace
    assert workspace is not None
    found = [("contact", number) for number in crm.ids("contact")[:3]] + [("activity", crm.ids("activity")[0])]
    for entity, number in found:
        workspace.store.delete(ENGINE, entity, number)
    first = admin.open("/bin")
    second = first.follow("Show earlier")
    shown = [row.one("a")["href"] for page in (first, second) for row in page.tree.all("li", "bin__i")]
    assert sorted(shown) == sorted(f"/e/{entity}/{number}" for entity, number in found)
    assert "Show earlier" not in second.words and titles(admin.open("/bin?after=nonsense")) == titles(first)
    with crm.services.database.count_statements() as statements:
        admin.open("/bin")
    assert len(statements) <= 1 + 1 + 3


def test_the_newest_of_a_large_bin_are_found_through_an_index(crm: Product) -> None:
    assert crm.services.workspace is not None
    indexes = {index.name for index in crm.services.workspace.store.model.table("contact").indexes}
    assert "ix_e_contact_deleted_at_id" in indexes
