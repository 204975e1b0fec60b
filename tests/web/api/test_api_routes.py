"""What holds for every route of the API, walked so that a new one is covered the day it is added."""

from __future__ import annotations

import pytest
from sqlalchemy import MetaData, select

from engine.web.api.routes import API
from tests.product import Product
from tests.web.addresses import addresses
from tests.web.api.client import ROOT, client_of

PATHS = sorted({path for _, path, _ in API})
WRITES = [(method, path) for method, path, _ in API if method != "GET"]
READS = [path for method, path, _ in API if method == "GET"]
VOLATILE = ("last_used_at", "last_seen_at", "expires_at")


@pytest.fixture(scope="module")
def parts(shared_b2b: Product) -> dict[str, str]:
    return addresses(shared_b2b)


@pytest.fixture(scope="module")
def metadata(shared_b2b: Product) -> MetaData:
    metadata = MetaData()
    metadata.reflect(shared_b2b.services.database.engine)
    return metadata


def contents(product: Product, metadata: MetaData) -> dict[str, list[str]]:
    with product.services.database.read() as connection:
        return {
            table.name: sorted(
                map(repr, connection.execute(select(*(c for c in table.columns if c.name not in VOLATILE))))
            )
            for table in metadata.tables.values()
        }


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_told_without_a_token_and_no_cookie_is_one(
    shared_b2b: Product, parts: dict[str, str], path: str
) -> None:
    browser = shared_b2b.enter("dana")
    for method in ("GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"):
        answer = browser.client.request(
            method, ROOT + path.format_map(parts), headers={"origin": "https://evil.example"}
        )
        assert answer.status_code in (401, 403, 405) and answer.headers["content-type"] == "application/problem+json"
        assert "access-control-allow-origin" not in answer.headers and "set-cookie" not in answer.headers


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_token_that_may_only_read_writes_nothing(
    shared_b2b: Product, metadata: MetaData, parts: dict[str, str], method: str, path: str
) -> None:
    api = client_of(shared_b2b, scope="read")
    before = contents(shared_b2b, metadata)
    answer = api.send(method, ROOT + path.format_map(parts), {})
    assert answer.status_code == 403 and answer.json()["detail"] == "The token may only read."
    assert contents(shared_b2b, metadata) == before


@pytest.mark.parametrize("path", READS)
def test_reading_writes_nothing_but_when_the_token_was_used(
    shared_b2b: Product, metadata: MetaData, parts: dict[str, str], path: str
) -> None:
    api = client_of(shared_b2b)
    before = contents(shared_b2b, metadata)
    read, head = (api.ask(method, ROOT + path.format_map(parts)) for method in ("GET", "HEAD"))
    assert read.status_code == head.status_code == 200 and read.content and not head.content
    assert contents(shared_b2b, metadata) == before


@pytest.mark.parametrize("path", [path for path in PATHS if "{entity}" in path])
def test_an_entity_that_is_not_there_is_not_found(shared_b2b: Product, parts: dict[str, str], path: str) -> None:
    api = client_of(shared_b2b)
    for entity in ("nothing", "sys_session", "e_user", "credential", "..", "%00", "opportunity\u0000"):
        url = ROOT + path.format_map(parts | {"entity": entity.replace("\u0000", "%00")})
        assert api.ask("GET", url).status_code in (404, 405)
