from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from engine.access.login import TOO_MANY, WRONG
from engine.web.endpoint import EXPIRED_FORM
from engine.web.middleware import FOREIGN
from engine.web.security import local_path
from tests.web.conftest import Site, enter


def test_every_answer_carries_the_security_headers(guest: TestClient) -> None:
    for path in ("/login", "/", "/missing"):
        headers = guest.get(path).headers
        nonce = headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
        assert headers["content-security-policy"] == (
            "default-src 'self'; script-src 'self'; "
            f"style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["permissions-policy"].startswith("camera=()")
        assert "strict-transport-security" not in headers


def test_each_answer_has_a_nonce_of_its_own_that_the_view_knows(ada: TestClient, site: Site) -> None:
    policies = [ada.get("/").headers["content-security-policy"] for _ in range(2)]
    nonces = [request.nonce for request in site.seen[-2:]]
    assert len(set(nonces)) == 2 and len(nonces[0]) == 22
    assert [f"'nonce-{nonce}'" in policy for nonce, policy in zip(nonces, policies, strict=True)] == [True, True]


def test_over_plain_http_the_session_cookie_is_hidden_from_scripts_and_other_sites(guest: TestClient) -> None:
    name, *flags = enter(guest).headers["set-cookie"].split("; ")
    assert name.startswith("crm_session=") and len(name) == len("crm_session=") + 43
    assert sorted(flags) == ["HttpOnly", "Max-Age=7776000", "Path=/", "SameSite=lax"]


def test_through_tls_cookies_are_secure_and_bound_to_the_host(browse: Callable[..., TestClient]) -> None:
    answer = enter(browse(https=True))
    name, *flags = answer.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-crm_session=") and "Secure" in flags and "Path=/" in flags
    assert not [flag for flag in flags if flag.lower().startswith("domain")]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("settings", "client", "secure"),
    [
        ({}, "10.0.0.1", False),
        ({"trusted_proxies": ("10.0.0.1",)}, "10.0.0.1", True),
        ({"trusted_proxies": ("10.0.0.0/8",)}, "10.0.0.1", True),
        ({"trusted_proxies": ("10.0.0.1",)}, "10.0.0.2", False),
        ({"behind_tls": True}, "10.0.0.2", True),
    ],
)
def test_forwarded_headers_are_believed_from_trusted_proxies_alone(
    browse: Callable[..., TestClient], site: Site, settings: dict[str, object], client: str, secure: bool
) -> None:
    forwarded = {"x-forwarded-proto": "https", "x-forwarded-for": "6.6.6.6, 203.0.113.9"}
    answer = browse(client=client, **settings).get("/login", headers=forwarded)
    assert answer.headers["set-cookie"].startswith("__Host-crm_guest=" if secure else "crm_guest=")
    believed = secure and "behind_tls" not in settings
    assert site.seen[-1].address == ("203.0.113.9" if believed else client)


WRITES = [
    ({}, 200),
    ({"sec-fetch-site": "same-origin"}, 200),
    ({"sec-fetch-site": "none"}, 200),
    ({"sec-fetch-site": "cross-site"}, 403),
    ({"sec-fetch-site": "same-site"}, 403),
    ({"sec-fetch-site": "anything"}, 403),
    ({"origin": "http://crm.example.com"}, 200),
    ({"origin": "http://crm.example.com:8080"}, 403),
    ({"origin": "http://evil.example.com"}, 403),
    ({"origin": "null"}, 403),
    ({"origin": "http://["}, 403),
]


@pytest.mark.parametrize(("headers", "status"), WRITES)
def test_a_write_from_another_site_is_refused_even_with_the_token(
    ada: TestClient, site: Site, headers: dict[str, str], status: int
) -> None:
    token = ada.get("/").json()["csrf"]
    before = len(site.seen)
    answer = ada.post("/", data={"_csrf": token}, headers=headers)
    assert answer.status_code == status and len(site.seen) - before == (1 if status == 200 else 0)
    assert status == 200 or answer.text == FOREIGN.in_("en")


