"""No address tells anything of a record that a person may not read; what they may read is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.access.field_rights import NO_LIMITS
from engine.access.policy import Grant
from engine.records.model import RecordModel
from engine.records.rows import RowSource
from engine.records.statements import Statements
from tests.door.addresses import API, UNFILLED, paths_of
from tests.door.roles import Person
from tests.door.walking import Door, address_of, alike, answers, leaks, of_nothing, opened, told
from tests.door.world import Thing, make_world


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(make_world(1871, limited=0.5), tmp_path_factory.mktemp("door")) as door:
        yield door


def test_every_address_of_the_route_table_is_filled_in_here(door: Door) -> None:
    unknown = []
    for path in set(paths_of(door.product.app)) - UNFILLED:
        try:
            list(door.rounds[0].addresses(path, True))
        except KeyError:
            unknown.append(path)
    assert unknown == []


def test_no_address_tells_what_a_person_may_not_read(door: Door) -> None:
    assert [leak for round in door.limited for leak in leaks(door, round)] == []


def test_what_a_person_may_not_read_is_answered_like_what_does_not_exist(door: Door) -> None:
    different = []
    for round in door.limited:
        at = door.enter(round.who)
        for answer in answers(door, round, (False,)):
            address = address_of(answer)
            other = of_nothing(address)
            if other == address or any(part in address for part in by_design(round.who)):
                continue
            if alike(answer, address) != alike(at.ask(other), other):
                different.append(f"{round.who.name}: {address}")
    assert different == []


def by_design(who: Person) -> tuple[str, ...]:
    """Where it makes a difference: a filter finds by a link that stands in a record one may read, a merge begins with
    a record one may read, and admins see what runs."""
    return ("?f=", "/merge", "/operations/") if "admin" in who.roles else ("?f=", "/merge")


def test_what_a_person_may_read_stands_on_its_page_in_its_list_and_in_the_api(door: Door) -> None:
    missing = []
    for round in door.rounds:
        at = door.enter(round.who)
        for entity, titled in (("company", "name"), ("deal", "name"), ("chore", "subject")):
            things = door.world.things(round.who, entity, seen=True)
            lists = [at.ask(f"/e/{entity}/v/all"), at.ask(f"{API}/{entity}?limit=200")] if things else []
            missing += [
                f"{address_of(answer)} {thing}"
                for thing in things
                for answer in lists
                if not told(answer, {door.world.marks[thing][titled]: titled})
            ]
            for thing in things[:2]:
                for address in (f"/e/{round.record(thing)}", f"{API}/{round.record(thing)}"):
                    answer, fields = at.ask(address), shown(door, round.who, thing)
                    missing += [
                        f"{address} {place}" for mark, place in fields.items() if not told(answer, {mark: place})
                    ]
    assert missing == []


def test_what_a_person_takes_out_is_what_they_may_read(door: Door) -> None:
    for round in door.rounds:
        for entity, operation in (("company", "operation"), ("deal", "export")):
            answer = door.enter(round.who).ask(f"/exports/{getattr(round.others[round.who.name], operation)}")
            if answer.status_code == 200:
                things = door.world.things(round.who, entity, seen=True)
                assert len(answer.text.splitlines()) == len(things) + 1


def shown(door: Door, who: Person, thing: Thing) -> dict[str, str]:
    """What the fields of a record hold that a person may read, and where."""
    marks, beside = door.world.marks[thing].items(), ("before", "comment", "file")
    return {mark: name for name, mark in marks if name not in beside and not door.world.unseen(who, thing[0], name)}


@pytest.mark.skipif(not os.environ.get("CRM_PROVE"), reason="CRM_PROVE=1 goes through many worlds")
@pytest.mark.parametrize("seed", range(8))
def test_no_address_of_many_worlds_tells_what_a_person_may_not_read(tmp_path: Path, seed: int) -> None:
    with opened(make_world(seed, people=8, limited=0.5), tmp_path) as door:
        assert [leak for round in door.limited for leak in leaks(door, round)] == []


def test_no_address_tells_it_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    with opened(make_world(4, people=1, limited=1), tmp_path, postgres_url) as door:
        assert [leak for round in door.limited for leak in leaks(door, round)] == []


@pytest.mark.parametrize("where", ["titles of links", "lists", "records", "fields"])
def test_a_planted_leak_is_found(door: Door, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    store = door.product.services.store
    assert store is not None
    door.forget()
    monkeypatch.setattr(store, "_statements", Statements())
    if where == "titles of links":
        monkeypatch.setattr(RowSource, "_if_readable", lambda self, field, actor, value: value)
    elif where == "lists":
        monkeypatch.setattr(RowSource, "allowed", lambda self, actor, verb: self._holds(Grant(everything=True), ()))
    elif where == "fields":
        monkeypatch.setattr(RecordModel, "limits_of", lambda self, actor: NO_LIMITS)
    else:
        monkeypatch.setattr(type(store.model.policy), "grant", lambda self, actor, verb, entity: Grant(everything=True))
    assert any(next(leaks(door, round), "") for round in door.limited)
    door.forget()
