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


def test_a_spreadsheet_becomes_a_blueprint_and_what_was_guessed_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "客户.csv").write_text("客户名称,手机,状态\n甲公司,13800138000,新\n乙公司,,新\n", encoding="gbk")
    told = run("init", "mine", "--from-file", "客户.csv")
    assert told.output.splitlines() == [
        "客户 (ke_hu), 2 rows",
        "  ke_hu_ming_cheng  Text   title  甲公司",
        "  shou_ji           Phone         13800138000",
        "  zhuang_tai        Text          新",
        "",
        "Wrote a blueprint to mine. Its comments say what was guessed. Next:",
        "  crm check mine",
        "  crm serve mine --rows 客户.csv",
    ]
    assert run("check", "mine") == Outcome(0, "No problems.\n", "")


def test_what_is_no_spreadsheet_is_told_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    refused = run("init", "mine", "--from-file", "x.png")
    assert (refused.code, refused.output, len(refused.errors.splitlines())) == (1, "", 1)
    missing = run("init", "mine", "--from-file", "gone.csv")
    assert (missing.code, missing.output) == (2, "") and not (tmp_path / "mine").exists()
