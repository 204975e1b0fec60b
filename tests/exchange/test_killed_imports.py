"""An import whose process dies in the middle is found as such; it goes on without doubling or losing a row, or is taken
back as a whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.access.actor import ENGINE
from engine.app import open_services
from engine.database.search_tables import search
from engine.database.system_tables import history
from engine.records.operations import Operation
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from engine.settings import Settings
from engine.web.services import Services
from tests.exchange.sheets import write_csv
from tests.product import found

ROWS = 2400
CRM = (sys.executable, "-c", "from engine.cli import main; main()")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    found(folder, "starter")
    return folder


@pytest.fixture
def killed(founded: Path, tmp_path: Path) -> Path:
    """A workspace whose import was killed after its first batches."""
    folder = shutil.copytree(founded, tmp_path / "starter")
    rows = [[f"Person {number}", f"p{number}@example.com"] for number in range(ROWS)]
    path = write_csv(folder / "rows.csv", [["Name", "E-mail"], *rows])
    words = ("import", "contact", str(path), "--yes", "--key", "email")
    with subprocess.Popen([*CRM, *words], env=_environment(folder), stderr=subprocess.DEVNULL) as child:
        with opened(folder) as services:
            while not (started := services.operations.listed(ENGINE, everybody=True)) or not started[0].done:
                assert child.poll() is None
        child.kill()
    return folder


def test_a_killed_import_goes_on_without_a_row_lost_or_doubled(killed: Path) -> None:
    with opened(killed) as services:
        services.runner.find_dead()
        before = _only(services)
        assert (before.state, before.resumable, before.undoable) == ("interrupted", True, True)
        assert 0 < before.done < ROWS and len(_names(services)) == before.done
    words = [*CRM, "import", "--resume", str(before.id)]
    ended = subprocess.run(words, env=_environment(killed), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[0] == f"Done: {ROWS} created, 0 updated, 0 left alone, 0 left out."
    with opened(killed) as services:
        names = _names(services)
        assert len(names) == len(set(names)) == ROWS
        assert _counted(services, before) == {"history": ROWS, "search": ROWS}


def test_a_killed_import_is_taken_back(killed: Path) -> None:
    with opened(killed) as services:
        services.runner.find_dead()
        undoing = services.operations.undo(ENGINE, _only(services).id, everybody=True)
        services.runner.run(undoing)
        assert services.operations.read(ENGINE, undoing, everybody=True).state == "done"
        assert _names(services) == []


@contextmanager
def opened(folder: Path) -> Iterator[Services]:
    database = f"sqlite:///{folder / 'crm.db'}"
    services = open_services(Settings(data_folder=folder, database_url=database, operations=False))
    try:
        yield services
    finally:
        services.database.close()


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CRM_", "LC_", "LANG"))}
    here = {"CRM_DATA_FOLDER": str(folder), "CRM_DATABASE_URL": f"sqlite:///{folder / 'crm.db'}"}
    return {**kept, **here, "PYTHONPATH": os.pathsep.join(sys.path)}


def _only(services: Services) -> Operation:
    (operation,) = services.operations.listed(ENGINE, everybody=True)
    return operation


def _names(services: Services) -> list[str]:
    assert services.workspace is not None
    page = services.workspace.store.list(ENGINE, ListQuery("contact", ("name",)), PageRequest(limit=10 * ROWS))
    return [row["name"] for row in page.rows if row["name"].startswith("Person ")]


def _counted(services: Services, operation: Operation) -> dict[str, int]:
    with services.database.read() as connection:
        written = select(func.count()).select_from(history).where(history.c.operation == operation.id)
        indexed = select(func.count()).select_from(search).where(search.c.words.contains(" person "))
        return {"history": connection.scalar(written) or 0, "search": connection.scalar(indexed) or 0}
