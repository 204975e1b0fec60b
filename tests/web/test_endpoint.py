from __future__ import annotations

import pytest
from sqlalchemy import insert, update
from starlette.testclient import TestClient

from engine.database.system_tables import preference
from engine.web.languages import accepted_language, choose_language, known_language
from tests.access.people import ADA, users
from tests.web.conftest import Site


def test_a_view_gets_what_the_browser_sent(ada: TestClient, site: Site) -> None:
    token = ada.get("/").json()["csrf"]
    form = {"tag": ["a", "b"], "name": "北京", "_csrf": token}
    ada.post("/deal/5?stage=won&stage=lost", data=form, headers={"hx-request": "true"})
    request = site.seen[-1]
    assert (request.method, request.path, dict(request.path_params)) == ("POST", "/deal/5", {"id": "5"})
    assert request.query.getlist("stage") == ["won", "lost"]
    assert request.form.multi_items() == [("tag", "a"), ("tag", "b"), ("name", "北京"), ("_csrf", token)]
    assert request.user is not None and request.user.email == "ada@example.com"
    assert (request.is_htmx, request.secure, request.address) == (True, False, "10.0.0.1")
    assert request.target == "/deal/5?stage=won&stage=lost" and len(request.reference) == 8


def test_a_multipart_form_gives_its_texts(ada: TestClient, site: Site) -> None:
    token = ada.get("/").json()["csrf"]
    ada.post("/", data={"_csrf": token, "name": "x"}, files={"file": ("a.txt", b"content")})
    assert site.seen[-1].form.multi_items() == [("_csrf", token), ("name", "x")]


def test_a_form_that_cannot_be_read_is_a_plain_400(ada: TestClient) -> None:
    token = ada.get("/").json()["csrf"]
    headers = {"content-type": "multipart/form-data", "x-csrf-token": token}
    answer = ada.post("/", content=b"nonsense", headers=headers)
    assert (answer.status_code, answer.text) == (400, "The form that was sent cannot be read.")


def test_a_page_takes_one_statement_to_know_who_asks(ada: TestClient, site: Site) -> None:
    with site.database.count_statements() as statements:
        answer = ada.get("/")
    assert len(statements) == 1 and answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "place"),
    [
        ("GET", "/", {}, 303, "/login"),
        ("GET", "/deal/5?a=1&b=%2F", {}, 303, "/login?next=%2Fdeal%2F5%3Fa%3D1%26b%3D%2F"),
        ("POST", "/deal/5", {}, 303, "/login"),
        ("GET", "/deal/5", {"hx-request": "true"}, 401, "/login"),
        (
            "POST",
            "/deal/5",
            {"hx-request": "true", "hx-current-url": "http://crm.example.com/deal/5?tab=history"},
            401,
            "/login?next=%2Fdeal%2F5%3Ftab%3Dhistory",
        ),
        ("GET", "/deal/5", {"hx-request": "true", "hx-current-url": "http://["}, 401, "/login"),
    ],
)
def test_who_is_not_logged_in_is_led_to_the_login(
    guest: TestClient, site: Site, method: str, path: str, headers: dict[str, str], status: int, place: str
) -> None:
    answer = guest.request(method, path, headers=headers)
    assert (answer.status_code, answer.headers.get("location") or answer.headers["hx-redirect"]) == (status, place)
    assert site.seen == []


def test_before_the_first_run_an_old_cookie_is_passed_over_without_a_statement(ada: TestClient, site: Site) -> None:
    site.workspace = None
    with site.database.count_statements() as statements:
        answer = ada.get("/login")
    assert (answer.json()["name"], statements) == ("nobody", [])


def test_somebody_made_inactive_is_out_at_the_next_click(ada: TestClient, site: Site) -> None:
    assert ada.get("/").status_code == 200
    with site.database.write() as connection:
        connection.execute(update(users).where(users.c.id == ADA).values(active=False))
    assert ada.get("/").headers["location"] == "/login"


def test_the_language_is_the_persons_then_the_browsers(ada: TestClient, site: Site) -> None:
    def language(**headers: str) -> str:
        ada.get("/", headers=headers)
        return site.seen[-1].language

    found = [language(**{"accept-language": "zh-TW,en;q=0.5"}), language(**{"accept-language": "fr"})]
    ada.cookies.set("lang", "zh-CN")
    found.append(language(**{"accept-language": "en"}))
    with site.database.write() as connection:
        connection.execute(insert(preference).values(user_id=ADA, language="en"))
    found.append(language(**{"accept-language": "zh-CN"}))
    assert found == ["zh-CN", "en", "zh-CN", "en"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", None),
        ("fr-FR, de", None),
        ("en-GB", "en"),
        ("zh", "zh-CN"),
        ("fr, zh-Hant;q=0.8, en;q=0.9", "en"),
        ("en;q=0, zh;q=0.1", "zh-CN"),
        ("en;q=x, *", None),
        ("en;level=1,zh_CN", "zh-CN"),
    ],
)
def test_the_best_known_language_of_a_header_is_taken(header: str, language: str | None) -> None:
    assert accepted_language(header) == language


def test_an_unknown_preference_or_cookie_is_passed_over() -> None:
    assert choose_language("fr", "xx", "de", "zh-CN") == "zh-CN"
    assert [known_language(tag) for tag in (None, "", "zh-Hans-CN", "EN")] == [None, None, "zh-CN", "en"]
