from __future__ import annotations

from datetime import timedelta

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.web.api.client import Client, token_of

PAGE = "/profile/tokens"


def make(browser: Browser, **typed: str) -> Page:
    return browser.open(PAGE).submit(PAGE, {"name": "Website", "scope": "read", "expires": "30", **typed})


def test_a_person_makes_a_token_sees_it_once_and_revokes_it(b2b: Product) -> None:
    mei = b2b.enter("mei")
    assert PAGE in [link["href"] for link in mei.open("/profile").tree.all("a")]
    made = make(mei)
    token = made.tree.one("code", "secret").text
    api = Client(b2b.browser().client, token)
    assert api.get("opportunity?limit=1")["data"] and api.refused("POST", "opportunity", {})[0] == 403
    again = mei.open(PAGE)
    assert token not in again.html and "Website" in again.words and f"crm_…{token[-4:]}" in again.words
    assert "Read · used" in again.words
    action = next(form["action"] for form in again.tree.all("form") if form["action"].endswith("/revoke"))
    assert again.submit(action).path == PAGE
    assert api.refused("GET", "opportunity")[0] == 401
    assert "Revoked" in mei.open(PAGE).words


def test_a_token_reaches_what_is_chosen_and_ends_in_time(b2b: Product) -> None:
    browser = b2b.enter("dana")
    page = browser.open(PAGE)
    form = [(n, v) for n, v in page.form(PAGE, "name").filled({"name": "Sync", "scope": "write", "expires": "30"})]
    made = browser.send(PAGE, [*form, ("entities", "account"), ("entities", "contact")])
    assert "Read and write: Accounts, Contacts" in made.words
    api = Client(b2b.browser().client, made.tree.one("code", "secret").text)
    assert [each["name"] for each in api.get("/api/v1")["entities"]] == ["account", "contact"]
    b2b.clock.advance(timedelta(days=30))
    assert api.refused("GET", "account")[0] == 401
    assert "Expired" in b2b.enter("dana").open(PAGE).words


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": " "}, "What it is for is required."),
        ({"name": "x" * 81}, "This text is too long. It may have up to 80 characters."),
        ({"scope": "all"}, "This is not one of the choices."),
        ({"expires": "9"}, "This is not one of the choices."),
        ({"entities": "sys_session"}, "This is not one of the choices."),
    ],
)
def test_what_cannot_be_is_told_beside_its_control(shared_b2b: Product, typed: dict[str, str], error: str) -> None:
    browser = shared_b2b.enter("henrik")
    token = browser.open(PAGE).tree.one("meta", name="csrf-token")["content"]
    page = browser.send(PAGE, {"name": "A", "scope": "read", "expires": "30", **typed, "_csrf": token})
    assert page.status == 422 and page.error(f"c-{next(iter(typed))}") == error


def test_an_admin_sees_and_revokes_everybodys_tokens_and_others_only_their_own(b2b: Product) -> None:
    token = token_of(b2b, "mei")
    api, admin, henrik = Client(b2b.browser().client, token), b2b.enter("dana"), b2b.enter("henrik")
    page = admin.open(PAGE)
    assert "Tokens of other people" in page.words and token[-4:] in page.words
    assert token[-4:] not in henrik.open(PAGE).words
    action = next(form["action"] for form in page.tree.all("form") if form["action"].endswith("/revoke"))
    csrf = henrik.open(PAGE).tree.one("meta", name="csrf-token")["content"]
    assert henrik.send(action, {"_csrf": csrf}).status == 404 and api.get("account?limit=1")
    page.submit(action)
    assert api.refused("GET", "account")[0] == 401
