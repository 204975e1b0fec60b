import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from engine.cli import crm
from engine.locale.text import LANGUAGES
from tests.cli.outcome import Outcome
from tools.docs.pages import FOLDER, PAGES, outdated, texts

HOME = Path(__file__).parent.parent
PROSE = [HOME / "README.md", HOME / "CONTRIBUTING.md", HOME / "CHANGELOG.md", *sorted((HOME / "docs").rglob("*.md"))]
TUTORIAL = HOME / "docs" / "tutorial" / "first-blueprint.md"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def blocks(path: Path) -> Iterator[tuple[str, str, str]]:
    """(kind, file name, text) of each fenced block."""
    for found in BLOCK.finditer(path.read_text(encoding="utf-8")):
        yield found[1], found[2], found[3]


def run(line: str) -> Outcome:
    words = [*line.split()[1:], *(["--no-serve"] if line.startswith("crm demo") else [])]
    result = CliRunner().invoke(crm, words, env={"LC_ALL": "C.UTF-8"})
    return Outcome(result.exit_code, result.stdout, result.stderr)


def test_the_reference_is_up_to_date() -> None:
    assert outdated() == []


def test_the_reference_is_whole_in_every_language() -> None:
    assert sorted(texts()) == sorted(FOLDER / language / name for language in LANGUAGES for name in PAGES)


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(HOME)))
def test_every_link_of_the_docs_leads_somewhere(path: Path) -> None:
    targets = [target for target in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = Outcome(0, "", "")
    for kind, name, text in blocks(TUTORIAL):
        match kind:
            case "sh":
                outcome = run(text)
            case "text":
                assert outcome == Outcome(0 if text == "No problems.\n" else 1, text, "")
            case _:
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text(text, encoding="utf-8")
    assert (outcome.code, outcome.errors) == (0, "")
    assert re.findall(r"(\S+@\S+)\s+(\w+)", outcome.output) == [
        ("olga@example.org", "owner"),
        ("piet@example.org", "bench"),
    ]


def test_a_field_added_at_the_end_of_the_tutorial_is_applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, name, text in blocks(TUTORIAL):
        if kind in ("yaml", "csv"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("crm demo workshop").code == 0
    repair = tmp_path / "workshop" / "entities" / "repair.yaml"
    added = next(line.strip("`") for line in TUTORIAL.read_text().splitlines() if line.startswith("`      strings"))
    repair.write_text(repair.read_text().replace("      stage: {type", f"{added}\n      stage: {{type"))
    assert (run("crm check workshop").output, run("crm demo workshop").code) == ("No problems.\n", 0)


def guide_blueprints() -> list[Any]:
    found = [(path, block) for path in sorted((HOME / "docs" / "guide").glob("*.md")) for block in blocks(path)]
    return [pytest.param(name, text, id=f"{path.stem}-{name}") for path, (kind, name, text) in found if kind == "yaml"]


@pytest.mark.parametrize(("name", "text"), guide_blueprints())
def test_the_examples_of_the_guides_are_sound(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="utf-8")
    assert run(f"crm check {name}") == Outcome(0, "No problems.\n", "")
    assert run(f"crm demo {name}").errors == ""


@pytest.mark.parametrize("name", ["testing.md", "testing.zh-CN.md"])
def test_the_test_of_the_guide_passes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, file, text = next(blocks(HOME / "docs" / "guide" / name))
    Path(file).write_text(text, encoding="utf-8")
    assert run(f"crm test {file}").code == 0
