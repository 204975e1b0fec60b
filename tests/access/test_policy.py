"""Roles and what they add up to."""

from __future__ import annotations

import pytest

from engine.access.actor import ENGINE, Actor
from engine.access.policy import Policy
from engine.compiling import compile_sources

BLUEPRINT = """
blueprint: {id: shop, version: 1.0.0}
settings: {languages: [en]}
entities:
  deal: {fields: {name: {type: text}, secret: {type: boolean}}}
  note: {fields: {name: {type: text}}}
roles:
  base:
    entities:
      deal: {read: own, create: true}
  seller:
    extends: base
    entities:
      deal: {read: team, update: own, export: true}
      note: {read: "name != 'x'", delete: false}
  open: {extends: [seller, ring], entities: {"*": {read: all}, note: {update: all}}}
  ring: {extends: open, admin: true}
  clerk: {entities: {deal: {read: own, bulk: true, import: true}}}
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    compiled = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert compiled.blueprint is not None, compiled.problems.lines()
    return Policy(compiled.blueprint.roles)


def texts(policy: Policy, *roles: str, entity: str = "deal") -> dict[str, list[str]]:
    actor = Actor(7, frozenset(roles))
    found = {}
    for verb in ("read", "update", "delete"):
        grant = policy.grant(actor, verb, entity)
        found[verb] = ["everything"] if grant.everything else [condition.text for condition in grant.conditions]
    return found


def test_a_role_gives_what_it_says_and_nothing_else(policy: Policy) -> None:
    assert texts(policy, "base") == {"read": ["owner == me"], "update": [], "delete": []}
    assert texts(policy, "base", entity="note") == {"read": [], "update": [], "delete": []}


def test_what_a_role_says_of_an_entity_replaces_what_it_extends(policy: Policy) -> None:
    team = "owner == me or team in me.teams"
    assert texts(policy, "seller") == {"read": [team], "update": ["owner == me"], "delete": []}
    assert policy.may_create(Actor(7, frozenset({"base"})), "deal")
    assert not policy.may_create(Actor(7, frozenset({"seller"})), "deal")


def test_roles_add_up_and_the_widest_wins(policy: Policy) -> None:
    team = "owner == me or team in me.teams"
    assert texts(policy, "base", "seller")["read"] == ["owner == me", team]
    assert texts(policy, "base", "open")["read"] == ["everything"]
    assert policy.may_create(Actor(7, frozenset({"base", "seller"})), "deal")


def test_a_star_stands_for_what_is_not_named(policy: Policy) -> None:
    assert texts(policy, "open") == {"read": ["everything"], "update": [], "delete": []}
    assert texts(policy, "open", entity="note") == {"read": [], "update": ["everything"], "delete": []}


def test_everybody_reads_people_and_admins_change_them(policy: Policy) -> None:
    assert texts(policy, "base", entity="user") == {"read": ["everything"], "update": [], "delete": []}
    assert set(map(tuple, texts(policy, "ring", entity="team").values())) == {("everything",)}
    assert [policy.is_admin(Actor(7, frozenset({name}))) for name in ("seller", "ring")] == [False, True]


@pytest.mark.parametrize("roles", [(), ("nothing",)])
def test_without_a_known_role_there_is_nothing(policy: Policy, roles: tuple[str, ...]) -> None:
    actor = Actor(7, frozenset(roles))
    assert texts(policy, *roles, entity="user") == {"read": [], "update": [], "delete": []}
    assert (policy.may_open(actor, "deal"), policy.may_create(actor, "deal"), policy.is_admin(actor)) == (False,) * 3


def test_the_engine_may_do_everything(policy: Policy) -> None:
    assert policy.grant(ENGINE, "delete", "deal").everything
    assert (policy.may_open(ENGINE, "deal"), policy.may_create(ENGINE, "deal"), policy.is_admin(ENGINE)) == (True,) * 3


def test_taking_out_bringing_in_and_bulk_work_are_granted_by_name_and_admins_have_them(policy: Policy) -> None:
    def may(*roles: str, entity: str = "deal") -> tuple[bool, bool, bool]:
        actor = Actor(7, frozenset(roles))
        return policy.may_export(actor, entity), policy.may_bulk(actor, entity), policy.may_import(actor, entity)

    assert [may("base"), may("seller"), may("clerk")] == [(False,) * 3, (True, False, False), (False, True, True)]
    assert may("clerk", entity="note") == (False,) * 3
    assert [may("seller", "clerk"), may("ring", entity="note")] == [(True,) * 3] * 2


def test_an_entity_may_be_opened_with_any_right_to_read(policy: Policy) -> None:
    opens = {name: policy.may_open(Actor(7, frozenset({name})), "note") for name in ("base", "seller")}
    assert opens == {"base": False, "seller": True}
