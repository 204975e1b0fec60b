"""The composition root: the one place where the parts of a process meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette

from engine.access.credentials import Credentials
from engine.access.login import Login
from engine.access.rate_limit import LoginLimit
from engine.access.sessions import Sessions
from engine.access.tokens import Signer, load_secret
from engine.clock import Clock
from engine.compiling import Compiled, compile_folder, compile_sources
from engine.database import ddl, system_tables
from engine.database.connection import Database
from engine.database.identifiers import Identifiers, take_node
from engine.expressions.sql import register_functions
from engine.publishing.apply import Progress, apply_changes, found, grant_roles, plant
from engine.publishing.versions import digest, published
from engine.publishing.workspace import Workspace, make_workspace, tables_of
from engine.settings import Settings
from engine.web.routes import make_application
from engine.web.services import Services

BLUEPRINTS = Path(__file__).parent.parent / "blueprints"


class BlueprintBroken(Exception):
    """The blueprint has errors; `compiled.problems` holds them."""

    def __init__(self, compiled: Compiled) -> None:
        super().__init__("\n".join(compiled.problems.lines()))
        self.compiled = compiled


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a database on start."""

    services: Services
    founded: bool = False
    updated: bool = False


def open_services(settings: Settings, clock: Clock | None = None) -> Services:
    """The parts of a process on the database of `settings`; the workspace it holds, if one was founded there.
    Raises `DatabaseUnavailable`."""
    clock = clock or Clock()
    database = Database(settings.database_url, on_connect=register_functions)
    credentials = Credentials(database, clock)
    sessions = Sessions(database, clock, settings.session_idle, settings.session_lifetime)
    ids = Identifiers(_node(database), clock)
    services = Services(
        settings=settings,
        database=database,
        clock=clock,
        ids=ids,
        credentials=credentials,
        sessions=sessions,
        login=Login(database, credentials, sessions, LoginLimit(ids, clock)),
        signer=Signer(load_secret(settings.data_folder)),
        blueprints=BLUEPRINTS,
    )
    services.workspace = _published_workspace(services)
    return services


def _node(database: Database) -> int:
    with database.write() as connection:
        return take_node(connection) if published(connection) else 0


def _published_workspace(services: Services) -> Workspace | None:
    with services.database.read() as connection:
        version = published(connection)
    if version is None:
        return None
    compiled = compile_sources(version.sources)
    if compiled.blueprint is None:
        raise BlueprintBroken(compiled)
    return make_workspace(version.workspace, compiled.blueprint, services.database, services.ids, services.clock)


def found_from(services: Services, folder: Path, name: str | None, demo: bool, progress: Progress) -> Workspace:
    """Found a workspace from a blueprint folder, with its seed and, if wanted, its demo records.
    Raises `BlueprintBroken`, `PlantingRefused`."""
    compiled = compile_folder(folder)
    if compiled.blueprint is None:
        raise BlueprintBroken(compiled)
    blueprint = compiled.blueprint
    title = name or blueprint.title.in_("en")
    tables = tables_of(blueprint)
    found(services.database, blueprint, tables, compiled.sources, title, services.ids, services.clock)
    workspace = make_workspace(title, blueprint, services.database, services.ids, services.clock)
    for records, source in ((blueprint.seed, "seed"), (blueprint.demo if demo else (), "demo")):
        garden = plant(workspace.store, records, source, services.clock, progress)
        grant_roles(services.database, garden)
    services.workspace = workspace
    return workspace
