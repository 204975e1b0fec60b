"""The first run: an empty database becomes a workspace with its first admin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from engine.app import BLUEPRINTS
from tests.product import Product, log_in, running

ACCOUNT = {"workspace": "Larch & Co", "name": "Ada Brightwell", "email": "ada@larch.org", "password": "willow-heron-77"}
FORM = "/setup?blueprint=starter&sample=true"


@pytest.fixture
def empty(tmp_path: Path, database_url: str) -> Iterator[Product]:
    with running(tmp_path, database_url) as product:
        yield product


def test_an_empty_database_leads_every_page_to_the_gallery(empty: Product) -> None:
    for path in ("/", "/login", "/e/contact", "/users"):
        page = empty.browser().open(path)
        assert (page.status, page.path) == (200, "/setup"), path
    titles = [card.one("b").text for card in page.tree.all("label", "tcard")]
    assert (titles[0], titles[-1], len(titles)) == (
        "B2B sales",
        "Blank",
        len(list(BLUEPRINTS.glob("*/blueprint.yaml"))),
    )
    assert page.tree.one("input", type="radio")["value"] == "b2b" and "checked" in page.tree.one("input", type="radio")


def test_choosing_and_naming_makes_a_workspace_with_sample_data_and_logs_the_admin_in(empty: Product) -> None:
    account = empty.browser().open("/setup").submit("/setup", {"blueprint": "starter"})
    assert account.path == "/setup?blueprint=starter&sample=true"
    started = account.submit("/setup", ACCOUNT)
    assert started.path == "/" and "Larch & Co" in started.words
    assert "3 records" in started.browser.open("/e/contact").words
    assert started.browser.open("/users").status == 200
    assert started.browser.open("/setup").path == "/"
    assert log_in(empty.browser(), "ada@larch.org", ACCOUNT["password"]).path == "/"


def test_without_sample_data_the_workspace_starts_blank(empty: Product) -> None:
    started = empty.browser().open(FORM).submit("/setup", ACCOUNT | {"sample": ""})
    assert "No contacts yet" in started.browser.open("/e/contact").words
    assert "ada@larch.org" in started.browser.open("/users").words


def test_wrong_answers_are_told_by_field_and_keep_what_was_typed(empty: Product) -> None:
    page = empty.browser().open(FORM)
    wrong = {"workspace": " ", "name": "<b>Ada</b>", "email": "ada", "password": "short", "sample": ""}
    refused = page.submit("/setup", wrong)
    assert refused.status == 422 and refused.error("c-workspace") == "Enter a value."
    assert refused.error("c-email").startswith("Enter an e-mail address")
    assert refused.error("c-password") == "Use at least 10 characters."
    values = refused.form("/setup", "email").values
    assert (values["name"], values["email"], values["password"], "sample" in values) == ("<b>Ada</b>", "ada", "", False)
    assert refused.browser.open("/").path == "/setup" and _tables(empty) == []


def test_the_choice_of_language_comes_before_everything(empty: Product) -> None:
    page = empty.browser().open("/setup").follow("简体中文", inside="header")
    assert page.tree.one("html")["lang"] == "zh-CN" and "B2B 销售" in page.words


def test_a_founding_that_fails_leaves_an_empty_database_and_says_so(
    empty: Product, monkeypatch: pytest.MonkeyPatch, failing_disk: Callable[[], None]
) -> None:
    page = empty.browser().open(FORM)
    failing_disk()
    failed = page.submit("/setup", ACCOUNT)
    assert failed.status == 500 and "Something went wrong here" in failed.words and "Reference" in failed.words
    assert _tables(empty) == []
    monkeypatch.undo()
    assert empty.browser().open(FORM).submit("/setup", ACCOUNT).path == "/"


@pytest.fixture
def failing_disk(empty: Product, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Breaks the last step of founding."""

    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    return lambda: monkeypatch.setattr("engine.access.sessions.Sessions.create", fail)


def test_an_email_that_a_sample_person_has_is_told_before_anything_is_made(empty: Product) -> None:
    refused = empty.browser().open(FORM).submit("/setup", ACCOUNT | {"email": "mei@example.org"})
    assert refused.status == 422 and refused.error("c-email") and _tables(empty) == []


def test_a_blueprint_that_is_not_there_leads_back_to_the_gallery(empty: Product) -> None:
    page = empty.browser().open(FORM)
    token = page.form("/setup", "email").values["_csrf"]
    for name in ("../../etc", "nothing", ""):
        assert page.browser.send("/setup", ACCOUNT | {"_csrf": token, "blueprint": name}).path == "/setup"


def _tables(product: Product) -> list[str]:
    return inspect(product.services.database.engine).get_table_names()
