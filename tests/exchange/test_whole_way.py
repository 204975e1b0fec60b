"""The whole way of a spreadsheet: in with checks, changed at once and back, found, out again, read by a program.

`CRM_PROVE=1` takes 100,000 rows on each kind of database, and prints how long each step took."""

from __future__ import annotations

import csv
import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from engine.access.actor import Actor
from engine.access.login import find_user
from engine.exchange.imports import Importing
from engine.exchange.plan import ImportPlan
from engine.locale.formats import Formats
from engine.records.operations import Operation
from tests.browsing.browser import Browser
from tests.conftest import copied
from tests.exchange.sheets import write_csv, write_xlsx
from tests.product import Product, running
from tests.web.api.client import client_of

PROVE = bool(os.environ.get("CRM_PROVE"))
ROWS = 100_000 if PROVE else 2_000
BAD, RARE = ROWS // 50, ROWS // 1000
"""Rows with a cell that cannot be read, and rows with a rare word."""
HEADER = ["Name", "Account", "Job title", "E-mail", "Phone", "Notes"]
CLIENTS = ("上海海科科技有限公司", "Lindqvist Freight", "深圳蓝湾贸易有限公司", "Harbour & Sons")
LIST = "/e/contact/v/all"
CHANGED = f"{LIST}?count=all" if PROVE else f"{LIST}?f=name:contains:王芳 1"
"""The view whose records are changed at once: so many that it is done in the background."""
STEP = "Whole way"


@dataclass
class Way:
    """Somebody with all rights, and what each step took."""

    product: Product
    browser: Browser
    took: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, rows: int = ROWS) -> Iterator[None]:
        wall, processor = time.perf_counter(), time.process_time()
        yield
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        self.took[name] = f"{wall:7.2f} s, processor {processor:7.2f} s, {rows / max(processor, 1e-3):9,.0f} a second"

    @property
    def importing(self) -> Importing:
        services = self.product.services
        assert services.workspace is not None
        with services.database.read() as connection:
            actor = Actor(find_user(connection, "dana@example.org"), frozenset({"admin"}))
        formats = Formats("en", "Asia/Shanghai", "CNY", self.product.clock.now().date(), "CN")
        return services.imports.acting(services.workspace.store, actor, formats)

    def operation(self) -> Operation:
        """The newest one, once it has run to its end."""
        services = self.product.services
        while services.runner.run_next():
            pass
        return services.operations.listed(self.importing._actor, limit=1)[0]


