"""What was exported comes in again as the same values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.exchange.asked import ExportAsked, formats_in, prepared
from engine.exchange.export_columns import every_field
from engine.exchange.exporting import pages, written
from engine.exchange.guessing import guess
from engine.exchange.importer import Importer
from engine.exchange.reading import read
from engine.exchange.sheet import Sheet
from engine.exchange.targets import importable
from engine.exchange.writer import writers
from engine.publishing.workspace import Workspace
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from tests.product import NOW, Product, found, running

EVERY_TYPE = Path(__file__).parent.parent / "blueprints" / "every_type"


@pytest.fixture(scope="module")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("every_type")
    found(folder, str(EVERY_TYPE))
    with running(folder, secret_key="c" * 43 + "=") as product:
        assert product.services.workspace
        yield product.services.workspace


def exported(workspace: Workspace, folder: Path, entity: str, form: str, language: str, encoding: str = "") -> Sheet:
    export = prepared(workspace.blueprint, ExportAsked(entity, form, language, encoding=encoding), NOW.date())
    path = folder / f"{entity}.{form}"
    path.write_bytes(b"".join(written(export, writers()[form], pages(workspace.store, ENGINE, export))))
    return read(path)


def stored(workspace: Workspace, entity: str) -> dict[int, dict[str, Any]]:
    """What an import may write of each record, without what is empty."""
    model = workspace.blueprint.entities[entity]
    names = [field.name for field in importable(model) if field in every_field(model)]
    page = workspace.store.list(ENGINE, ListQuery(entity, tuple(names)), PageRequest(limit=1000))
    return {row["id"]: {name: row[name] for name in names if row[name] is not None} for row in page.rows}


def read_again(workspace: Workspace, sheet: Sheet, entity: str, language: str) -> dict[int, dict[str, Any]]:
    """The values an import reads from the file, each column going where its title says, by id."""
    model = workspace.blueprint.entities[entity]
    formats = formats_in(language, workspace.blueprint.settings, NOW.date())
    rows = list(sheet.rows())
    plan = guess(workspace.blueprint.entities, model, sheet, rows[:50], formats)
    assert {column.field for column in plan.columns} >= {"id", *(f.name for f in importable(model))}
    importer = Importer(workspace.store.model, model, plan, formats)
    with workspace.store.begin(ENGINE, "import") as write:
        answers = importer.reader.read(write, rows)
    assert [fault for answer in answers for fault in (*answer.faults, *answer.warnings)] == []
    return {answer.values.pop("id"): answer.values for answer in answers}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(("form", "encoding"), [("csv", ""), ("csv", "gb18030"), ("xlsx", "")])
@pytest.mark.parametrize("entity", ["contact", "opportunity"])
def test_records_of_a_workspace_come_in_as_they_were(
    shared_b2b: Product, tmp_path: Path, entity: str, form: str, encoding: str, language: str
) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    sheet = exported(workspace, tmp_path, entity, form, language, encoding)
    assert read_again(workspace, sheet, entity, language) == stored(workspace, entity)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("entity", ["thing", "note"])
def test_values_of_every_type_come_in_as_they_were(
    every_type: Workspace, tmp_path: Path, entity: str, form: str, language: str
) -> None:
    sheet = exported(every_type, tmp_path, entity, form, language)
    again, before = read_again(every_type, sheet, entity, language), stored(every_type, entity)
    differing = {
        (name, repr(again[record].get(name)), repr(before[record].get(name)))
        for record in before
        for name in {*again[record], *before[record]}
        if again[record].get(name) != before[record].get(name)
    }
    assert (set(again), differing) == (set(before), set())


NOTES = ("=1+1", "-2+SUM(A1)", "@me", "'=x", "+86 138", "-5", "Tab\tno", "a\nb", '"q", x', "007", "＝1", "1e5", "TRUE")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_texts_that_look_like_something_else_stay_texts(shared_b2b: Product, tmp_path: Path, form: str) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    made = [workspace.store.create(ENGINE, "account", {"name": "x", "notes": note}) for note in NOTES]
    read_back = read_again(workspace, exported(workspace, tmp_path, "account", form, "en"), "account", "en")
    assert [read_back[record]["notes"] for record in made] == list(NOTES)
