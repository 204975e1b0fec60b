from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from engine.language import source
from engine.language.problems import Problems
from engine.language.source import Mapping, Place, Scalar, Sequence, plain, read_bytes, read_folder, read_text


def read(text: str) -> Mapping:
    problems = Problems()
    found = read_text(text, "a.yaml", problems)
    assert problems.lines() == ()
    assert found is not None
    return found.root


def told(data: bytes) -> tuple[str, ...]:
    problems = Problems()
    read_bytes(data, "a.yaml", problems)
    return problems.lines()


@pytest.mark.parametrize(
    "word", ["on", "yes", "no", "12:30", "010", "1_000", "1e3", "0x1F", "2026-13-45", "~", "+1", ".5"]
)
def test_a_plain_word_that_yaml_would_reinterpret_stays_text(word: str) -> None:
    assert plain(read(f"a: {word}")) == {"a": word}


def test_plain_numbers_are_exact_and_keep_their_spelling() -> None:
    root = read("a: 1.10\nb: -7\nc: 0.30\nd: '5'\n")

    assert plain(root) == {"a": Decimal("1.10"), "b": -7, "c": Decimal("0.30"), "d": "5"}
    assert [node.text for node in (entry.value for entry in root.entries) if isinstance(node, Scalar)] == [
        "1.10",
        "-7",
        "0.30",
        "5",
    ]


def test_a_number_with_thousands_of_digits_stays_text() -> None:
    assert plain(read("a: " + "9" * 5000)) == {"a": "9" * 5000}


def test_true_false_and_null_are_words_only_when_plain() -> None:
    assert plain(read("a: true\nb: false\nc: null\nd: 'true'\ne: True\n")) == {
        "a": True,
        "b": False,
        "c": None,
        "d": "true",
        "e": "True",
    }


def test_every_node_knows_its_place_also_after_wide_characters_and_windows_line_ends() -> None:
    root = read("商机: 😀\r\nb: {c: [x, y]}\r\n")
    inner = root.get("b")
    assert isinstance(inner, Mapping)
    items = inner.get("c")
    assert isinstance(items, Sequence)

    assert root.key("b") == Scalar(Place("a.yaml", 2, 1), "b", "", 1)
    assert items.items[1].place == Place("a.yaml", 2, 12)
    assert str(items.items[1].place) == "a.yaml:2:12"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('a: "x > amout"', 1, 9),
        ("a: 'x > amout'", 1, 9),
        ("a: x > amout", 1, 8),
        ('a: "x\\t> amout"', 1, 10),
        ('a: "x\\x20> \\\n  amout"', 2, 3),
        ("a: |\n  x > amout", 2, 7),
    ],
)
def test_a_character_of_a_text_has_a_place_whatever_stands_between(text: str, line: int, column: int) -> None:
    scalar = read(text).get("a")
    assert isinstance(scalar, Scalar)

    assert scalar.place_at(4) == Place("a.yaml", line, column)


def test_a_mapping_is_copied_with_a_replaced_a_new_and_a_removed_entry() -> None:
    root = read("a: 1\nb: 2\n")
    place = Place("a.yaml", 1, 1)

    assert plain(root.with_entry("a", Scalar(place, "3")).with_entry("c", Scalar(place, "4"))) == {
        "a": 3,
        "b": 2,
        "c": 4,
    }
    assert plain(root.without("a")) == {"b": 2}
    assert plain(root) == {"a": 1, "b": 2}


def test_what_can_be_read_is_kept_beside_a_problem() -> None:
    problems = Problems()
    found = read_text("a: *x\na: 2\nb: {expr: f(a, b), c: 1}\n", "a.yaml", problems)

    assert found is not None
    assert plain(found.root) == {"a": None, "b": {"expr": None, "c": 1}}
    assert [problem.code for problem in problems] == ["E108", "E107", "E121"]


def test_a_byte_order_mark_is_tolerated_and_does_not_shift_columns() -> None:
    assert told(b"\xef\xbb\xbfa: 1\n") == ()
    assert told(b"\xef\xbb\xbfa: @x\n")[0].startswith("a.yaml:1:4 E124")


def test_bytes_that_are_not_utf8_are_told_with_line_and_offset() -> None:
    assert told("a: 1\nb: café\n".encode("latin-1")) == (
        "a.yaml:2:7 E105 the file is not UTF-8: byte 0xE9 at offset 11; save the file with the encoding UTF-8",
    )


