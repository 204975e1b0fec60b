"""One file per fault of a blueprint under tests/cases/compiling: what is written, then every problem people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.compiling import compile_sources

CASES = Path(__file__).parents[1] / "cases" / "compiling"
SEPARATOR = "# --- problems ---\n"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_fault_of_a_blueprint_gives_exactly_the_expected_problems(path: Path) -> None:
    text, expected = path.read_text(encoding="utf-8").split(SEPARATOR)
    compiled = compile_sources({"blueprint.yaml": text})
    told = [problem.full("en") + "\n" + problem.line("zh-CN") for problem in compiled.problems]
    assert "".join(f"{one}\n" for one in told) == expected
    assert (compiled.blueprint is None) == (" E" in expected)
