from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from engine.language import discovery
from engine.language.discovery import installed, load, registry
from engine.language.problem_kinds import KINDS


class Shape:
    name = ""


class Round(Shape):
    name = "acme.round"


def package(folder: Path, name: str, modules: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / name).mkdir()
    for module, body in {"__init__": "", **modules}.items():
        text = f"from {__name__} import Shape\n{body}" if body else ""
        (folder / name / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    return name


def test_a_folder_of_modules_is_a_registry_by_module_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = {word: f"class Anything(Shape):\n    name = '{word}'\n" for word in ("square", "circle")}
    found = registry(package(tmp_path, "some_shapes", modules, monkeypatch), Shape)

    assert [(name, shape.name) for name, shape in found.items()] == [("circle", "circle"), ("square", "square")]


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("no_shapes", "answer = 1\n", "no_shapes.square must define one Shape, it defines 0"),
        (
            "two_shapes",
            "class A(Shape):\n    name = 'square'\nclass B(Shape):\n    name = 'square'\n",
            "two_shapes.square must define one Shape, it defines 2",
        ),
        ("odd_shapes", "class A(Shape):\n    name = 'sqare'\n", "odd_shapes.square.A must be a Shape named square"),
    ],
)
def test_a_module_without_one_rightly_named_class_is_refused(
    name: str, body: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TypeError, match=message):
        registry(package(tmp_path, name, {"square": body}, monkeypatch), Shape)


def test_installed_implementations_are_loaded_only_when_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("acme.round", f"{__name__}:Round", "crm.shapes"),
        EntryPoint("evil.shape", "module_that_is_missing:Evil", "crm.shapes"),
    ]
    monkeypatch.setattr(discovery, "entry_points", lambda group: [point for point in points if point.group == group])

    assert installed("crm.shapes", Shape, ()) == {}
    assert [type(shape).__name__ for shape in installed("crm.shapes", Shape, ("acme.round",)).values()] == ["Round"]
    with pytest.raises(LookupError, match=r"no installed package offers acme\.oval in crm\.shapes"):
        installed("crm.shapes", Shape, ("acme.oval",))


def test_load_gives_the_object_at_an_address() -> None:
    assert load("engine.language.problem_kinds:KINDS") is KINDS
