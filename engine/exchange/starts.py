"""Spreadsheets that a first run may start from: kept with the blueprint guessed from each, for a day."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from engine.clock import Clock
from engine.exchange.blueprint_from_file import blueprint_files, write_blueprint
from engine.exchange.sheet_rows import settings_of
from engine.exchange.table_guess import EntityGuess, example, guess_file

KEPT = timedelta(days=1)
MOST = 20
"""Starts that are kept; an older one makes room."""
TOKEN = re.compile(r"[0-9a-f]{32}")
BLUEPRINT, TABLES = "blueprint", "tables.json"


@dataclass(frozen=True, slots=True)
class GuessedField:
    label: str
    type: str
    to: str
    """The entity a link leads to."""
    sure: bool
    example: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: the entity it became, and the settings of the operation that brings its rows in."""

    entity: str
    label: str
    rows: int
    settings: Mapping[str, Any]
    fields: tuple[GuessedField, ...]


@dataclass(frozen=True, slots=True)
class Start:
    token: str
    blueprint: Path
    tables: tuple[Table, ...]
    """Those that others link to come first."""


class Starts:
    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def keep(self, name: str, stream: BinaryIO) -> str:
        """Guess a blueprint from a file; what it is found by. Raises `UnreadableFile`; then nothing is kept."""
        self.tidy()
        token = secrets.token_hex(16)
        home = self._folder / token
        home.mkdir(parents=True, mode=0o700)
        path = home / "file"
        try:
            with path.open("wb") as file:
                shutil.copyfileobj(stream, file)
            guess = guess_file(path, Path(name).stem.strip() or "records", self._clock.now().date())
        except Exception:
            shutil.rmtree(home)
            raise
        write_blueprint(home / BLUEPRINT, blueprint_files(guess))
        tables = [_table(entity, settings_of(path, guess, entity)) for entity in guess.entities]
        kept = {"at": self._clock.now().timestamp(), "tables": tables}
        (home / TABLES).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        return token

    def find(self, token: str) -> Start | None:
        path = self._folder / token / TABLES
        if not TOKEN.fullmatch(token) or not path.is_file():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))["tables"]
        tables = (Table(**{**each, "fields": tuple(GuessedField(**item) for item in each["fields"])}) for each in kept)
        return Start(token, self._folder / token / BLUEPRINT, tuple(tables))

    def tidy(self) -> None:
        """Forget the old ones, and the oldest where there are many."""
        found = sorted(((self._made(home), home) for home in self._folder.glob("*")), reverse=True)
        oldest = self._clock.now().timestamp() - KEPT.total_seconds()
        for place, (made, home) in enumerate(found):
            if made < oldest or place >= MOST - 1:
                shutil.rmtree(home, ignore_errors=True)

    def _made(self, home: Path) -> float:
        """When it was kept; for one that is not finished, when its folder was changed."""
        path = home / TABLES
        if path.is_file():
            return float(json.loads(path.read_text(encoding="utf-8"))["at"])
        return home.stat().st_mtime


def _table(entity: EntityGuess, settings: Mapping[str, Any]) -> dict[str, Any]:
    labels = [
        {
            "label": each.label,
            "type": each.type,
            "to": each.to,
            "sure": each.column.sure != "unsure" and not each.column.misfits,
            "example": example(each),
        }
        for each in entity.fields
    ]
    return {"entity": entity.name, "label": entity.plural, "rows": entity.rows, "settings": settings, "fields": labels}
