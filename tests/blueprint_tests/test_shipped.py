"""The blueprints that are shipped do what their own tests say."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from engine.blueprint import Blueprint
from engine.blueprint_tests.run import run_tests
from engine.compiling import compile_folder
from engine.publishing.testing import trial_ground

SHIPPED = Path(__file__).parents[2] / "blueprints"
FEWEST = {"b2b": 25, "education": 6, "nonprofit": 6}


@lru_cache(maxsize=3)
def compiled(name: str) -> Blueprint:
    blueprint = compile_folder(SHIPPED / name).blueprint
    assert blueprint is not None
    return blueprint


def failures(name: str, url: str | None = None) -> list[str]:
    blueprint = compiled(name)
    assert len(blueprint.tests) >= FEWEST[name]
    with trial_ground(blueprint, url) as ground:
        ended = list(run_tests(ground, blueprint.tests))
    return [f"{each.place} {each.message.in_('en')} {each.parts}" for outcome in ended for each in outcome.failures]


@pytest.mark.parametrize("name", sorted(FEWEST))
def test_a_shipped_blueprint_passes_its_tests(name: str) -> None:
    assert failures(name) == []


def test_the_largest_one_passes_them_on_postgresql(postgres_url: str) -> None:
    assert failures("b2b", postgres_url) == []


@pytest.mark.parametrize("name", sorted(FEWEST))
def test_every_test_of_a_shipped_blueprint_has_a_name_in_both_languages(name: str) -> None:
    assert [test.name.in_("en") for test in compiled(name).tests if test.name.missing(("en", "zh-CN"))] == []
