"""What holds for every route of the table, walked so that a new one is covered the day it is added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from engine.web.routes import PRIVATE, PUBLIC
from tests.browsing.browser import Browser
from tests.product import Product
from tests.web.addresses import addresses, filled

READS = [path for method, path, _ in PRIVATE if method == "GET"]
WRITES = [path for method, path, _ in (*PUBLIC, *PRIVATE) if method == "POST"]
FORM = {"name": "Changed", "value": "Changed", "stage": "lost", "theme": "dark", "email": "x@a.org", "role": "admin"}
Rows = dict[str, list[Any]]
Parts = dict[str, str]


@pytest.fixture(scope="module")
def admin(shared_b2b: Product) -> Browser:
    return shared_b2b.enter("dana")


@pytest.fixture(scope="module")
def parts(shared_b2b: Product) -> dict[str, str]:
    return addresses(shared_b2b)


@pytest.fixture(scope="module")
def tables(shared_b2b: Product) -> MetaData:
    metadata = MetaData()
    metadata.reflect(shared_b2b.services.database.engine)
    return metadata


@pytest.fixture
def contents(shared_b2b: Product, tables: MetaData) -> Callable[[], Rows]:
    """Every row of the database, but for when sessions were seen."""

    def read() -> Rows:
        found: Rows = {}
        with shared_b2b.services.database.read() as connection:
            for table in tables.tables.values():
                columns = [column for column in table.columns if column.name not in ("last_seen_at", "expires_at")]
                found[table.name] = sorted(map(repr, connection.execute(select(*columns))))
        return found

    return read


@pytest.mark.parametrize("path", WRITES)
def test_a_write_without_the_token_of_its_session_is_refused_and_writes_nothing(
    shared_b2b: Product, admin: Browser, parts: Parts, contents: Callable[[], Rows], path: str
) -> None:
    url, mine, other = filled(path, parts), admin, shared_b2b.enter("henrik")
    theirs = other.open("/profile").tree.one("meta", name="csrf-token")["content"]
    own = mine.open("/profile").tree.one("meta", name="csrf-token")["content"]
    before = contents()
    refused = [
        mine.send(url, FORM),
        mine.send(url, FORM | {"_csrf": ""}),
        mine.send(url, FORM | {"_csrf": theirs}),
        mine.send(url, FORM, x_csrf_token=theirs),
        mine.send(url, FORM | {"_csrf": own}, sec_fetch_site="cross-site"),
        mine.send(url, FORM | {"_csrf": own}, sec_fetch_site="same-site"),
    ]
    assert [page.status for page in refused] == [403] * 6 and contents() == before


@pytest.mark.parametrize("path", WRITES)
def test_nobody_writes_without_a_session(
    shared_b2b: Product, parts: Parts, contents: Callable[[], Rows], path: str
) -> None:
    url, guest = filled(path, parts), shared_b2b.browser(follow=False)
    before = contents()
    answer = guest.send(url, FORM)
    private = path not in [public for _, public, _ in PUBLIC]
    assert (answer.status, answer.headers.get("location")) == ((303, "/login") if private else (403, None))
    assert contents() == before


@pytest.mark.parametrize("path", READS)
def test_nobody_reads_a_private_page_without_a_session(shared_b2b: Product, parts: Parts, path: str) -> None:
    url, guest = filled(path, parts), shared_b2b.browser(follow=False)
    answer = guest.open(url)
    assert answer.status == 303 and answer.headers["location"].startswith("/login") and answer.html == ""
    assert guest.client.get(url, headers={"hx-request": "true"}).status_code == 401


@pytest.mark.parametrize("path", READS)
def test_every_page_that_can_be_read_answers_and_its_head_too(admin: Browser, parts: Parts, path: str) -> None:
    url = filled(path, parts)
    page, head = admin.open(url), admin.client.head(url)
    assert page.status == head.status_code == 200 and page.html and head.text == ""


@pytest.mark.parametrize("path", [path for method, path, _ in (*PUBLIC, *PRIVATE) if method == "GET"])
def test_reading_writes_nothing(admin: Browser, parts: Parts, contents: Callable[[], Rows], path: str) -> None:
    before = contents()
    admin.open(filled(path, parts))
    assert contents() == before


@pytest.mark.parametrize("path", ["/e/account", "/login", "/logout", "/static/app.css", "/nowhere"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_other_methods_are_refused_in_a_sentence(admin: Browser, method: str, path: str) -> None:
    answer = admin.client.request(method, path, headers={"accept-language": "zh-CN"})
    assert (answer.status_code, answer.text) == (405, "此地址不接受这种请求。") and answer.headers["allow"]
