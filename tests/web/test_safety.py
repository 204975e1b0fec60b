"""The running product: cookies, headers, the login, redirects, static files, compression."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin

import pytest

from engine.access.tokens import mask, unmask
from engine.forms.pages import static_address
from tests.browsing.browser import Browser, Page
from tests.product import PASSWORD, Product, log_in

PAGES = ("/login", "/e/account", "/nowhere", "/static/app.css", "/static/nothing.css", "/static/../app.py")


def test_every_answer_has_the_security_headers(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    answers = [admin.client.get(path) for path in PAGES]
    answers.append(admin.client.post("/logout"))
    answers.append(admin.client.put("/e/account"))
    for answer in answers:
        assert "script-src 'self';" in answer.headers["content-security-policy"], answer.url
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_bring_no_script_of_their_own_and_name_the_nonce_of_the_answer(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    for path in ("/e/account", "/e/opportunity/v/board", "/e/account/new", "/profile"):
        page = admin.open(path)
        nonce = page.tree.one("meta", name="csp-nonce")["content"]
        assert f"'nonce-{nonce}'" in page.headers["content-security-policy"]
        assert not [e for e in page.tree.walk() for name in e.attributes if name.startswith("on")]
        assert "<script>" not in page.html and "javascript:" not in page.html


def test_the_session_begins_with_a_new_cookie_that_scripts_cannot_read(shared_b2b: Product) -> None:
    browser = shared_b2b.browser(scheme="https", follow=False)
    page = browser.open("/login")
    browser.client.cookies.set("__Host-crm_session", "planted", domain="crm.example.com", path="/")
    answer = page.submit("/login", {"email": "mei@example.org", "password": PASSWORD})
    name, *flags = next(c for c in answer.headers.get_list("set-cookie") if "crm_session" in c).split("; ")
    assert name.startswith("__Host-crm_session=") and "planted" not in name
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(flags)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_the_login_says_the_same_of_unknown_people_and_wrong_passwords_and_tires(b2b: Product) -> None:
    answers = [
        log_in(b2b.browser(address="10.1.1.1"), email, "not the password")
        for email in ("mei@example.org", "nobody@example.org")
    ]
    texts = [answer.named("login-e").text for answer in answers]
    assert [answer.status for answer in answers] == [422, 422]
    assert texts == ["The e-mail or the password is not right."] * 2
    last = [log_in(b2b.browser(address="10.1.1.1"), f"n{n}@example.org", "wrong").status for n in range(30)]
    assert last[-1] == 429 and log_in(b2b.browser(address="10.1.1.1"), "mei@example.org").status == 429
    assert log_in(b2b.browser(address="10.1.1.2"), "mei@example.org").status == 200


IMPORTED = re.compile(r'^(?:import|export) (?:[^;]*? from )?"(\./.+?)"', re.MULTILINE)
EVIL = ("//evil.example.com", "https://evil.example.com", "/\\evil.example.com", "javascript:alert(1)", "/%0d%0aA:x")


@pytest.mark.parametrize("target", EVIL)
def test_no_redirect_leads_to_another_site(shared_b2b: Product, target: str) -> None:
    browser = shared_b2b.browser(follow=False)
    sent = browser.open(f"/login?next={target}").submit("/login", {"email": "mei@example.org", "password": PASSWORD})
    token = browser.open("/profile").form("/profile", "language").values["_csrf"]
    answers = [
        sent,
        browser.open(f"/login?next={target}"),
        browser.open(f"/language/en?next={target}"),
        browser.send("/profile", {"_csrf": token, "theme": "dark", "next": target}),
    ]
    assert {answer.headers["location"] for answer in answers} <= {"/", "/%0d%0aA:x"}
    assert not [answer for answer in answers if "a" in answer.headers]


OUTSIDE = ("../app.py", "%2e%2e/app.py", "..%2fapp.py", "%2fetc/passwd", "....//app.py", "js/../../desk.py")


@pytest.mark.parametrize("path", OUTSIDE)
def test_static_files_come_from_their_folder_alone(shared_b2b: Product, path: str) -> None:
    answer = shared_b2b.browser().client.get(f"/static/{path}")
    assert answer.status_code == 404 and "import" not in answer.text


def test_static_files_are_kept_for_ever_under_an_address_that_changes_with_them(shared_b2b: Product) -> None:
    client = shared_b2b.browser().client
    assert client.get(f"{static_address()}/app.css").headers["cache-control"] == "public, max-age=31536000, immutable"
    old = client.get("/static/v-0123456789ab/app.css")
    assert (old.status_code, old.headers["cache-control"]) == (200, "public, no-cache")


def test_static_files_without_a_version_are_asked_for_by_their_tag(shared_b2b: Product) -> None:
    client = shared_b2b.browser().client
    first = client.get("/static/components.css")
    again = client.get("/static/components.css", headers={"if-none-match": first.headers["etag"]})
    assert first.headers["cache-control"] == again.headers["cache-control"] == "public, no-cache"
    assert (first.status_code, again.status_code, again.text) == (200, 304, "")
    assert first.headers["content-encoding"] == "gzip" and first.headers["vary"] == "Accept-Encoding"


def test_pages_are_compressed_and_never_repeat_their_token(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    pages = [admin.open("/e/account") for _ in range(2)]
    tokens = [page.tree.one("meta", name="csrf-token")["content"] for page in pages]
    assert pages[0].headers["content-encoding"] == "gzip" and tokens[0] != tokens[1]
    assert unmask(tokens[0]) == unmask(tokens[1]) not in pages[0].html
    for token in tokens:
        assert admin.send("/profile", {"_csrf": token, "theme": ""}).status == 200


@pytest.mark.parametrize("text", ["", "a", "!!!!", "YQ==", pytest.param(mask("other")[:-4], id="cut"), "é", "\udcff"])
def test_what_is_no_mask_is_no_token(text: str) -> None:
    assert unmask(mask("the token")) == "the token" != unmask(text)


def loaded(admin: Browser, page: Page) -> set[str]:
    """The static files a browser fetches for a page: those it names, and the modules those import, level by level."""
    links = [link["href"] for link in page.tree.all("link") if link["rel"] not in ("apple-touch-icon", "manifest")]
    sprites = set(re.findall(r'href="([^"]+?\.svg)#', page.html))
    files, modules = {*links, *sprites}, {script["src"] for script in page.tree.all("script")}
    while modules:
        files |= modules
        texts = {url: admin.open(url).html for url in modules if "/js/" in url}
        modules = {urljoin(url, name) for url, text in texts.items() for name in IMPORTED.findall(text)} - files
    return files


def test_the_first_list_page_weighs_less_than_90_kilobytes_with_all_it_loads(shared_b2b: Product) -> None:
    admin = shared_b2b.enter("dana")
    page, static = admin.open("/e/opportunity"), static_address()
    files = loaded(admin, page)
    assert {f"{static}/vendor/inter/inter-latin.woff2", f"{static}/icons.svg", f"{static}/js/dom.js"} <= files
    sizes = {url: len(gzip.compress(admin.client.get(url).content, 5)) for url in files}
    assert page.gzipped + sum(sizes.values()) < 90_000, (page.gzipped, sizes)
