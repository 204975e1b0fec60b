"""Exports: every type of field in every format, in both languages, within the rights of who asks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from engine.access.actor import ENGINE, Actor
from engine.compiling import field_types
from engine.exchange import exporting
from engine.exchange.export_columns import every_field, export_columns
from engine.exchange.exporting import Export, pages, reading, written
from engine.exchange.view_columns import labelled, shown_by
from engine.exchange.writer import writers
from engine.locale.formats import Formats
from engine.publishing.workspace import Workspace
from engine.records.query import PageRequest
from engine.schema.model import ListQuery, Sort
from tests.product import NOW, Product, found, running

EVERY_TYPE = Path(__file__).parent.parent / "blueprints" / "every_type"


@pytest.fixture(scope="module")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("every_type")
    found(folder, str(EVERY_TYPE))
    with running(folder, secret_key="c" * 43 + "=") as product:
        assert product.services.workspace
        yield product.services.workspace


def formats(workspace: Workspace, language: str) -> Formats:
    settings = workspace.blueprint.settings
    return Formats(language, settings.time_zone, settings.currency, NOW.date(), settings.phone_region)


def export(workspace: Workspace, entity: str, language: str = "en", actor: Actor = ENGINE, **more: object) -> Export:
    """Every field of the entity, sorted by its title."""
    model = workspace.blueprint.entities[entity]
    columns = export_columns(
        workspace.blueprint.entities, labelled(every_field(model)), formats(workspace, language), with_id=True
    )
    query = ListQuery(entity, (), sort=(Sort(model.title),))
    return Export(model.plural.in_(language), columns, reading(query, columns), PageRequest(), **more)  # type: ignore[arg-type]


def file_of(workspace: Workspace, wanted: Export, form: str, actor: Actor = ENGINE) -> bytes:
    return b"".join(written(wanted, writers()[form], pages(workspace.store, actor, wanted)))


def table(content: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def test_secrets_and_line_items_never_leave(every_type: Workspace) -> None:
    names = [field.name for field in every_field(every_type.blueprint.entities["thing"])]
    assert "key" not in names and "parts" not in names
    assert {"name", "owner", "created_at", "papers"} <= set(names)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_csv_file_has_labels_titles_and_plain_figures(shared_b2b: Product, language: str) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    rows = table(file_of(workspace, export(workspace, "opportunity", language), "csv"))
    entity = workspace.blueprint.entities["opportunity"]
    labels = [field.label.in_(language) for field in every_field(entity)]
    assert list(rows[0]) == ["ID", *labels]
    stages = {option.label.in_(language) for option in entity.fields["stage"].options}
    assert {row[entity.fields["stage"].label.in_(language)] for row in rows} <= stages
    amounts = [row[entity.fields["amount"].label.in_(language)] for row in rows]
    assert all(amount.replace(".", "").isdigit() for amount in amounts if amount)
    accounts = {row[entity.fields["account"].label.in_(language)] for row in rows}
    assert "" not in accounts and not any(account.isdigit() for account in accounts)


def test_a_csv_file_may_be_gb18030(shared_b2b: Product) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    content = file_of(workspace, export(workspace, "account", "zh-CN", encoding="gb18030"), "csv")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert table(content, "gb18030") == table(file_of(workspace, export(workspace, "account", "zh-CN"), "csv"))


def test_a_workbook_has_real_numbers_and_days(shared_b2b: Product, tmp_path: Path) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    path = tmp_path / "out.xlsx"
    path.write_bytes(file_of(workspace, export(workspace, "opportunity", names=True), "xlsx"))
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Opportunities").to_python()
    rows = [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]
    assert all(isinstance(row["amount"], float) for row in rows if row["amount"] != "")
    assert {type(row["close_date"]) for row in rows} <= {date, str} and any(row["close_date"] for row in rows)
    assert all(isinstance(row["created_at"], datetime) for row in rows)
    assert len(rows) == workspace.store.aggregate(ENGINE, ListQuery("opportunity", ())).count


def test_json_has_keys_ids_and_exact_amounts(shared_b2b: Product) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    rows = json.loads(file_of(workspace, export(workspace, "opportunity"), "json"))
    row = next(row for row in rows if row["amount"])
    assert isinstance(row["id"], str) and isinstance(row["amount"], str)
    assert row["stage"] in [
        option.key for option in workspace.blueprint.entities["opportunity"].fields["stage"].options
    ]
    assert set(row["account"]) == {"id", "title"}


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_nothing_found_is_a_file_with_a_head(every_type: Workspace, form: str) -> None:
    nothing = replace(export(every_type, "note", names=True), request=PageRequest(search="nothing is called this"))
    content = file_of(every_type, nothing, form)
    if form == "json":
        assert json.loads(content) == []
    elif form == "csv":
        assert content.decode("utf-8-sig").startswith("id,subject,about,things,owner,team,created_at")
    else:
        assert content.startswith(b"PK")


def test_every_value_of_every_type_is_read_again_from_its_cell(every_type: Workspace) -> None:
    """What `sheet_value` writes, typed in the same language, is the value again."""
    read = []
    for language in ("en", "zh-CN"):
        spoken = formats(every_type, language)
        for field in every_type.blueprint.entities["thing"].declared:
            if field.target or field.targets or field.type.holds_files or field.type.sealed or not field.type.stored:
                continue
            for sample in field.type.samples:
                if any(
                    name not in ("min", "max") and field.settings.get(name) != sample.options[name]
                    for name in sample.options
                ):
                    continue
                typed = str(field.type.sheet_value(sample.value, field, spoken))
                assert field.type.parse(typed, field, spoken) == sample.value, (field.name, typed)
                read.append(field.type.name)
    assert len(set(read)) > 15 and set(read) <= set(field_types())


def test_records_and_titles_one_may_not_see_are_not_in_it(shared_b2b: Product) -> None:
    workspace, services = shared_b2b.services.workspace, shared_b2b.services
    assert workspace
    mei = Actor(_user(workspace, "mei@example.org"), frozenset({"sales"}))
    mine = json.loads(file_of(workspace, export(workspace, "opportunity"), "json", mei))
    everything = json.loads(file_of(workspace, export(workspace, "opportunity"), "json"))
    assert services and 0 < len(mine) < len(everything)
    activities = file_of(workspace, export(workspace, "activity"), "json", mei).decode()
    hidden = {row["name"] for row in everything} - {row["name"] for row in mine}
    assert not [name for name in hidden if name in activities]


def _user(workspace: Workspace, email: str) -> int:
    page = workspace.store.list(ENGINE, ListQuery("user", ("email",)), PageRequest(limit=100))
    return next(row["id"] for row in page.rows if row["email"] == email)


def test_one_statement_reads_a_page(shared_b2b: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    wanted = export(workspace, "account")
    whole = file_of(workspace, wanted, "csv")
    monkeypatch.setattr(exporting, "PAGE", 20)
    with shared_b2b.services.database.count_statements() as statements:
        assert file_of(workspace, wanted, "csv") == whole
    assert len(statements) == -(-len(table(whole)) // 20) > 2


def test_every_kind_of_view_shows_fields(shared_b2b: Product) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace
    entity = workspace.blueprint.entities["opportunity"]
    views = workspace.blueprint.screens.views["opportunity"].values()
    shown = {view.kind: [field.name for field, _ in shown_by(view, entity)] for view in views}
    assert all(names[0] == "name" or kind == "list" for kind, names in shown.items())
    assert {"stage", "amount"} <= set(shown["board"]) and "close_date" in shown["calendar"]
    assert len(shown["pivot"]) > 1
