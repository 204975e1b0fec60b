"""A real Chromium on a real server with the b2b demo: what a person sees."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from sqlalchemy import select

from engine.access.actor import ENGINE
from engine.access.login import find_user
from engine.app import BLUEPRINTS, make_app, open_services
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from engine.settings import Settings
from engine.web.security import SESSION_COOKIE
from engine.web.services import Services

PASSWORD = "a quiet harbour"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# How long a page may take on a busy machine until it shows what is expected; a failure still says what it showed.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@dataclass(frozen=True)
class Site:
    url: str
    services: Services


@contextmanager
def served(folder: Path, blueprint: Path, name: str) -> Iterator[Site]:
    """A workspace with the sample records of its blueprint, served on a free port."""
    services = open_services(Settings.from_environment({}, data_folder=folder))
    services.workspace = services.founder.found(blueprint, name, True, lambda done, total: None)
    _give_passwords(services)
    server = uvicorn.Server(
        uvicorn.Config(make_app(services), port=_free_port(), log_level="error", proxy_headers=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Site(f"http://127.0.0.1:{server.config.port}", services)
    server.should_exit = True
    thread.join()
    services.database.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The b2b workspace."""
    with served(tmp_path_factory.mktemp("site"), BLUEPRINTS / "b2b", "Larkfield") as b2b:
        yield b2b


def _give_passwords(services: Services) -> None:
    assert services.workspace is not None
    page = services.workspace.store.list(ENGINE, ListQuery("user", ("email",)), PageRequest())
    hashed = services.credentials.hash(PASSWORD)
    with services.database.write() as connection:
        for row in page.rows:
            services.credentials.store(connection, row["id"], hashed)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium here; .ci/run installs it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


_UNDERWAY: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def _listen(page: Page) -> None:
    """Keeps note of the requests that have not ended, but for the stream of events, which never ends."""
    underway = _UNDERWAY[page] = set()
    page.on("request", lambda request: None if request.resource_type == "eventsource" else underway.add(request))
    page.on("requestfinished", lambda request: underway.discard(request))
    page.on("requestfailed", lambda request: underway.discard(request))
    page.on("framenavigated", lambda frame: underway.clear() if frame == page.main_frame else None)


def settled(page: Page) -> None:
    """Waits until the page has loaded all it loads by itself: what no hand is quick enough to run into."""
    page.wait_for_load_state("load")
    quiet = 0
    for _ in range(PATIENCE // 20):
        page.wait_for_timeout(20)
        quiet = 0 if _UNDERWAY[page] else quiet + 1
        if quiet == 3:
            return
    raise AssertionError(f"still under way: {sorted(request.url for request in _UNDERWAY[page])}")


@dataclass(frozen=True)
class Visitor:
    """Opens pages as a person: their language, device and theme."""

    site: Site
    browser: Browser

    def open(
        self,
        path: str = "/",
        *,
        email: str | None = "dana@example.org",
        language: str = "en-GB",
        phone: bool = False,
        theme: str = "light",
        worker: bool = False,
    ) -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        context = self.browser.new_context(
            base_url=self.site.url,
            locale=language,
            viewport=size,  # type: ignore[arg-type]
            is_mobile=phone,
            has_touch=phone,
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            service_workers="allow" if worker else "block",
        )
        if email:
            context.add_cookies([{"name": SESSION_COOKIE, "value": self._session(email), "url": self.site.url}])
        page = context.new_page()
        page.set_default_timeout(2 * PATIENCE)
        _listen(page)
        page.goto(path)
        settled(page)
        return page

    def _session(self, email: str) -> str:
        """The token of a session that has just begun; the login page has a test of its own."""
        services = self.site.services
        with services.database.write() as connection:
            user_id = find_user(connection, email)
            assert user_id is not None
            return services.sessions.create(connection, user_id, "Chrome/156 Linux", "127.0.0.1")


@pytest.fixture
def visitor(site: Site, browser: Browser) -> Iterator[Visitor]:
    yield Visitor(site, browser)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def opportunity(site: Site) -> Callable[[str], int]:
    """The id of an open opportunity in a stage."""

    def find(stage: str) -> int:
        assert site.services.workspace is not None
        store = site.services.workspace.store
        table = store.model.table("opportunity")
        with site.services.database.read() as connection:
            statement = (
                select(table.c.id).where(table.c.stage == stage, table.c.deleted_at.is_(None)).order_by(table.c.id)
            )
            return int(connection.execute(statement.limit(1)).scalar_one())

    return find
