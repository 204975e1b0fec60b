"""A program that uses the API with a token of a person of the demo data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx2
from starlette.testclient import TestClient

from engine.access.api_tokens import Scope, TokenDraft
from engine.access.login import find_user
from tests.product import Product

ROOT = "/api/v1"


class Client:
    def __init__(self, client: TestClient, token: str) -> None:
        self.client, self.token = client, token

    def ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        headers = {"authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        url = path if path.startswith("/") else f"{ROOT}/{path}"
        return self.client.request(method, url, headers=headers, **more)

    def get(self, path: str, **headers: str) -> Any:
        """The JSON of a success."""
        answer = self.ask("GET", path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        content = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(method, path, content=content, headers={"content-type": "application/json", **named})

    def refused(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, list[Any]]:
        """Status, detail, and (field, code) of each error of a problem."""
        answer = self.send(method, path, body, **headers)
        told = answer.json()
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        assert told["status"] == answer.status_code and told["type"].startswith("/api/docs#") and told["title"]
        return answer.status_code, told["detail"], [(each["field"], each["code"]) for each in told.get("errors", [])]


def token_of(
    product: Product, person: str, scope: Scope = "write", entities: Sequence[str] | None = None, **more: Any
) -> str:
    with product.services.database.read() as connection:
        user = find_user(connection, f"{person}@example.org")
    assert user is not None
    return product.services.api_tokens.create(TokenDraft(user, "Test", scope, entities, **more))[1]


def client_of(product: Product, person: str = "dana", **token: Any) -> Client:
    browser = product.browser()
    browser.client.headers = httpx2.Headers({"accept-language": "en"})
    return Client(browser.client, token_of(product, person, **token))


def plain(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: record[name] for name in names}
