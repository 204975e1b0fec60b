import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.cli.outcome import SHIPPED, Outcome, Run

HOME = SHIPPED.parent
CRM = str(Path(sys.executable).parent / "crm")


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address a server tells, and its process; it is stopped afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CRM_")}
    environment |= {"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_hear_interrupts,
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if found := re.search(r"http://\S+:\d+", line):
                yield found.group(), process
                break
        else:
            pytest.fail("the server told no address")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _hear_interrupts() -> None:
    """Shells start background jobs deaf to Ctrl+C, and what such a job starts is deaf too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def answer(address: str) -> httpx2.Response:
    """The answer to GET /login, from a server that may still be starting."""
    for _ in range(100):
        try:
            return httpx2.get(f"{address}/login", follow_redirects=False, timeout=10)
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_a_folder_founds_an_empty_database(run: Run) -> None:
    outcome = run("serve", SHIPPED / "starter", "--database", "crm.db", "--no-serve")
    assert (outcome.code, outcome.errors) == (0, "")
    assert outcome.output.splitlines()[1] == (
        "Nobody can log in yet; add somebody with: crm user add EMAIL --role admin"
    )


def test_an_unchanged_folder_changes_nothing(run: Run, small: Path) -> None:
    run("serve", small, "--database", "crm.db", "--no-serve")
    run("user", "add", "a@example.org", "--role", "admin", "--database", "crm.db")
    assert run("serve", small, "--database", "crm.db", "--no-serve") == Outcome(0, "", "")


def test_additions_are_applied(run: Run, small: Path) -> None:
    run("serve", small, "--database", "crm.db", "--no-serve")
    run("user", "add", "a@example.org", "--role", "admin", "--database", "crm.db")
    small.write_text(small.read_text().replace("roles:", "      text: {type: long_text, label: Text}\nroles:"))
    outcome = run("serve", small, "--database", "crm.db", "--no-serve")
    assert outcome == Outcome(0, "Applied what the blueprint of Small adds.\n", "")


def test_anything_else_is_refused_in_sentences(run: Run, small: Path) -> None:
    run("serve", small, "--database", "crm.db", "--no-serve")
    small.write_text(small.read_text().replace("      name:", "      title:").replace("title: name", "title: title"))
    outcome = run("serve", small, "--database", "crm.db", "--no-serve", "--language", "zh-CN")
    assert (outcome.code, outcome.output, "note.name" in outcome.errors) == (1, "", True)
    assert outcome.errors.splitlines()[0] == "该蓝图与数据库中的蓝图相比不只是增加内容，因此没有做任何更改："


@pytest.mark.parametrize(
    "url", ["postgresql://nobody:secret-word@127.0.0.1:1/none", "mysql://root:secret-word@x/y", "/dev/null/crm.db"]
)
def test_a_database_that_cannot_be_opened_is_one_sentence_without_its_password(run: Run, url: str) -> None:
    outcome = run("serve", "--database", url, "--no-serve")
    assert (outcome.code, outcome.output, len(outcome.errors.splitlines())) == (1, "", 1)
    assert "secret-word" not in outcome.errors


def test_a_setting_that_cannot_be_read_is_a_usage_error(run: Run) -> None:
    told = 'The setting CRM_PORT has a value that cannot be read: "abc".\n'
    assert run("serve", CRM_PORT="abc") == Outcome(2, "", told)


def test_a_folder_that_is_not_there_is_a_usage_error(run: Run) -> None:
    assert run("serve", "nowhere", "--no-serve") == Outcome(2, "", "There is nothing at nowhere.\n")


def test_without_a_folder_the_first_run_is_served(tmp_path: Path) -> None:
    with serving(tmp_path, CRM, "serve", "--port", "0") as (address, _):
        response = answer(address)
        assert (response.status_code, response.headers["location"]) == (303, "/setup")


def test_the_demo_serves_its_login_page_and_stops_at_an_interrupt(tmp_path: Path) -> None:
    with serving(tmp_path, CRM, "demo", "starter", "--port", "0") as (address, process):
        assert answer(address).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130


def test_the_server_file_serves_too(tmp_path: Path) -> None:
    with serving(tmp_path, sys.executable, str(HOME / "server.py"), "--port", "0") as (address, _):
        assert answer(address).status_code == 303


def test_uvicorn_finds_the_application(tmp_path: Path) -> None:
    words = (sys.executable, "-m", "uvicorn", "--app-dir", str(HOME), "server:app", "--port", "0")
    with serving(tmp_path, *words) as (address, _):
        assert answer(address).status_code == 303
