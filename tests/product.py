"""The whole product on a database of its own: founded once, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.applications import Starlette
from starlette.testclient import TestClient

from engine.access.actor import ENGINE
from engine.app import BLUEPRINTS, make_app, open_services
from engine.clock import SettableClock
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from engine.settings import Settings
from engine.web.services import Services
from tests.browsing.browser import Browser, Page

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
FOUNDED = NOW - timedelta(minutes=1)
PASSWORD = "larch-otter-42"
QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


@dataclass
class Product:
    services: Services
    app: Starlette
    clock: SettableClock
    _open: ExitStack = field(default_factory=ExitStack)

    def browser(self, address: str = "10.0.0.1", scheme: str = "http", follow: bool = True) -> Browser:
        base = f"{scheme}://crm.example.com"
        client = TestClient(self.app, base, follow_redirects=follow, client=(address, 4711))
        client.headers["sec-fetch-site"] = "same-origin"
        client.headers["accept-language"] = "en"
        return Browser(self._open.enter_context(client))

    def enter(self, name: str, follow: bool = True) -> Browser:
        """A browser that this person of the demo data is logged in with."""
        browser = self.browser()
        page = log_in(browser, f"{name}@example.org")
        assert page.status == 200 and page.path != "/login"
        browser.client.follow_redirects = follow
        return browser

    def ids(self, entity: str, *conditions: str, person: str = "dana") -> list[int]:
        """The ids of the records a person's list shows under these filters."""
        query = "&".join(f"f={condition}" for condition in conditions)
        page = self.enter(person).open(f"/e/{entity}/v/all?{query}")
        return [int(row["data-id"]) for row in page.tree.all("tr") if row["data-id"]]


def log_in(browser: Browser, email: str, password: str = PASSWORD) -> Page:
    return browser.open("/login").submit("/login", {"email": email, "password": password})


@contextmanager
def running(folder: Path, url: str = "", now: datetime = NOW, **settings: object) -> Iterator[Product]:
    """The product on the database in `folder`, or at `url`; its clock stands still until it is moved."""
    clock = SettableClock(now)
    settings = {"operations": False, **settings}
    given = Settings(data_folder=folder, database_url=url or f"sqlite:///{folder / 'crm.db'}", **settings)  # type: ignore[arg-type]
    services = open_services(given, clock, QUICK)
    with ExitStack() as stack:
        stack.callback(services.database.close)
        yield Product(services, make_app(services), clock, stack)


def found(folder: Path, blueprint: str, url: str = "") -> None:
    """Found a workspace with demo data in which everybody has the same password."""
    with running(folder, url, FOUNDED) as product:
        services = product.services
        workspace = services.founder.found(BLUEPRINTS / blueprint, None, True, lambda done, total: None)
        people = workspace.store.list(ENGINE, ListQuery("user", ("email",)), PageRequest())
        hashed = services.credentials.hash(PASSWORD)
        with services.database.write() as connection:
            for person in people.rows:
                services.credentials.store(connection, person["id"], hashed)
