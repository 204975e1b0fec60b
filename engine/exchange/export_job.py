"""Exports as operations: written page by page with progress, kept for a day, for the one who asked for it alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.access.actor import Actor
from engine.clock import Clock
from engine.exchange.asked import ExportAsked, Published, prepared
from engine.exchange.exporting import pages, written
from engine.exchange.writer import writers
from engine.locale.catalogue import message_text
from engine.records.errors import Refused
from engine.records.model import Row
from engine.records.operation_run import OperationRun
from engine.records.operations import Operation

KIND = "export"
KEPT = timedelta(days=1)


class ExportFiles:
    """The files of exports in one folder, named by their operations."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def write(self, operation_id: int, pieces: Iterator[bytes]) -> None:
        """Whole or not at all: a half written file has another name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(operation_id)
        half = path.with_suffix(".part")
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(pieces)
        moment = self._clock.now().timestamp()
        os.utime(half, (moment, moment))
        half.replace(path)

    def find(self, operation_id: int) -> Path | None:
        """The file, as long as it is kept."""
        path = self._path(operation_id)
        return path if path.is_file() and not self._is_old(path) else None

    def drop(self, operation_id: int) -> None:
        self._path(operation_id).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Forget what was kept for long enough."""
        for path in self._folder.glob("*"):
            if self._is_old(path):
                path.unlink(missing_ok=True)

    def _path(self, operation_id: int) -> Path:
        return self._folder / str(operation_id)

    def _is_old(self, path: Path) -> bool:
        return self._clock.now().timestamp() - path.stat().st_mtime > KEPT.total_seconds()


class ExportJob:
    """`published` gives the blueprint that runs now, as somebody sees it."""

    source = KIND

    def __init__(self, files: ExportFiles, published: Callable[[Actor], Published]) -> None:
        self._files, self._published = files, published

    def run(self, run: OperationRun) -> None:
        """One that was cut off begins anew: a file has no middle to go on from. Raises `Refused`."""
        self._files.write(run.operation.id, exported(run, self._published(run.actor)))
        with run.batch() as batch:
            batch.result["links"] = [["export.download", download_url(run.operation.id)]]


def settings_of(asked: ExportAsked, **more: Any) -> dict[str, Any]:
    """What the operation of an export keeps. Nothing is written that could be undone."""
    return {**asked.to_json(), "undo": False, **more}


def exported(run: OperationRun, published: Published) -> Iterator[bytes]:
    """The file, piece by piece; each page is counted when it is read. Raises `Refused`."""
    asked = ExportAsked.from_json(run.operation.settings)
    if not run.store.model.policy.may_export(run.actor, asked.entity):
        raise Refused(message_text("export.not_allowed"))
    export = prepared(published, asked, run.store.moment(run.actor).today)
    return written(export, writers()[asked.form], _counting(run, pages(run.store, run.actor, export)))


def download_url(operation_id: int) -> str:
    return f"/exports/{operation_id}"


def file_name(operation: Operation, title: str) -> str:
    """`Deals 2026-11-28.xlsx`"""
    return f"{title} {operation.created_at.date().isoformat()}.{operation.settings['form']}"


def _counting(run: OperationRun, read: Iterator[Sequence[Row]]) -> Iterator[Sequence[Row]]:
    done = -run.operation.done
    for page in read:
        with run.batch() as batch:
            batch.done = done + len(page)
        done = 0
        yield page
