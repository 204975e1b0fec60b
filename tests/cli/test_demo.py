import socket
import sqlite3
from pathlib import Path

from tests.cli.outcome import SHIPPED, Outcome, Run

LOGINS = Path("workspace/demo-starter/demo-logins.txt")
DATABASE = Path("workspace/demo-starter/crm.db")
REUSED = f"Using the database of an earlier run: {DATABASE} (--fresh makes a new one).\n"


def rows(database: Path, table: str) -> int:
    with sqlite3.connect(database) as connection:
        count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    connection.close()
    return count


def test_a_demo_has_its_records_and_tells_its_logins(run: Run) -> None:
    outcome = run("demo", "starter", "--no-serve")
    head, *lines = outcome.output.splitlines()
    assert (outcome.code, outcome.errors) == (0, "")
    assert head == f"Log in with one of these (e-mail, role, password; also in {LOGINS}):"
    assert [line.split()[:2] for line in lines] == [["dana@example.org", "admin"], ["mei@example.org", "member"]]
    assert len({line.split()[2] for line in lines}) == 1
    assert [rows(DATABASE, table) for table in ("e_contact", "sys_credential")] == [3, 2]


def test_the_password_is_nowhere_but_in_a_file_of_its_owner(run: Run) -> None:
    run("demo", "starter", "--no-serve")
    password = LOGINS.read_text().split()[-1].encode()
    holding = [path.name for path in DATABASE.parent.iterdir() if password in path.read_bytes()]
    assert (holding, oct(LOGINS.stat().st_mode)[-3:]) == (["demo-logins.txt"], "600")


def test_a_second_run_uses_the_same_database_and_tells_the_same_logins(run: Run) -> None:
    first, second = run("demo", "starter", "--no-serve"), run("demo", "starter", "--no-serve")
    assert second == Outcome(0, REUSED + first.output, "")


def test_a_fresh_demo_has_a_new_password(run: Run) -> None:
    first, second = run("demo", "starter", "--no-serve"), run("demo", "starter", "--no-serve", "--fresh")
    assert (second.code, second.output.splitlines()[0]) == (0, first.output.splitlines()[0])
    assert first.output.split()[-1] != second.output.split()[-1]


def test_a_later_run_applies_what_the_blueprint_adds(run: Run, small: Path) -> None:
    run("demo", small, "--no-serve")
    small.write_text(small.read_text().replace("roles:", "      text: {type: long_text, label: Text}\nroles:"))
    outcome = run("demo", small, "--no-serve")
    assert (outcome.code, rows(Path("workspace/demo-small/crm.db"), "sys_blueprint")) == (0, 2)


def test_a_blueprint_that_does_not_fit_the_database_is_refused_with_a_way_out(run: Run, small: Path) -> None:
    run("demo", small, "--no-serve")
    small.write_text(small.read_text().replace("type: text", "type: email"))
    outcome = run("demo", small, "--no-serve")
    assert (outcome.code, outcome.errors.splitlines()) == (
        1,
        [
            "The blueprint differs from the one in the database by more than additions, so nothing was changed:",
            "  note.name has the type email, but in the database it has the type text.",
            "  crm demo with --fresh makes a new database with the changed blueprint.",
            "Take these changes back, or found a new database with the changed blueprint.",
        ],
    )
    assert run("demo", small, "--no-serve", "--fresh").code == 0


def test_a_demo_without_users_gets_one(run: Run, small: Path) -> None:
    outcome = run("demo", small, "--no-serve")
    assert outcome.output.splitlines()[-1].split()[:2] == ["demo@example.org", "admin"]


def test_a_broken_blueprint_leaves_no_database(run: Run, small: Path) -> None:
    small.write_text(small.read_text().replace("type: text", "type: txet"))
    outcome = run("demo", small, "--no-serve")
    assert (outcome.code, outcome.output, outcome.errors.splitlines()[-1]) == (1, "", "1 error")
    assert [path.name for path in Path("workspace").rglob("crm.db*")] == []


def test_a_record_that_cannot_be_written_leaves_no_database(run: Run, small: Path) -> None:
    small.write_text(small.read_text() + "demo: {note: {a: {name: A}, b: {}}}\n")
    outcome = run("demo", small, "--no-serve")
    assert (outcome.code, outcome.output, len(outcome.errors.splitlines())) == (1, "", 1)
    assert [path.name for path in Path("workspace").rglob("crm.db*")] == []


def test_a_database_of_somebody_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "crm.db").write_bytes(b"mine")
    told = "The folder . holds a database that was not made by crm demo; name another folder with --data.\n"
    assert run("demo", "starter", "--data", ".", "--fresh", "--no-serve") == Outcome(1, "", told)
    assert (tmp_path / "crm.db").read_bytes() == b"mine"


def test_a_folder_named_by_its_path_wins_over_a_shipped_name(run: Run, small: Path) -> None:
    small.with_name("starter").mkdir()
    small.rename(small.with_name("starter") / "blueprint.yaml")
    assert "demo@example.org" in run("demo", "starter", "--no-serve").output


def test_an_unknown_name_is_told_the_nearest_one(run: Run) -> None:
    told = "There is no shipped blueprint and no path named b2c; did you mean b2b?\n"
    assert run("demo", "b2c") == Outcome(2, "", told)
    assert run("demo", "./b2c") == Outcome(2, "", "There is nothing at b2c.\n")


def test_a_port_in_use_is_told_before_anything_is_made(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = f"Port {port} of 127.0.0.1 is in use; choose another one with --port.\n"
        assert run("demo", SHIPPED / "starter", "--port", port) == Outcome(1, "", told)
    assert not Path("workspace").exists()
