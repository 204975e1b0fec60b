import json
from functools import partial
from pathlib import Path

import pytest

from engine.access.actor import ENGINE
from engine.access.login import find_user
from engine.locale.text import LANGUAGES
from tests.cli.outcome import Outcome, Run
from tests.product import found, running


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the starter workspace and its demo data; nothing here writes to it."""
    folder = tmp_path_factory.mktemp("starter")
    found(folder, "starter")
    return folder


@pytest.fixture
def demo(run: Run, founded: Path) -> Run:
    """`crm` for that workspace."""
    return partial(run, CRM_DATABASE_URL=f"sqlite:///{founded / 'crm.db'}")


def test_a_view_becomes_a_file(demo: Run, tmp_path: Path) -> None:
    told = Outcome(0, "", "3 records written to people.csv.\n")
    assert demo("export", "contact", "--view", "all", "-o", "people.csv") == told
    lines = (tmp_path / "people.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == [
        "Name,Company,E-mail,Phone,Owner",
        "Ada Brightwell,Alderbeck Optics,ada.brightwell@example.com,+1 617-555-0112,林梅 Mei Lin",
    ]


def test_without_a_view_every_field_is_written(demo: Run, tmp_path: Path) -> None:
    assert demo("export", "contact", "-o", "people.json").code == 0
    rows = json.loads((tmp_path / "people.json").read_text(encoding="utf-8"))
    assert {"id", "name", "notes", "created_at", "updated_by"} <= set(rows[0])
    assert rows[0]["owner"]["title"] in ("Dana Whitlock", "林梅 Mei Lin")


def test_headers_are_of_the_language_or_names(demo: Run, tmp_path: Path) -> None:
    words = ("export", "contact", "--view", "all", "-o", "people.csv", "--encoding", "gb18030")
    heads = []
    for more in (("--language", LANGUAGES[1]), ("--names",)):
        assert demo(*words, *more).code == 0
        heads.append((tmp_path / "people.csv").read_text(encoding="gb18030").splitlines()[0])
    assert heads == ["姓名,公司,邮箱,电话,负责人", "name,company,email,phone,owner"]


def test_an_export_is_kept_among_the_operations(demo: Run, founded: Path, tmp_path: Path) -> None:
    words = ("export", "contact", "--view", "all", "--as", "dana@example.org")
    assert demo(*words, "-o", "people.csv").code == 0 and demo(*words, "-o", "gone/people.csv").code == 1
    with running(founded) as product:
        failed, done = product.services.operations.listed(ENGINE, everybody=True, limit=2)
        page = product.enter("dana").open(f"/operations/{done.id}")
        with product.services.database.read() as connection:
            assert done.actor_id == find_user(connection, "dana@example.org")
    assert (done.kind, done.entity, done.state, done.done) == ("export", "contact", "done", 3)
    assert (failed.state, failed.done, failed.resumable) == ("failed", 0, False)
    assert done.settings["view"] == "all" and done.settings["columns"][:2] == ["name", "company"]
    assert "On the command line, into people.csv 3 records done." in page.words
    assert "Undo everything" not in page.words and not (tmp_path / "exports").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("contacts", "-o", "x.csv"), "There is no entity contacts; did you mean contact?\n"),
        (("contact", "--view", "al", "-o", "x.csv"), "There is no view al; did you mean all?\n"),
        (
            ("contact", "-o", "x.doc"),
            "The ending of x.doc names no format; use one of xlsx, csv, json, or say --format.\n",
        ),
        (("contact", "-o", "gone/x.csv"), "gone/x.csv cannot be written: No such file or directory.\n"),
        (("contact", "--as", "eve@example.org", "-o", "x.csv"), "There is no user eve@example.org.\n"),
    ],
)
def test_what_cannot_be_exported_is_told(demo: Run, words: tuple[str, ...], told: str) -> None:
    assert demo("export", *words) == Outcome(1, "", told)
