from __future__ import annotations

import pytest

from engine.web.views import exports
from tests.product import Product, log_in


def inbox(product: Product, name: str) -> list[str]:
    return [
        item.one("span", "notice__text").all("span")[0].text
        for item in product.enter(name).open("/inbox").tree.all("li", "notice")
    ]


def test_many_failures_stand_in_the_inbox_of_administrators(b2b: Product) -> None:
    for _ in range(6):
        log_in(b2b.browser("10.0.0.9"), "mei@example.org", "a wrong password")
    assert sum("Many sign-ins as 林梅 Mei Lin failed" in text for text in inbox(b2b, "dana")) == 1
    assert not any("Many sign-ins" in text for text in inbox(b2b, "henrik"))


def test_a_sign_in_from_a_new_place_is_told_to_the_person_and_administrators_once(b2b: Product) -> None:
    for address in ("10.0.0.1", "10.0.0.77", "203.0.113.5", "203.0.113.9"):
        log_in(b2b.browser(address), "mei@example.org")
    for name in ("mei", "dana"):
        assert sum("signed in from a new place" in text for text in inbox(b2b, name)) == 1
    notice = b2b.enter("mei").open("/inbox")
    opens = next(form["action"] for form in notice.tree.all("form") if form["action"].endswith("/open"))
    assert notice.submit(opens).path == "/profile"


def test_a_mass_export_and_a_forgotten_password_are_told(b2b: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MANY_EXPORTED", 3)
    b2b.enter("dana").open("/e/product/export?v=all").submit("/e/product/export", {"format": "csv"})
    b2b.browser().open("/forgot").submit("/forgot", {"email": "mei@example.org"})
    found = inbox(b2b, "dana")
    assert any("Dana Whitlock exported many records: Products (" in text for text in found)
    assert any("林梅 Mei Lin asked for a new password" in text for text in found)