def test_utf16_and_binary_files_are_told_in_one_problem() -> None:
    assert len(told("a: 1".encode("utf-16"))) == 1
    assert len(told(bytes(range(256)))) == 1


def test_a_file_of_five_megabytes_is_refused_without_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a: 1\n" * 1_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("read"))
    problems = Problems()

    assert read_folder(tmp_path, problems) == ()
    assert problems.lines() == ("big.yaml:1:1 E104 the file has 5.0 MB; at most 2 MB are read",)


def test_more_values_than_allowed_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_NODES", 10)

    assert told(b"a: [" + b"1, " * 50 + b"1]") == ("a.yaml:1:26 E112 more than 10 values in one file",)


def test_after_a_hundred_problems_reading_stops() -> None:
    lines = told(b"a: 1\n" * 1000)

    assert len(lines) == 101
    assert lines[-1] == "a.yaml:102:1 E130 more than 100 problems in this file; reading stops here"


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("roles.yaml", "entities/deal.yaml", "entities/account.yaml", ".git/hidden.yaml", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a: 1")
    problems = Problems()

    assert [file.name for file in read_folder(tmp_path, problems)] == [
        "entities/account.yaml",
        "entities/deal.yaml",
        "roles.yaml",
    ]
    assert problems.lines() == ()


def test_one_file_is_read_like_a_folder(tmp_path: Path) -> None:
    (tmp_path / "crm.yaml").write_text("a: 1")

    assert [plain(file.root) for file in read_folder(tmp_path / "crm.yaml", Problems())] == [{"a": 1}]


def test_a_missing_and_an_empty_folder_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    problems = Problems()
    read_folder(Path("crm/missing"), problems)
    read_folder(Path("empty"), problems)

    assert problems.lines() == (
        "empty:1:1 E119 the folder holds no .yaml file",
        'missing:1:1 E118 there is no file or folder "crm/missing"',
    )


def test_links_that_lead_out_of_the_folder_are_told_and_not_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.yaml").write_text("a: 1")
    (home / "ok.yaml").write_text("a: 1")
    (home / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (home / "up").symlink_to(tmp_path)
    problems = Problems()

    assert [file.name for file in read_folder(home, problems)] == ["ok.yaml"]
    assert problems.lines() == (
        'out.yaml:1:1 E120 "out.yaml" leads out of the folder',
        'up:1:1 E120 "up" leads out of the folder',
    )


def test_a_pipe_and_a_dangling_link_are_told_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing.yaml")
    problems = Problems()
    read_folder(tmp_path, problems)

    assert problems.lines() == (
        "gone.yaml:1:1 E117 the file cannot be read: No such file or directory",
        "pipe.yaml:1:1 E117 the file cannot be read: not a normal file",
    )


def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.yaml").write_text("a: 1")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    problems = Problems()
    read_folder(tmp_path, problems)

    assert problems.lines() == ("a.yaml:1:1 E117 the file cannot be read: Permission denied",)


def test_a_file_ending_in_yml_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1")
    (tmp_path / "b.yml").write_text("a: 1")
    problems = Problems()
    read_folder(tmp_path, problems)

    assert problems.lines() == (
        'b.yml:1:1 E128 "b.yml" is not read: file names end in .yaml; rename it to end in .yaml',
    )


PIECES = st.sampled_from(
    [*"ab:{}[],'\"&*!|>%@`#-? \n\t\r\\().~<", "\n  ", "- ", ": ", "<<: ", "---\n", "!!x ", "商", "\ufeff", "f(a, b)"]
)


@settings(max_examples=400)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@example("\ud800")
@example("[" * 100_000)
@example("- " * 100_000)
def test_no_text_raises_and_what_cannot_be_read_has_a_problem(text: str) -> None:
    problems = Problems()
    found = read_text(text, "a.yaml", problems)

    assert found is not None or problems
    assert all(problem.full(language) for problem in problems for language in ("en", "zh-CN"))


@settings(max_examples=200)
@given(st.binary())
def test_no_bytes_raise_and_what_cannot_be_read_has_a_problem(data: bytes) -> None:
    problems = Problems()

    assert read_bytes(data, "a.yaml", problems) is not None or problems
