"""What the tests of the commands start from: an empty folder to work in, and a way to run a command there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import crm
from tests.cli.outcome import Outcome, Run

SMALL = """\
blueprint: {id: small, version: 0.1.0, title: Small}
settings: {languages: [en]}
entities:
  note:
    label: Note
    plural: Notes
    title: name
    fields:
      name: {type: text, required: true, label: Name}
roles:
  admin: {label: Admin, admin: true, entities: {"*": {read: true, create: true, update: true, delete: true}}}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `crm` with words, in an empty folder and in English."""
    monkeypatch.chdir(tmp_path)
    for variable in ("CRM_PORT", "CRM_HOST", "CRM_DATABASE_URL", "CRM_DATA_FOLDER", "CRM_TRACEBACK"):
        monkeypatch.delenv(variable, raising=False)

    def invoke(*words: object, typed: str = "", **environment: str) -> Outcome:
        variables = {"LC_ALL": "C.UTF-8", "COLUMNS": "100", **environment}
        result = CliRunner().invoke(crm, [str(word) for word in words], input=typed, env=variables)
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A blueprint in one file, without demo data."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path
