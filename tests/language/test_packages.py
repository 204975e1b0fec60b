from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.language.nodes import Place, Scalar, plain
from engine.language.packages import resolve
from engine.language.problems import Problems


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def resolved(folder: Path, name: str = "crm") -> tuple[Any, tuple[str, ...]]:
    problems = Problems()
    sources = resolve(folder / name, problems)
    return plain(sources.root), problems.lines()


def test_the_files_of_a_folder_are_one_tree(tmp_path: Path) -> None:
    write(tmp_path / "crm", {"entities/deal.yaml": "entities: {deal: {a: 1}}", "b.yaml": "entities: {user: {b: 2}}"})

    assert resolved(tmp_path) == ({"entities": {"user": {"b": 2}, "deal": {"a": 1}}}, ())


def test_the_same_value_in_two_files_is_told_with_the_other_place(tmp_path: Path) -> None:
    write(tmp_path / "crm", {"a.yaml": "deal: {x: 1, y: 1, z: {q: 1}}", "b.yaml": "deal: {x: 2, y: 2, z: {r: 1}}"})

    assert resolved(tmp_path) == (
        {"deal": {"x": 1, "y": 1, "z": {"q": 1, "r": 1}}},
        ('b.yaml:1:8 E221 "deal.x" is already defined at a.yaml:1:8',),
    )


def test_a_package_lies_over_the_one_it_extends(tmp_path: Path) -> None:
    base = "blueprint: {id: shared, version: 1.2.0}\noptions: {size: {s: Small, m: Medium}}\nhue: red\n"
    crm = "blueprint: {id: crm}\nextends: [{path: ../shared}]\noptions: {size: {m: Middle, l: Large}}\n"
    write(tmp_path, {"shared/base.yaml": base, "crm/crm.yaml": crm})

    assert resolved(tmp_path) == (
        {
            "options": {"size": {"s": "Small", "m": "Middle", "l": "Large"}},
            "hue": "red",
            "blueprint": {"id": "crm"},
            "extends": [{"path": "../shared"}],
        },
        (),
    )


def test_lists_of_keyed_maps_merge_and_other_lists_are_replaced(tmp_path: Path) -> None:
    base = "a: [{key: x, n: 1}, {key: y, n: 1}]\nb: [1, 2]\n"
    crm = "extends: [{path: ../shared}]\na: [{key: y, n: 2}, {key: z, n: 2}]\nb: [3]\n"
    write(tmp_path, {"shared/base.yaml": base, "crm/crm.yaml": crm})
    root, told = resolved(tmp_path)

    assert told == ()
    assert root["a"] == [{"key": "x", "n": 1}, {"key": "y", "n": 2}, {"key": "z", "n": 2}]
    assert root["b"] == [3]


def test_a_base_of_two_packages_is_read_once_and_lies_below_both(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "crm/a.yaml": "extends: [{id: left}, {id: right}]\nd: crm\n",
            "left/a.yaml": "extends: [{id: base}]\nb: left\nc: left\n",
            "right/a.yaml": "extends: [{id: base}]\nc: right\n",
            "base/a.yaml": "a: base\nb: base\nc: base\nd: base\n",
        },
    )
    problems = Problems()
    sources = resolve(tmp_path / "crm", problems)

    assert problems.lines() == ()
    assert [package.id for package in sources.packages] == ["base", "left", "right", "crm"]
    assert plain(sources.root.without("extends")) == {"a": "base", "b": "left", "c": "right", "d": "crm"}


def test_places_in_a_base_are_named_from_the_blueprint(tmp_path: Path) -> None:
    write(tmp_path, {"crm/a.yaml": "extends: [{id: base}]\n", "base/sub/a.yaml": "a: 1\na: 2\n"})

    assert resolved(tmp_path)[1] == ('../base/sub/a.yaml:2:1 E107 the key "a" is here twice; the first is in line 1',)


