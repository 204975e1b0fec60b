"""Texts that mean harm, in addresses and in forms: they are shown as text, refused in a sentence, never a failure."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.web.addresses import addresses, filled

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
TEXTS = {
    "nul": "a%00b",
    "lone surrogate": "a%ED%B3%BFb",
    "not utf-8": "a%FF%FEb",
    "script": quote(SCRIPT),
    "quotes": quote("'; DROP TABLE e_account; --"),
    "pattern": quote("%_\\"),
    "bars": quote("\\|a|b|"),
    "huge number": "9" * 400,
    "large number": "18446744073709551616",
    "not a number": "NaN",
    "exponent": "1e999",
    "other digits": quote("٣１２"),
    "last day": "9999-12-31",
    "first day": "0001-01-01",
    "cursor": "WzEsImEiXQ",
    "cursor of objects": "W3sidCI6IngifSwge31d",
    "header": "a%0D%0ASet-Cookie:%20a=b",
    "path": quote("../../../etc/passwd", safe=""),
    "long": "x" * 900,
}
MOST = 45
"""Filters of one address: a list takes no more than fifty."""
FEW = 2
"""Texts that one request tries."""
Parts = dict[str, str]
Forms = Callable[[str], tuple[tuple[str, ...], str]]
hostile = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


@pytest.fixture(scope="module")
def admin(shared_crm: Product) -> Browser:
    return shared_crm.enter("dana")


@pytest.fixture(scope="module")
def parts(shared_crm: Product) -> dict[str, str]:
    return addresses(shared_crm)


@pytest.fixture(scope="module")
def forms(admin: Browser) -> Forms:
    """The controls of the form of an entity and its token, opened once."""

    @cache
    def one(entity: str) -> tuple[tuple[str, ...], str]:
        values = admin.open(f"/e/{entity}/new").form(f"/e/{entity}/new").values
        return tuple(name for name in values if name != "_csrf"), quote(values["_csrf"])

    return one


@pytest.fixture(scope="module")
def reader(shared_b2b: Product) -> Browser:
    """An admin where the kind of database makes no difference."""
    return shared_b2b.enter("dana")


@hostile
@pytest.mark.parametrize("path", ["/e/product", "/e/opportunity/v/board"])
def test_no_parameter_of_a_list_brings_it_down(reader: Browser, path: str, text: str) -> None:
    named = "&".join(f"{name}={text}" for name in ("sort", "cols", "after", "before", "add", "ff0", "fc0", "fv0"))
    assert [reader.open(f"{path}?{query}").status for query in (f"q={text}", named)] == [200, 200]


@pytest.mark.parametrize("some", range(0, len(TEXTS), FEW))
@pytest.mark.parametrize("field", ["name", "account", "stage", "amount", "close_date", "budget", "created_at"])
def test_no_value_of_a_filter_brings_the_list_down(shared_crm: Product, admin: Browser, field: str, some: int) -> None:
    entity = shared_crm.services.workspace.blueprint.entities["opportunity"]  # type: ignore[union-attr]
    comparisons, texts = entity.fields[field].type.comparisons, list(TEXTS.values())[some : some + FEW]
    operands = [operand for text in texts for operand in (text, f"{text}|{text}")]
    filters = [f"f={field}:{name}:{operand}" for name in comparisons for operand in operands]
    for start in range(0, len(filters), MOST):
        address = "/e/opportunity?f=name:is:none&" + "&".join(filters[start : start + MOST])
        assert admin.open(address).status == 200


@hostile
def test_no_part_of_a_path_brings_a_page_down(shared_b2b: Product, reader: Browser, text: str) -> None:
    parts = addresses(shared_b2b)
    for path in (
        "/e/{entity}",
        "/e/{entity}/v/{view}",
        "/e/{entity}/{id}",
        "/e/{entity}/{id}/cell/{field}",
        "/pick/{entity}",
    ):
        last = path.rstrip("}").rpartition("{")[2]
        assert reader.open(filled(path, parts | {last: text})).status == 404
    assert reader.open(f"/static/{text}").status == 404
    assert reader.open(f"/e/opportunity/new?name={text}&account={text}&amount={text}&stage={text}").status == 200


@hostile
@pytest.mark.parametrize("entity", ["account", "opportunity"])
def test_no_value_of_a_form_brings_it_down(admin: Browser, forms: Forms, parts: Parts, entity: str, text: str) -> None:
    values, token = forms(entity)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    hostile_fields = "".join(f"&{name}={text}&lines.0.{name}={text}" for name in values)
    body = f"_csrf={token}&account={parts['account']}&version={text}{hostile_fields}"
    assert admin.client.post(f"/e/{entity}/new", content=body, headers=kind).status_code in (200, 422)


@hostile
def test_no_value_of_an_inline_edit_or_a_move_brings_it_down(admin: Browser, parts: dict[str, str], text: str) -> None:
    page = admin.open(filled("/e/{entity}/{id}", parts))
    token = quote(page.tree.one("meta", name="csrf-token")["content"])
    kind = {"content-type": "application/x-www-form-urlencoded", "hx-request": "true"}
    for path in ("cell/amount", "cell/account", "cell/close_date", "cell/description", "stage", "lines/lines"):
        body = f"_csrf={token}&value={text}&stage={text}&product={text}&quantity={text}&place={text}&version={text}"
        answer = admin.client.post(filled("/e/{entity}/{id}/", parts) + path, content=body, headers=kind)
        assert answer.status_code in (200, 404, 409, 422), path


@pytest.mark.parametrize("path", ["/login", "/profile", "/profile/password", "/users"])
@hostile
def test_no_value_of_the_other_forms_brings_them_down(
    shared_b2b: Product, reader: Browser, path: str, text: str
) -> None:
    browser = shared_b2b.browser(address="10.9.0.1") if path == "/login" else reader
    token = quote(browser.open(path).tree.one("meta", name="csrf-token")["content"])
    names = ("email", "password", "next", "language", "theme", "density", "current", "repeat", "name", "role")
    body = f"_csrf={token}&" + "&".join(f"{name}={text}" for name in names)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.client.post(path, content=body, headers=kind).status_code in (200, 422, 429)


def test_hostile_texts_are_shown_as_texts_everywhere(b2b: Product) -> None:
    admin = b2b.enter("dana")
    account = admin.open("/e/account/new").submit(
        "/e/account/new", {"name": SCRIPT, "notes": SCRIPT, "address": SCRIPT}
    )
    number = account.path.rpartition("/")[2]
    new = {"name": SCRIPT, "account": number, "next_step": SCRIPT, "description": SCRIPT, "competitor": SCRIPT}
    deal = admin.open(f"/e/opportunity/new?account={number}").submit(f"/e/opportunity/new?account={number}", new)
    person = {"name": SCRIPT, "email": "eve@example.org", "role": "sales"}
    pages = [
        account,
        deal,
        admin.open("/e/account?q=" + quote(SCRIPT[:20])),
        admin.open("/e/opportunity?f=name:contains:" + quote(SCRIPT)),
        admin.open("/e/opportunity?f=" + quote(SCRIPT) + "&sort=" + quote(SCRIPT)),
        admin.open("/e/opportunity?sort=-created_at"),
        admin.open("/e/opportunity/v/board"),
        admin.open(f"{deal.path}/edit"),
        admin.fragment(f"{deal.path}/cell/name?place=prop"),
        admin.fragment(f"{deal.path}/history"),
        admin.fragment("/pick/account?q=" + quote("<script")),
        admin.open("/users").submit("/users", person),
        deal.submit(f"{deal.path}/delete"),
    ]
    for page in pages:
        assert page.status == 200 and SCRIPT[:25] in page.html.replace("&lt;", "<").replace("&gt;", ">"), page.path
        assert_harmless(page)


def test_hostile_texts_of_forms_come_back_as_texts(b2b: Product) -> None:
    admin = b2b.enter("dana")
    fields = ("name", "domain", "website", "phone", "annual_revenue", "address", "notes")
    page = admin.open("/e/account/new").submit("/e/account/new", dict.fromkeys(fields, SCRIPT))
    assert page.status == 422 and page.form("/e/account/new").values["website"] == SCRIPT
    assert_harmless(page)
    for name in ("next", "email"):
        login = b2b.browser().open("/login?next=" + quote("/" + SCRIPT.replace(" ", "")))
        assert_harmless(login.submit("/login", {"email": SCRIPT, "password": name}))


def test_a_flash_cookie_of_somebody_elses_making_says_nothing_and_leads_nowhere(shared_b2b: Product) -> None:
    for flash in (
        ["record.deleted", {"title": SCRIPT}, "https://evil.example.com/"],
        ["login.wrong", {}, ""],
        ["record.deleted", {}, ""],
        ["record.deleted", {"title": 5}, ""],
        "text",
    ):
        browser = shared_b2b.enter("mei")
        browser.client.cookies.set("crm_flash", base64.urlsafe_b64encode(json.dumps(flash).encode()).decode())
        page = browser.open("/e/account")
        assert page.status == 200 and "evil.example.com" not in page.html
        assert_harmless(page)


def test_a_stored_address_of_a_script_is_no_link(b2b: Product) -> None:
    admin = b2b.enter("dana")
    refused = admin.open("/e/account/new").submit("/e/account/new", {"name": "x", "website": "javascript:alert(1)"})
    assert refused.status == 422 and refused.error("c-website")


def assert_harmless(page: Page) -> None:
    """Nothing of the text has become an element, an attribute or a template."""
    assert not [e for e in page.tree.walk() if e["onerror"] or (e.tag == "img" and e["src"] == "x")]
    assert "<script>alert" not in page.html
