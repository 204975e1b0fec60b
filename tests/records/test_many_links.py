"""Fields that name several records: read with their titles in one statement, filtered, kept when they go to the bin."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.access.actor import ENGINE, Actor
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Conflict, Invalid
from engine.schema.model import ListQuery
from tests.records.gatherings import Gatherings, open_gatherings


@pytest.fixture
def gatherings(database: Database, clock: SettableClock, identifiers: Identifiers) -> Gatherings:
    return open_gatherings(database, clock, identifiers)


def test_linked_records_come_in_their_order_with_their_titles(gatherings: Gatherings) -> None:
    event = gatherings.event("Dinner", "cat", "ada", "ben")
    row = gatherings.store.get(ENGINE, "event", event).row
    assert row["guests"] == gatherings.ids("cat", "ada", "ben")
    assert gatherings.titles(event) == ["Cat", "Ada", "Ben"]


def test_a_list_resolves_every_title_in_its_one_statement(gatherings: Gatherings, database: Database) -> None:
    for number in range(3):
        gatherings.event(f"Dinner {number}", "ada", "ben")
    with database.count_statements() as statements:
        rows = gatherings.store.list(gatherings.helper, ListQuery("event", ("name", "guests", "hosts"))).rows
    assert len(statements) == 1
    assert {(row["guests__titles"][0][2], row["guests__titles"][1][2]) for row in rows} == {("Ada", "Ben")}


def test_the_title_of_a_record_one_may_not_read_is_not_shown(gatherings: Gatherings) -> None:
    assert gatherings.titles(gatherings.event("Dinner", "ada", "cat"), gatherings.helper) == ["Ada"]


def test_what_one_cannot_see_stays_linked_when_one_changes_the_others(gatherings: Gatherings) -> None:
    event = gatherings.event("Dinner", "cat", "ada")
    gatherings.store.change(gatherings.helper, "event", event, {"guests": gatherings.ids("ben")})
    assert gatherings.titles(event) == ["Ben", "Cat"]
    gatherings.store.change(gatherings.helper, "event", event, {"guests": None})
    assert gatherings.titles(event) == ["Cat"]


def test_one_cannot_link_what_one_cannot_see(gatherings: Gatherings) -> None:
    event = gatherings.event("Dinner", "ada")
    for ids in (gatherings.ids("ada", "cat"), (17,)):
        with pytest.raises(Invalid, match="no such record"):
            gatherings.store.change(gatherings.helper, "event", event, {"guests": ids})


def test_only_records_that_pass_the_filter_of_the_field_can_be_linked(gatherings: Gatherings) -> None:
    boss = Actor(gatherings.helper.user_id, frozenset({"boss"}))
    with pytest.raises(Invalid, match="no such record"):
        gatherings.store.create(boss, "event", {"name": "Tea", "known": gatherings.ids("cat")})
    event = gatherings.store.create(boss, "event", {"name": "Tea", "known": gatherings.ids("ada")})
    gatherings.store.change(ENGINE, "guest", gatherings.guests["ada"], {"secret": True})
    gatherings.store.change(boss, "event", event, {"known": None})
    assert gatherings.store.get(ENGINE, "event", event).row["known"] is None


def test_a_linked_record_in_the_bin_is_out_of_sight_and_comes_back(gatherings: Gatherings) -> None:
    event = gatherings.event("Dinner", "ada", "ben")
    gatherings.store.delete(ENGINE, "guest", gatherings.guests["ada"])
    shown = gatherings.titles(event)
    gatherings.store.change(ENGINE, "event", event, {"guests": gatherings.ids("cat")})
    gatherings.store.restore(ENGINE, "guest", gatherings.guests["ada"])
    assert (shown, gatherings.titles(event)) == (["Ben"], ["Cat", "Ada"])


def test_filters_ask_for_any_none_and_all_of_the_linked_records(gatherings: Gatherings) -> None:
    for name, guests in {"A": ("ada",), "B": ("ben", "ada"), "C": ("cat",), "D": ()}.items():
        gatherings.event(name, *guests)
    found = gatherings.found
    assert [found("any_of", "ada", "ben"), found("all_of", "ada", "ben")] == [["A", "B"], ["B"]]
    assert [found("none_of", "ada"), found("empty"), found("not_empty")] == [["C", "D"], ["D"], ["A", "B", "C"]]
    seen = [found(comparison, "cat", actor=gatherings.helper) for comparison in ("any_of", "none_of")]
    assert [*seen, found("empty", actor=gatherings.helper)] == [[], ["A", "B", "C", "D"], ["C", "D"]]


def test_records_may_link_their_own_kind(gatherings: Gatherings) -> None:
    ada = gatherings.guests["ada"]
    gatherings.store.change(ENGINE, "guest", ada, {"friends": gatherings.ids("ben", "ada")})
    row = gatherings.store.get(ENGINE, "guest", ada).row
    assert [title for _, _, title in row["friends__titles"]] == ["Ben", "Ada"]


def test_a_rule_reads_who_is_among_the_linked_records(gatherings: Gatherings) -> None:
    host = Actor(gatherings.helper.user_id, frozenset({"host"}))
    gatherings.event("Closed")
    gatherings.event("Mine", hosts=[host.user_id])
    assert [row["name"] for row in gatherings.store.list(host, ListQuery("event", ("name",))).rows] == ["Mine"]


def test_two_people_who_change_the_links_are_told_of_each_other(gatherings: Gatherings) -> None:
    event = gatherings.event("Dinner", "ada")
    gatherings.store.change(ENGINE, "event", event, {"guests": gatherings.ids("ada", "ben")}, version=1)
    with pytest.raises(Conflict) as conflict:
        gatherings.store.change(ENGINE, "event", event, {"guests": gatherings.ids("cat")}, version=1)
    clash = conflict.value.details.clashes[0]
    assert (clash.wanted, clash.stored) == (gatherings.ids("cat"), gatherings.ids("ada", "ben"))
    entry = gatherings.store.history(ENGINE, "event", event)[0]
    assert entry.changes["guests"] == (gatherings.ids("ada"), gatherings.ids("ada", "ben"))


def test_the_link_table_holds_the_pairs_of_the_row(gatherings: Gatherings, database: Database) -> None:
    event = gatherings.event("Dinner", "ada", "ben")
    gatherings.store.change(ENGINE, "event", event, {"guests": gatherings.ids("cat", "ada", "cat")})
    table = gatherings.store.model.metadata.tables["e_event__guests"]
    with database.read() as connection:
        rows = connection.execute(select(table.c.target).where(table.c.source == event).order_by(table.c.position))
        assert tuple(rows.scalars()) == gatherings.ids("cat", "ada")
