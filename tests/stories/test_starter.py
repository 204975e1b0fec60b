"""The smallest blueprint, as its people use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product, found, running


@pytest.fixture
def starter(tmp_path: Path) -> Iterator[Product]:
    found(tmp_path, "starter")
    with running(tmp_path) as product:
        yield product


def test_a_member_keeps_contacts_in_a_blank_workspace(starter: Product) -> None:
    member = starter.enter("mei")
    home = member.open("/")
    assert home.texts("h1") == ["Good morning, 林梅 Mei Lin"]
    page = home.follow("Contacts", inside="nav")
    assert page.path == "/e/contact" and "3 records" in page.words
    made = page.follow("New contact").submit("/e/contact/new", {"name": "Ada", "email": "ADA@Example.com"})
    assert made.texts("h1") == ["Ada"] and made.named("p-email").text == "E-mail ADA@example.com"
    edited = made.follow("Edit").submit(f"{made.path}/edit", {"phone": "+1 617 555 0188", "notes": "First\nsecond"})
    assert "(617) 555-0188" in edited.words and "First second" in edited.words
    gone = edited.submit(f"{made.path}/delete")
    assert gone.path == "/e/contact" and "3 records" in gone.words
    assert "4 records" in gone.submit(f"{made.path}/restore").browser.open("/e/contact").words


def test_a_member_deletes_only_what_is_theirs(starter: Product) -> None:
    jonas = f"/e/contact/{starter.ids('contact', 'name:contains:Jonas')[0]}"
    page = starter.enter("mei").open(jonas)
    assert page.tree.all("a", href=f"{jonas}/edit") and not page.tree.all("form", action=f"{jonas}/delete")
