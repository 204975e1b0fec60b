from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.outcome import Outcome, Run


@pytest.fixture
def founded(run: Run, small: Path) -> Run:
    """`crm` beside a workspace with one user."""
    assert run("serve", small, "--no-serve").code == 0
    assert run("user", "add", "ann@example.org", "--role", "admin", "--name", "Ann Lee").code == 0
    return run


def test_a_token_is_made_listed_and_revoked(founded: Run) -> None:
    made = founded("token", "create", "ann@example.org", "--name", "Website", "--scope", "write", "--entity", "note")
    token_id = made.errors.split()[1]
    assert made.code == 0 and made.output.startswith("crm_") and len(made.output) == 48
    assert made.errors == f"Token {token_id} lets a program act as ann@example.org. It is told this once:\n"
    hint = made.output.strip()[-4:]
    listed = f"{token_id}\tAnn Lee\tWebsite\t…{hint}\twrite\tnote\tnever used\t-\n"
    assert founded("token", "list") == Outcome(0, listed, "")
    assert founded("token", "revoke", token_id) == Outcome(0, f"Token {token_id} was revoked.\n", "")
    assert founded("token", "list") == Outcome(0, "", "There are no tokens.\n")
    assert founded("token", "revoke", token_id).code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nobody@example.org",), "Nobody with the address nobody@example.org may log in.\n"),
        (("ann@example.org", "--entity", "notes"), "There is no entity notes; did you mean note?\n"),
        (("ann@example.org", "--entity", "zzzzzz"), "There is no entity zzzzzz.\n"),
    ],
)
def test_what_is_not_there_is_told(founded: Run, words: tuple[str, ...], told: str) -> None:
    assert founded("token", "create", *words) == Outcome(1, "", told)


def test_a_token_of_a_day_and_wrong_words(founded: Run) -> None:
    assert founded("token", "create", "ann@example.org", "--expires", "1").code == 0
    assert founded("token", "list").output.split("\t")[-1] != "-\n"
    assert founded("token", "create", "ann@example.org", "--expires", "0").code == 2
    assert founded("token", "create", "ann@example.org", "--scope", "all").code == 2
    assert founded("token", "revoke", "1e3").errors == "There is no token 1e3 that lets anybody in.\n"
