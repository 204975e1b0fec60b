"""The database of a demo: founded aside and put in place when it is whole, then reused by later runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from engine.access.vault import load_key
from engine.cli.logins import FILE, Login, keep, kept
from engine.cli.opening import found, opened, update
from engine.cli.people import give_password, make_user, new_password, strongest_role
from engine.cli.speech import Refusal, Speaker
from engine.locale.catalogue import message_text
from engine.publishing.changes import NotAdditive
from engine.publishing.workspace import Workspace
from engine.settings import Settings
from engine.web.services import Services

DATABASE = "crm.db"
UNFINISHED = "crm.db.founding"
BESIDE = ("", "-wal", "-shm")
NOBODY = "demo@example.org"


@dataclass(frozen=True, slots=True)
class Demo:
    services: Services
    workspace: Workspace
    logins: list[Login]


@contextmanager
def demo(settings: Settings, blueprint: Path, fresh: bool, speaker: Speaker) -> Iterator[Demo]:
    """The demo in the data folder of `settings`, made when there is none. Raises `Refusal`, `BlueprintBroken`,
    `PlantingRefused`; `NotAdditive` when the blueprint changed more than an old database can follow."""
    folder = settings.data_folder
    settings = settings if settings.secret_key else replace(settings, secret_key=load_key(folder))
    if (folder / DATABASE).exists() and kept(folder) is None:
        raise Refusal(message_text("cli.demo.not_a_demo", path=folder))
    if fresh or not (folder / DATABASE).exists():
        _found(settings, blueprint, speaker)
    else:
        speaker.say("cli.demo.reused", path=folder / DATABASE)
    with opened(_on(settings, DATABASE)) as services:
        yield Demo(services, _updated(services, blueprint), kept(folder) or [])


def _found(settings: Settings, blueprint: Path, speaker: Speaker) -> None:
    folder = settings.data_folder
    folder.mkdir(parents=True, exist_ok=True)
    _remove(folder / UNFINISHED)
    try:
        with opened(_on(settings, UNFINISHED)) as services:
            keep(folder, _people(services, found(services, blueprint, True, speaker)))
    except BaseException:
        _remove(folder / UNFINISHED)
        raise
    _remove(folder / DATABASE)
    os.replace(folder / UNFINISHED, folder / DATABASE)


def _people(services: Services, workspace: Workspace) -> list[Login]:
    """A password for the users of the demo data; without any, one user with the strongest role."""
    password = new_password()
    if logins := give_password(services, workspace, password):
        return logins
    role = strongest_role(workspace)
    if role is None:
        raise Refusal(message_text("cli.demo.no_roles"))
    make_user(services, workspace, NOBODY, "Demo", (role,), password)
    return [Login(NOBODY, (role,), password)]


def _updated(services: Services, blueprint: Path) -> Workspace:
    if services.workspace is None:
        raise Refusal(message_text("cli.demo.empty", file=FILE))
    try:
        return update(services, services.workspace, blueprint)
    except NotAdditive as refused:
        raise NotAdditive((*refused.reasons, message_text("cli.demo.try_fresh"))) from refused


def _on(settings: Settings, database: str) -> Settings:
    return replace(settings, database_url=f"sqlite:///{settings.data_folder / database}")


def _remove(database: Path) -> None:
    for ending in BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)
