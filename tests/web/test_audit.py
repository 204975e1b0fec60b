from __future__ import annotations

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product, log_in
from tests.web.api.client import token_of
from tests.web.test_statements import count


def told(page: Page) -> list[str]:
    return [item.all("span", "audit__main")[0].all("span")[0].text for item in page.tree.all("li", "audit__i")]


def audit(product: Product) -> list[str]:
    """What an admin reads, without how they came in to read it."""
    return [text for text in told(product.enter("dana").open("/audit")) if text != "Dana Whitlock signed in"]


def test_coming_in_and_going_out_is_written_down(b2b: Product) -> None:
    mei, guest = b2b.enter("mei"), b2b.browser("10.0.0.7")
    log_in(guest, "mei@example.org", "not the password")
    log_in(guest, "ghost@example.org", "not the password")
    log_in(guest, "my secret pass", "not the password")
    mei.open("/profile").submit("/logout")
    name = "林梅 Mei Lin"
    assert audit(b2b) == [
        f"{name} signed out",
        "A sign-in as somebody unknown failed",
        "A sign-in as ghost@example.org failed",
        f"A sign-in as {name} failed",
        f"{name} signed in",
    ]
    page = b2b.enter("dana").open("/audit?kind=sign_in_failed")
    assert "10.0.0.7" in page.words and "my secret pass" not in page.html


def test_passwords_rights_tokens_and_exports_are_written_down(b2b: Product) -> None:
    dana, token = b2b.enter("dana"), token_of(b2b, "mei")
    dana.open("/users").submit("/users", {"name": "Noor Haddad", "email": "noor@example.org", "role": "admin"})
    noor = next(item for item in dana.open("/users").tree.all("li") if "noor@" in item.text).one("a")["href"]
    dana.open(f"{noor}/deactivate").submit(f"{noor}/deactivate")
    page = dana.open("/profile/tokens")
    page.submit(next(f["action"] for f in page.tree.all("form") if f["action"].endswith("/revoke")))
    dana.open("/e/product/export?v=all").submit("/e/product/export", {"format": "csv"})
    said = audit(b2b)
    assert said[0].startswith("Dana Whitlock exported Products (")
    assert "revoked the API token “Test” of" in said[1] and said[2] == "Dana Whitlock deactivated Noor Haddad"
    assert said[3] == "Dana Whitlock made a link for Noor Haddad to set a password with"
    assert " added Noor Haddad as " in said[4] and "the API token “Test” of" in said[5]
    assert token not in dana.open("/audit").html


def test_the_page_is_filtered_and_paged(b2b: Product) -> None:
    services = b2b.services
    with services.database.write() as connection:
        for number in range(60):
            services.audit.note(connection, "imported", None, about=("account", None), count=number)
    dana = b2b.enter("dana")
    first = dana.open("/audit?kind=imported&days=7")
    assert told(first)[0] == "The system imported Accounts (59)" and len(told(first)) == 50
    older = next(link["href"] for link in first.tree.all("a") if "after=" in link["href"])
    assert told(dana.open(older))[-1] == "The system imported Accounts (0)" and len(told(dana.open(older))) == 10
    assert (
        told(dana.open("/audit?kind=exported")) == []
        and "Nothing like this happened" in dana.open("/audit?kind=exported").words
    )
    assert len(told(dana.open("/audit?kind=nonsense&who=x&days=9&after=zzz"))) == 50


def test_the_file_has_every_entry_of_the_filter_and_is_written_down_itself(b2b: Product) -> None:
    guest = b2b.browser()
    log_in(guest, "=cmd@example.org", "wrong password")
    log_in(guest, "ghost@example.org", "wrong password")
    page = b2b.enter("dana").open("/audit?kind=sign_in_failed")
    answer = page.submit("/audit/export")
    lines = answer.html.splitlines()
    assert lines[0].removeprefix("\ufeff") == "Time (UTC),Person,Kind,What happened,Address,Device,Way"
    assert [line.split(",")[3] for line in lines[1:]] == [
        "A sign-in as ghost@example.org failed",
        "A sign-in as somebody unknown failed",
    ]
    assert audit(b2b)[0].endswith("saved the audit as a file")


def test_nobody_but_an_admin_reads_it(shared_b2b: Product) -> None:
    mei: Browser = shared_b2b.enter("mei")
    assert mei.open("/audit").status == 404


@pytest.mark.parametrize("query", ["", "?kind=signed_in"])
def test_it_takes_few_statements_however_many_entries_there_are(shared_b2b: Product, query: str) -> None:
    assert count(shared_b2b, shared_b2b.enter("dana"), f"/audit{query}") <= 5
