from __future__ import annotations

import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import ECKey

from tests.browsing.browser import Browser, Page
from tests.outside.provider import Tenant, provider
from tests.product import NOW, Product, running
from tests.web.test_audit import told

MEI = {"email": "Mei@example.org", "email_verified": True, "name": "Mei"}
SETTINGS = {"oidc_client_id": "crm", "oidc_client_secret": "pine", "oidc_name": "Acme", "oidc_role": "sales"}


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with provider(int(NOW.timestamp())) as found:
        yield found


@pytest.fixture(scope="module")
def product(founded_b2b: Path, tmp_path_factory: pytest.TempPathFactory, tenant: Tenant) -> Iterator[Product]:
    folder = shutil.copytree(founded_b2b, tmp_path_factory.mktemp("oidc") / "b2b")
    settings: dict[str, Any] = {**SETTINGS, "oidc_issuer": tenant.url, "public_url": "http://crm.example.com"}
    with running(folder, **settings) as found:
        yield found


def there(browser: Browser, path: str = "/login/oidc") -> str:
    """Where the provider sends the person back to."""
    browser.client.follow_redirects = False
    where = urlsplit(browser.open(path).headers["location"])
    connection = http.client.HTTPConnection(where.netloc)
    connection.request("GET", f"{where.path}?{where.query}")
    back = connection.getresponse().headers["location"]
    connection.close()
    browser.client.follow_redirects = True
    return back.removeprefix("http://crm.example.com")


def come(product: Product, tenant: Tenant, **claims: Any) -> Page:
    tenant.claims = claims
    browser = product.browser()
    return browser.open(there(browser))


def test_who_the_provider_vouches_for_comes_in_and_goes_where_they_wanted(product: Product, tenant: Tenant) -> None:
    browser, tenant.claims = product.browser(), MEI
    button = browser.open("/e/account").tree.one("main").all("a")
    place = next(link["href"] for link in button if "Sign in with Acme" in link.text)
    back = there(browser, place)
    page = browser.open(back)
    assert page.path == "/e/account" and "林梅 Mei Lin" in page.words
    again = product.browser().open(back)
    assert again.path.startswith("/login?") and "did not succeed" in again.words


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({**MEI, "email_verified": False}, "does not vouch for your email"),
        ({**MEI, "nonce": "another"}, "did not succeed"),
        ({**MEI, "aud": "other"}, "did not succeed"),
        ({**MEI, "aud": ["crm", "other"]}, "did not succeed"),
        ({**MEI, "iss": "https://evil.example"}, "did not succeed"),
        ({**MEI, "exp": int(NOW.timestamp()) - 120}, "did not succeed"),
    ],
)
def test_what_does_not_prove_who_somebody_is_lets_nobody_in(
    product: Product, tenant: Tenant, claims: dict[str, Any], said: str
) -> None:
    page = come(product, tenant, **claims)
    assert page.path.startswith("/login?") and said in page.words


def test_a_token_signed_by_somebody_else_lets_nobody_in_and_a_new_key_of_the_provider_does(
    product: Product, tenant: Tenant
) -> None:
    other = ECKey.generate_key("P-256", {"kid": "one"})
    tenant.signs_with = other
    assert come(product, tenant, **MEI).path.startswith("/login?")
    tenant.key, tenant.signs_with = other, None
    assert come(product, tenant, **MEI).path == "/"


def test_somebody_new_is_added_with_the_role_of_the_settings(product: Product, tenant: Tenant) -> None:
    page = come(product, tenant, email="zoe@example.org", email_verified=True, name="Zoë Hart")
    assert page.path == "/" and "Zoë Hart" in page.words
    assert told(product.enter("dana").open("/audit?kind=user_added"))[0] == "The system added Zoë Hart as Sales"


def test_a_forged_cookie_or_state_lets_nobody_in(product: Product, tenant: Tenant) -> None:
    tenant.claims, browser = MEI, product.browser()
    back = there(browser)
    assert browser.open(back.replace("state=", "state=x")).path.startswith("/login?")
    stranger = product.browser()
    stranger.client.cookies.set("crm_oidc", "e30=.00")
    assert stranger.open(back).path.startswith("/login?")


def test_without_a_provider_there_is_no_button_and_no_page(shared_b2b: Product) -> None:
    guest = shared_b2b.browser()
    assert guest.open("/login/oidc").status == guest.open("/login/oidc/back").status == 404
    assert "/login/oidc" not in guest.open("/login").html
