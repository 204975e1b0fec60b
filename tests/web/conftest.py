"""A small application around the adapter: a public login, a private page, a few views that go wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from engine.access.alerts import Alerts
from engine.access.audit import Audit
from engine.access.credentials import Credentials
from engine.access.login import Device, Login, LoginRefused
from engine.access.rate_limit import LoginLimit
from engine.access.second_factor import SecondFactors
from engine.access.sessions import Sessions
from engine.access.tokens import Signer
from engine.clock import SettableClock
from engine.database import ddl, system_tables
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.settings import Settings
from engine.web.endpoint import Adapter, Refused, Request
from engine.web.middleware import middlewares
from engine.web.security import SESSION_COOKIE, delete_cookie, local_path, set_cookie
from tests.access.people import ADA, PASSWORD, users
from tests.product import Product, found, running

EVERY_TYPE = Path(__file__).parent.parent / "blueprints" / "every_type"


@pytest.fixture(scope="session")
def founded_every_type(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a founded workspace of every field type; it is copied, never opened."""
    folder = tmp_path_factory.mktemp("every_type")
    found(folder, str(EVERY_TYPE))
    return folder


@pytest.fixture
def every_type(founded_every_type: Path, tmp_path: Path) -> Iterator[Product]:
    """The workspace of every field type, on a copy of its own."""
    with running(shutil.copytree(founded_every_type, tmp_path / "every_type")) as product:
        yield product


@dataclass
class Site:
    """The services of the test application; `seen` collects the requests that reached a view."""

    database: Database
    sessions: Sessions
    login: Login
    signer: Signer = field(default_factory=lambda: Signer(b"k" * 32))
    default_language: str = "en"
    workspace: object | None = "founded"
    seen: list[Request[Site]] = field(default_factory=list)


def show(request: Request[Site]) -> Response:
    request.services.seen.append(request)
    name = request.user.name if request.user else "nobody"
    return JSONResponse({"name": name, "csrf": request.csrf_token, "form": request.form.multi_items()})


def log_in(request: Request[Site]) -> Response:
    if request.method == "GET":
        return show(request)
    device = Device(request.address, request.headers.get("user-agent", ""), request.session_token)
    token = request.services.login.attempt(request.form.get("email", ""), request.form.get("password", ""), device)
    response = RedirectResponse(local_path(request.query.get("next", "/")), 303)
    set_cookie(response, SESSION_COOKIE, token, request.secure, max_age=90 * 86400)
    return response


def log_out(request: Request[Site]) -> Response:
    with request.services.database.write() as connection:
        request.services.sessions.revoke(connection, request.session_token)
    response = RedirectResponse("/login", 303)
    delete_cookie(response, SESSION_COOKIE, request.secure)
    return response


def fail(request: Request[Site]) -> Response:
    raise ZeroDivisionError("the secret detail")


def error_page(request: Request[Site], error: Exception) -> Response | None:
    if isinstance(error, (Refused, LoginRefused)):
        return PlainTextResponse(error.message.in_(request.language), error.status)
    return None


@pytest.fixture
def site(sqlite_url: str, open_database: Callable[..., Database], clock: SettableClock) -> Site:
    """Ada can log in with `PASSWORD`."""
    database = open_database(sqlite_url)
    credentials = Credentials(database, clock, PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
    ids = Identifiers(0, clock)
    sessions = Sessions(database, clock, timedelta(days=14), timedelta(days=90))
    with database.write() as connection:
        ddl.create_all(connection, system_tables.metadata)
        ddl.create_all(connection, users.metadata)
        row = {"id": ADA, "name": "Ada Lovelace", "email": "ada@example.com", "active": True}
        connection.execute(insert(users).values(row))
        credentials.store(connection, ADA, credentials.hash(PASSWORD))
    alerts = Alerts(ids, clock, Audit(ids, clock), lambda: ())
    factors = SecondFactors(clock, b"secret")
    login = Login(database, credentials, sessions, LoginLimit(ids, clock), alerts, factors, clock)
    return Site(database, sessions, login)


@pytest.fixture
def browse(site: Site) -> Iterator[Callable[..., TestClient]]:
    """Makes a browser at an application with these settings; `https=True` comes through TLS."""
    opened: list[TestClient] = []

    def one(https: bool = False, client: str = "10.0.0.1", **settings: object) -> TestClient:
        adapter = Adapter(site, error_page)
        routes = [
            Route("/", adapter.endpoint(show), methods=["GET", "POST"]),
            Route("/deal/{id}", adapter.endpoint(show), methods=["GET", "POST"]),
            Route("/login", adapter.endpoint(log_in, public=True), methods=["GET", "POST"]),
            Route("/logout", adapter.endpoint(log_out), methods=["POST"]),
            Route("/fail", adapter.endpoint(fail, public=True)),
        ]
        app = Starlette(routes=routes, middleware=middlewares(Settings(**settings)))  # type: ignore[arg-type]
        base = f"{'https' if https else 'http'}://crm.example.com"
        opened.append(TestClient(app, base, follow_redirects=False, client=(client, 4711)))
        return opened[-1].__enter__()

    yield one
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def guest(browse: Callable[..., TestClient]) -> TestClient:
    return browse()


def enter(client: TestClient, email: str = "ada@example.com", password: str = PASSWORD) -> httpx2.Response:
    """Open the login page and send its form."""
    token = client.get("/login").json()["csrf"]
    return client.post("/login", data={"email": email, "password": password, "_csrf": token})


@pytest.fixture
def ada(guest: TestClient) -> TestClient:
    """A browser that Ada is logged in with."""
    enter(guest)
    return guest
