"""Opening the parts of a process for a command, and founding a workspace with its progress shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from engine.app import open_services
from engine.cli.progress import planting
from engine.cli.speech import Speaker
from engine.compiling import NO_VALUES
from engine.publishing.workspace import Workspace
from engine.settings import Settings
from engine.web.services import Services


@contextmanager
def opened(settings: Settings) -> Iterator[Services]:
    """The parts of a process; the database is closed afterwards. Raises `DatabaseUnavailable`, `BlueprintBroken`."""
    services = open_services(settings)
    try:
        yield services
    finally:
        services.database.close()


def found(
    services: Services, folder: Path, demo: bool, speaker: Speaker, values: Mapping[str, str] = NO_VALUES
) -> Workspace:
    """Found a workspace in the empty database. Raises `BlueprintBroken`, `PlantingRefused`."""
    with planting(speaker.text("cli.planting")) as progress:
        services.workspace = services.founder.found(folder, None, demo, progress, values=values)
    return services.workspace


def update(services: Services, workspace: Workspace, folder: Path, values: Mapping[str, str] = NO_VALUES) -> Workspace:
    """Apply what the blueprint adds. Raises `BlueprintBroken`, `NotAdditive`."""
    services.workspace = services.founder.update(folder, workspace, values)
    return services.workspace