@pytest.fixture(params=["sqlite", "postgresql"] if PROVE else ["sqlite"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    if request.param == "sqlite":
        product: Product = request.getfixturevalue("b2b")
        yield Way(product, product.enter("dana"))
        return
    with copied(request.getfixturevalue("founded_on_postgres")) as url, running(tmp_path, url) as product:
        yield Way(product, product.enter("dana"))


@pytest.fixture(params=["xlsx", "csv"] if PROVE else ["xlsx"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sheet(folder: Path, kind: str) -> Path:
    """A CSV file as a Chinese spreadsheet program writes it."""
    rows = [HEADER, *(row(number) for number in range(ROWS))]
    path = folder / f"people.{kind}"
    return write_xlsx(path, rows) if kind == "xlsx" else write_csv(path, rows, "gb18030")


def row(number: int) -> list[str]:
    name = f"陈蘑菇 {number}" if number % 1000 == 7 else f"{('王芳', 'Ada Okafor')[number % 2]} {number}"
    email = "no mail" if number % 50 == 3 else f"person{number}@example.com"
    return [name, CLIENTS[number % len(CLIENTS)], "Buyer", email, f"+86 138 {number:08}", "见过面。"]


def planned(guessed: ImportPlan) -> ImportPlan:
    columns = (replace(each, create_missing=each.field == "account") for each in guessed.columns)
    return replace(guessed, columns=tuple(columns), key=(), mode="create")


def test_a_spreadsheet_goes_the_whole_way(
    way: Way, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = sheet(tmp_path, kind), len(exported(way, "csv"))
    brought_in(way, path)
    changed_and_back(way)
    found(way)
    for form in ("csv", "xlsx"):
        with way.step(f"export, {form}"):
            rows = exported(way, form)
        assert len(rows) == before + ROWS - BAD and any("陈蘑菇 1007" in each for each in rows)
    read_by_a_program(way, before + ROWS - BAD)
    if PROVE:
        with capsys.disabled():
            dialect = way.product.services.database.dialect
            print(f"\n{ROWS:,} rows, {kind}, {dialect}", *(f"{n:28}{t}" for n, t in way.took.items()), sep="\n  ")


def brought_in(way: Way, path: Path) -> None:
    importing = way.importing
    with path.open("rb") as stream, way.step("read and guess"):
        draft = importing.upload("contact", path.name, stream)
    draft = importing.settle(draft.id, planned(draft.plan))
    with way.step("check"):
        check = importing.check(draft.id).check
    assert check is not None and (check.create, check.refused) == (ROWS - BAD, BAD)
    importing.start(draft.id)
    with way.step("import"):
        done = way.operation()
    assert (done.state, done.done, done.refused) == ("done", ROWS - BAD, BAD)


def changed_and_back(way: Way) -> None:
    """Every record of the view, in the background; then the way back."""
    page = way.browser.open(CHANGED)
    total = int(page.named("list")["data-total"])
    form = [(name, text) for name, text in page.form("/e/contact/bulk").filled({}) if name not in ("id", "all")]
    asked = [("all", "1"), ("do", "edit"), ("field", "title"), ("apply", "1"), ("v.title", STEP)]
    way.browser.send("/e/contact/bulk", [*form, *asked])
    with way.step("bulk edit", total):
        done = way.operation()
    assert total > 200 and (done.kind, done.state, done.done, done.refused) == ("bulk_edit", "done", total, 0)
    assert counted(way, f"f=title:is:{STEP}") == min(total, 10_000)
    page = way.browser.open(f"/operations/{done.id}")
    page.submit(f"/operations/{done.id}/undo")
    with way.step("undo", total):
        undone = way.operation()
    assert (undone.undo_of, undone.state, undone.done) == (done.id, "done", total)
    assert counted(way, f"f=title:is:{STEP}") == 0


def found(way: Way) -> None:
    with way.step("two Chinese characters", 1):
        page = way.browser.open(f"{LIST}?q=蘑菇")
    assert len([each for each in page.tree.all("tr") if each["data-id"]]) == min(RARE, 50)
    assert counted(way, "q=蘑菇") == RARE
    assert "陈蘑菇" in way.browser.open("/search?q=蘑菇").words


def counted(way: Way, query: str) -> int:
    return int(client_of(way.product).get(f"contact?{query}&count=true&limit=1&fields=name")["count"])


def exported(way: Way, form: str) -> list[list[str]]:
    """Every contact with all its fields, as the file has them, without the header."""
    asked = way.browser.open(f"/e/contact/export?from={LIST}")
    sent = asked.submit("/e/contact/export", {"format": form, "columns": "all"})
    if not sent.headers.get("content-disposition"):
        sent = way.browser.open(f"/exports/{way.operation().id}")
    content = sent.answer.content
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
    lines: list[list[Any]] = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in line] for line in lines[1:]]


def read_by_a_program(way: Way, total: int) -> None:
    api = client_of(way.product)
    ids: list[str] = []
    cursor, last = "", ""
    with way.step("API, every page"):
        while True:
            page = api.get(f"contact?view=all&fields=name&limit=200{cursor}")
            ids += [each["id"] for each in page["data"]]
            if page["next_cursor"] is None:
                break
            cursor, last = f"&cursor={page['next_cursor']}", cursor
    assert len(ids) == len(set(ids)) == total
    for name, at in (("API, first page", ""), ("API, last full page", last)):
        with way.step(name, 200):
            assert len(api.get(f"contact?view=all&fields=name&limit=200{at}")["data"]) == 200
    way.product.clock.advance(timedelta(hours=1))
    since = way.product.clock.now().isoformat().replace("+00:00", "Z")
    assert api.send("PATCH", f"contact/{ids[0]}", {"title": "Seen"}).status_code == 200
    assert api.send("DELETE", f"contact/{ids[-1]}").status_code == 204
    with way.step("API, updated_since", 2):
        page = api.get(f"contact?updated_since={since}&fields=title")
    assert [each["title"] for each in page["data"]] == ["Seen"] and [each["id"] for each in page["deleted"]] == [
        ids[-1]
    ]
