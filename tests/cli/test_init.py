from pathlib import Path

from tests.cli.outcome import SHIPPED, Outcome, Run


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_shipped_blueprint_is_copied_and_the_next_steps_are_told(run: Run, tmp_path: Path) -> None:
    told = "Copied b2b to mine. Next:\n  crm check mine\n  crm demo mine\n"
    assert run("init", "mine", "--from", "b2b") == Outcome(0, told, "")
    assert files(tmp_path / "mine") == files(SHIPPED / "b2b")


def test_the_copy_has_no_problems(run: Run) -> None:
    run("init", "mine")
    assert run("check", "mine") == Outcome(0, "No problems.\n", "")


def test_a_folder_with_something_in_it_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    assert run("init", "mine") == Outcome(1, "", "mine is not an empty folder; name a new one.\n")
    assert files(tmp_path / "mine") == {"notes.txt": b"mine"}


def test_an_unknown_name_is_told_the_nearest_one(run: Run) -> None:
    told = "There is no shipped blueprint and no path named startr; did you mean starter?\n"
    assert run("init", "mine", "--from", "startr") == Outcome(2, "", told)