def test_reading_from_another_site_is_allowed(ada: TestClient) -> None:
    assert ada.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    "sent", [{}, {"_csrf": ""}, {"_csrf": "wrong"}, {"_csrf": "\udcff".encode("utf-8", "replace")}]
)
def test_a_write_without_the_sessions_token_is_refused(ada: TestClient, site: Site, sent: dict[str, str]) -> None:
    before = len(site.seen)
    answer = ada.post("/", data=sent, headers={"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.text) == (403, EXPIRED_FORM.in_("en")) and len(site.seen) == before


def test_the_token_may_come_in_a_header_and_belongs_to_one_session(
    ada: TestClient, browse: Callable[..., TestClient]
) -> None:
    other = browse()
    enter(other)
    mine, theirs = (client.get("/").json()["csrf"] for client in (ada, other))
    assert ada.post("/", headers={"x-csrf-token": mine}).status_code == 200
    assert ada.post("/", headers={"x-csrf-token": theirs}).status_code == 403


def test_the_login_form_needs_the_token_of_the_same_browser(
    guest: TestClient, browse: Callable[..., TestClient]
) -> None:
    other = browse().get("/login").json()["csrf"]
    own = guest.get("/login").json()["csrf"]
    pair = {"email": "ada@example.com", "password": "correct horse battery"}
    codes = [guest.post("/login", data=pair | {"_csrf": token}).status_code for token in ("", other, own)]
    assert own != other and codes == [403, 403, 303]


def test_a_guests_token_does_not_serve_the_session_that_follows(guest: TestClient) -> None:
    token = guest.get("/login").json()["csrf"]
    enter(guest)
    assert guest.post("/", data={"_csrf": token}).status_code == 403


def test_a_session_planted_before_the_login_is_worth_nothing_after_it(guest: TestClient, site: Site) -> None:
    guest.cookies.set("crm_session", "planted", domain="crm.example.com", path="/")
    enter(guest)
    assert site.sessions.find("planted") is None
    assert "crm_session=planted" not in str(guest.get("/").request.headers)
    assert guest.get("/").json()["name"] == "Ada Lovelace"


def test_after_logging_out_the_old_cookie_is_out(ada: TestClient, browse: Callable[..., TestClient]) -> None:
    token, csrf = ada.cookies["crm_session"], ada.get("/").json()["csrf"]
    answer = ada.post("/logout", data={"_csrf": csrf})
    assert "crm_session" not in ada.cookies and "Max-Age=0" in answer.headers["set-cookie"]
    thief = browse()
    thief.cookies.set("crm_session", token)
    assert thief.get("/").headers["location"] == "/login"


def test_logging_out_needs_the_token_too(ada: TestClient) -> None:
    assert ada.post("/logout").status_code == 403 and ada.get("/").status_code == 200


def test_unknown_people_and_wrong_passwords_get_the_same_page(guest: TestClient) -> None:
    wrong = enter(guest, password="not the password")
    unknown = enter(guest, email="nobody@example.com")
    assert (wrong.status_code, wrong.text) == (unknown.status_code, unknown.text) == (422, WRONG.in_("en"))
    assert wrong.headers.keys() == unknown.headers.keys()


def test_the_login_is_limited_and_forwarded_addresses_do_not_get_around_it(guest: TestClient) -> None:
    token = guest.get("/login").json()["csrf"]
    codes = [
        guest.post(
            "/login",
            data={"email": f"user{n}@example.com", "password": "x", "_csrf": token},
            headers={"x-forwarded-for": f"203.0.113.{n}"},
        ).status_code
        for n in range(31)
    ]
    assert codes == [422] * 30 + [429]
    assert enter(guest).text == TOO_MANY.in_("en")


@pytest.mark.parametrize("path", ["/", "/deal/5", "/deal?stage=won&q=%E4%B8%AD", "/a//b"])
def test_a_path_of_this_site_may_follow_the_login(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    ["", "deal", "//evil.com", "/\\evil.com", "https://evil.com", "javascript:x", "/a\nb", "/\t/evil.com", "/ b"],
)
def test_the_login_leads_nobody_to_another_site(path: str) -> None:
    assert local_path(path) == "/"
