import re
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parent.parent
ENGINE = sorted((HOME / "engine").rglob("*.py"))
LONGEST = 350
VAGUE = {"utils", "helpers", "manager", "managers", "handler", "handlers", "service", "base", "common"}


def test_every_room_imports_only_what_the_contracts_allow() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo"]
    run = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_nobody_imports_the_server() -> None:
    importing = [path for path in ENGINE if re.search(r"^(from|import) server\b", path.read_text(), re.MULTILINE)]
    assert importing == []


def test_every_module_can_be_read_in_one_sitting() -> None:
    long = [path.relative_to(HOME) for path in ENGINE if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST]
    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in ENGINE if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_nothing_is_imported_inside_a_function() -> None:
    command = [Path(sys.executable).parent / "ruff", "check", "--select", "PLC0415", "engine", "server.py", "tools"]
    run = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
