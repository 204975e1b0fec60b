from pathlib import Path

import pytest

from tests.cli.outcome import Outcome, Run
from tests.product import PASSWORD, running


@pytest.fixture
def founded(run: Run, small: Path) -> Run:
    """`crm` beside a workspace in the default database."""
    assert run("serve", small, "--no-serve").code == 0
    return run


def test_a_user_is_added_and_the_password_told_once(founded: Run) -> None:
    outcome = founded("user", "add", "ann@example.org", "--role", "admin")
    first, second = outcome.output.splitlines()
    assert (outcome.code, outcome.errors, first) == (0, "", "Added ann@example.org with the role admin.")
    assert second.startswith("Password, told this once: ")
    assert len(second.split()[-1]) == 16


def test_a_password_from_the_standard_input_is_not_told(founded: Run) -> None:
    words = ("user", "add", "ann@example.org", "--role", "admin", "--name", "Ann Lee", "--password-stdin")
    told = "Added ann@example.org with the role admin.\n"
    assert founded(*words, typed="wild-otter-42\n") == Outcome(0, told, "")


def test_a_weak_password_is_refused(founded: Run) -> None:
    words = ("user", "add", "ann@example.org", "--role", "admin", "--password-stdin")
    assert founded(*words, typed="short\n") == Outcome(1, "", "Use at least 10 characters.\n")


def test_an_address_that_is_taken_is_refused(founded: Run) -> None:
    founded("user", "add", "ann@example.org", "--role", "admin")
    outcome = founded("user", "add", "Ann@Example.org", "--role", "admin")
    assert (outcome.code, outcome.output, len(outcome.errors.splitlines())) == (1, "", 1)


def test_an_address_that_is_none_is_refused(founded: Run) -> None:
    told = "This is not an email address. Write it like ann@example.com.\n"
    assert founded("user", "add", "ann", "--role", "admin") == Outcome(1, "", told)


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("admn", "There is no role admn; did you mean admin?\n"),
        ("zzz", "There is no role zzz; the blueprint has admin.\n"),
    ],
)
def test_an_unknown_role_is_refused(founded: Run, role: str, told: str) -> None:
    assert founded("user", "add", "ann@example.org", "--role", role) == Outcome(1, "", told)


def test_without_a_workspace_nobody_is_added(run: Run) -> None:
    outcome = run("user", "add", "ann@example.org", "--role", "admin")
    assert (outcome.code, outcome.output) == (1, "")
    assert outcome.errors.startswith("No workspace was founded in ")


def test_a_link_to_set_a_password_is_made_for_who_cannot_come_in(run: Run, small: Path, tmp_path: Path) -> None:
    assert run("serve", small, "--no-serve").code == 0
    assert run("user", "add", "ann@example.org", "--role", "admin").code == 0
    made = run("user", "link", "ann@example.org", "--without-second-factor")
    assert made.code == 0 and made.errors == (
        "This link lets ann@example.org set a password. It works once and ends in 24 hours:\n"
    )
    path = made.output.strip().removeprefix("http://127.0.0.1:8000")
    with running(tmp_path / "workspace") as product:
        page = product.browser().open(path).submit(path, {"password": PASSWORD, "repeat": PASSWORD})
        assert page.path == "/"
    told = "Nobody with the address eve@example.org may log in.\n"
    assert run("user", "link", "eve@example.org") == Outcome(1, "", told)
    kinds = [line.split("\t")[2] for line in run("audit", "--user", "ann@example.org").output.splitlines()]
    assert sorted(kinds) == ["invited", "password_set", "second_factor_off", "signed_in", "user_added"]
    assert run("audit", "--kind", "signd_in").errors == "There is no kind signd_in; did you mean signed_in?\n"