@pytest.mark.parametrize(
    ("extends", "problem"),
    [
        ("{id: base, version: ^1.3}", 'a.yaml:1:31 E142 "base" has the version 1.2.0; ^1.3 is wanted'),
        ("{id: base, version: new}", 'E144 "new" is not a version range; write it like "^1.2" or ">=1.0, <2"'),
        (
            "{id: odd, version: ^1.0}",
            '../odd/a.yaml:1:22 E145 "1.2" is not a version; write three numbers, such as 1.4.0',
        ),
        ("{id: bare, version: ^1.0}", 'a.yaml:1:31 E142 "bare" has the version (none); ^1.0 is wanted'),
        ("{id: bse}", 'a.yaml:1:16 E141 there is no package "bse" beside this one; did you mean "base"?'),
        ("{path: ../../x}", 'a.yaml:1:18 E120 "../../x" leads out of the folder'),
        ("{path: /etc}", 'a.yaml:1:18 E120 "/etc" leads out of the folder'),
        ("{path: ..}", 'a.yaml:1:18 E120 ".." leads out of the folder'),
        ("{path: ../link}", 'a.yaml:1:18 E120 "../link" leads out of the folder'),
        ("{path: sub}", 'a.yaml:1:18 E147 "sub" lies inside the package that extends it'),
        ("{path: .}", "a.yaml:1:11 E143 packages extend each other in a ring: crm > crm"),
        ("{id: ring}", "../ring/a.yaml:1:11 E143 packages extend each other in a ring: crm > ring > crm"),
        ("{version: ^1.0}", "a.yaml:1:11 E146 an entry of extends wants either id or path"),
        ("{id: base, path: ../base}", "a.yaml:1:11 E146 an entry of extends wants either id or path"),
        ("{ident: base}", 'a.yaml:1:12 E201 unknown key "ident"'),
        ("base", 'a.yaml:1:11 E203 a map is wanted here; this is the text "base"'),
        ('{path: "\\0"}', 'a.yaml:1:18 E141 there is no package "�" beside this one'),
    ],
)
def test_a_bad_extends_has_one_problem(extends: str, problem: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    home = tmp_path / "home"
    write(
        home,
        {
            "crm/a.yaml": f"extends: [{extends}]\n",
            "crm/sub/b.yaml": "b: 1\n",
            "base/a.yaml": "blueprint: {id: base, version: 1.2.0}\n",
            "bare/a.yaml": "b: 1\n",
            "odd/a.yaml": "blueprint: {version: 1.2}\n",
            "ring/a.yaml": "extends: [{id: crm}]\n",
        },
    )
    outside.mkdir()
    (home / "link").symlink_to(outside)
    (line,) = resolved(home)[1]

    assert line.endswith(problem)


def test_a_single_file_extends_like_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"crm/a.yaml": "extends: [{path: ../base}]\n", "base/a.yaml": "b: 1\n"})

    assert resolved(tmp_path, "crm/a.yaml") == ({"b": 1, "extends": [{"path": "../base"}]}, ())


def test_tables_below_demo_join_the_demo_section(tmp_path: Path) -> None:
    files = {"demo/deal.csv": "ref,amount\nbig,5\n", "demo/a.yaml": "demo: {deal: {small: {amount: 1}}}\n"}
    write(tmp_path / "crm", files)
    problems = Problems()
    sources = resolve(tmp_path / "crm", problems)
    demo = sources.root.get("demo")

    assert problems.lines() == ()
    assert demo is not None
    assert plain(demo) == {"deal": {"small": {"amount": 1}, "big": {"amount": 5}}}


def test_a_folder_without_files_gives_an_empty_tree_and_its_problem(tmp_path: Path) -> None:
    (tmp_path / "crm").mkdir()

    assert resolved(tmp_path) == ({}, ("crm:1:1 E119 the folder holds no .yaml file",))


def test_keys_of_a_merged_tree_keep_their_places(tmp_path: Path) -> None:
    write(tmp_path / "crm", {"a.yaml": "x: 1", "b.yaml": "y: 2"})
    sources = resolve(tmp_path / "crm", Problems())

    assert sources.root.key("y") == Scalar(Place("b.yaml", 1, 1), "y", "", 1)
