"""Whatever is written in a blueprint, compiling it ends in problems or a blueprint, never in an exception."""

from __future__ import annotations

import copy
import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings, strategies as st

from engine.compiling import compile_sources
from engine.language.problems import Problems

B2B = Path(__file__).parents[2] / "blueprints" / "b2b"
ODD: tuple[Any, ...] = (
    None, "", "x", "name", "stage", "deal", "true", "false", "9" * 40, "-1", "1.5", "*", "any", "all", "own", "=now()",
    "stage == 'won'", "owner == me", "lines", "me", "今天", "a b", "[a-", "today-3d", "lead today-1d > won",
    [], {}, ["x"], [["x"]], [{}], {"x": "y"}, {"en": "x"}, {"type": "text"}, {"type": "link", "to": "account"}, [None],
)  # fmt: skip


@lru_cache(maxsize=1)
def whole() -> dict[str, Any]:
    """The text of b2b as one map, without its demo records but for a few."""
    merged: dict[str, Any] = {}
    for path in sorted(B2B.rglob("*.yaml")):
        _merge(merged, yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))
    merged["demo"]["account"] = {"acme": {"name": "Acme", "owner": "mei", "created_at": "today-3d"}}
    merged["demo"]["opportunity"] = {"big": {"name": "Big", "account": "acme", "stage": "demo today-3d > proposal"}}
    return merged


def _merge(into: dict[str, Any], other: dict[str, Any]) -> None:
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) below a node."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    return [place for key in keys for place in [(node, key), *_places(node[key])]]


def spoil(blueprint: dict[str, Any], chance: random.Random) -> None:
    """Delete, replace, rename or copy one node."""
    places = _places(blueprint)
    container, key = chance.choice(places)
    match chance.choice(("delete", "replace", "rename", "copy")):
        case "delete":
            del container[key]
        case "rename" if isinstance(container, dict):
            container[str(chance.choice(ODD))] = container.pop(key)
        case "copy":
            other, name = chance.choice(places)
            container[key] = copy.deepcopy(other[name])
        case _:
            container[key] = copy.deepcopy(chance.choice(ODD))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), count=st.integers(1, 4))
def test_a_spoiled_blueprint_compiles_to_problems_or_a_blueprint(seed: int, count: int) -> None:
    chance, blueprint = random.Random(seed), copy.deepcopy(whole())
    for _ in range(count):
        spoil(blueprint, chance)
    text = yaml.safe_dump(blueprint, allow_unicode=True, sort_keys=False, default_style='"')
    plain = text if chance.random() < 0.2 else yaml.safe_dump(blueprint, allow_unicode=True, sort_keys=False)
    compiled = compile_sources({"blueprint.yaml": plain})
    assert isinstance(compiled.problems, Problems)
    assert compiled.blueprint is not None or compiled.problems.errors
    assert len(compiled.problems.lines("zh-CN")) == len(compiled.problems)
