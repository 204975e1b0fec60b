"""Links that records of their own make: read, asked for, made and binned under the rules of the joining record."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from engine.schema.model import ListQuery
from tests.records.memberships import Memberships, open_memberships


@pytest.fixture
def crm(database: Database, clock: SettableClock, identifiers: Identifiers) -> Memberships:
    return open_memberships(database, clock, identifiers)


def test_linking_makes_a_joining_record_with_its_defaults_and_unlinking_bins_it(crm: Memberships) -> None:
    crm.link("ada", "spring", "winter")
    assert (crm.titles("ada"), crm.members()) == (["Spring", "Winter"], ["Ada Spring", "Ada Winter"])
    crm.link("ada", "winter", "autumn")
    assert (crm.titles("ada"), crm.members()) == (["Winter", "Autumn"], ["Ada Winter", "Ada Autumn"])
    crm.link("ada")
    assert (crm.titles("ada"), crm.members()) == ([], [])


def test_it_has_no_column_and_both_sides_read_the_same_records(crm: Memberships, database: Database) -> None:
    with database.read() as connection:
        columns = {column["name"] for column in inspect(connection).get_columns("e_person")}
        tables = inspect(connection).get_table_names()
    assert "campaigns" not in columns and "e_person__campaigns" not in tables
    values = {"name": "Summer", "people": tuple(crm.people.values())}
    summer = crm.store.create(crm.boss, "campaign", values)
    assert (crm.titles("ada"), crm.titles("ben")) == (["Summer"], ["Summer"])
    assert crm.store.get(crm.boss, "campaign", summer).row["people"] == tuple(crm.people.values())


def test_a_list_reads_and_filters_them_in_one_statement(crm: Memberships, database: Database) -> None:
    crm.link("ada", "spring", "winter")
    crm.link("ben", "winter")
    with database.count_statements() as statements:
        rows = crm.store.list(crm.boss, ListQuery("person", ("name", "campaigns"))).rows
    assert len(statements) == 1
    assert {row["name"]: row["campaigns"] for row in rows} == {
        "Ada": crm.ids("spring", "winter"),
        "Ben": crm.ids("winter"),
    }
    found = [crm.found("any_of", "spring", "winter"), crm.found("all_of", "spring", "winter"), crm.found("empty")]
    assert found == [["Ada", "Ben"], ["Ada"], []]
    assert crm.found("none_of", "spring") == ["Ben"]


def test_what_one_may_not_see_is_neither_shown_nor_found_nor_taken_away(crm: Memberships) -> None:
    crm.link("ada", "spring", "autumn", "winter")
    member = crm.store.list(ENGINE, ListQuery("member", ("note",))).rows
    autumn = next(
        row["id"]
        for row in member
        if crm.store.get(ENGINE, "member", row["id"]).row["campaign"] == crm.ids("autumn")[0]
    )
    crm.store.change(ENGINE, "member", autumn, {"hidden": True})
    assert crm.titles("ada", crm.helper) == ["Spring"]
    assert (crm.found("any_of", "autumn", actor=crm.helper), crm.titles("ada", crm.stranger)) == ([], [])
    crm.link("ada", actor=crm.helper)
    assert crm.titles("ada") == ["Autumn", "Winter"]


def test_the_rules_and_rights_of_the_joining_record_hold(crm: Memberships) -> None:
    with pytest.raises(Invalid) as refused:
        crm.link("ada", "spring", actor=crm.reader)
    assert refused.value.errors["campaigns"].in_("en") == "Your role does not allow you to add records to Members."
    crm.link("ada", "spring")
    with pytest.raises(Invalid) as kept:
        crm.link("ada", actor=crm.reader)
    assert kept.value.errors["campaigns"].in_("en") == "Your role does not allow you to delete this record (Member)."
    group = crm.store.create(ENGINE, "group", {"name": "North"})
    with pytest.raises(Invalid) as wrong:
        crm.store.change(crm.boss, "person", crm.people["ben"], {"teams": (group,)})
    assert wrong.value.errors["teams"].in_("en").startswith("No link could be made (Place): ")
    crm.store.change(crm.boss, "person", crm.people["ada"], {"teams": (group,)})
    assert len(crm.store.list(ENGINE, ListQuery("place", ())).rows) == 1


def test_the_rules_of_the_field_itself_hold(crm: Memberships) -> None:
    with pytest.raises(Invalid) as lacking:
        crm.store.create(crm.boss, "campaign", {"name": "Gala"})
    assert lacking.value.errors["people"].in_("en") == "People is required."
    crm.store.change(ENGINE, "campaign", crm.campaigns["autumn"], {"closed": True})
    with pytest.raises(Invalid, match="no such record"):
        crm.link("ada", "autumn")
    assert crm.members() == []


def test_a_joining_record_made_by_itself_is_a_link_and_one_in_the_bin_is_none(crm: Memberships) -> None:
    values = {"person": crm.people["ada"], "campaign": crm.campaigns["spring"]}
    member = crm.store.create(crm.boss, "member", values)
    assert crm.titles("ada") == ["Spring"]
    crm.store.delete(crm.boss, "member", member)
    assert (crm.titles("ada"), crm.found("not_empty")) == ([], [])
    crm.store.restore(crm.boss, "member", member)
    crm.store.delete(crm.boss, "campaign", crm.campaigns["spring"])
    assert crm.titles("ada") == []


def test_the_record_itself_is_not_written_and_the_history_is_the_joining_records(crm: Memberships) -> None:
    crm.link("ada", "spring")
    person = crm.store.get(crm.boss, "person", crm.people["ada"])
    member = crm.store.list(ENGINE, ListQuery("member", ())).rows[0]["id"]
    assert (person.version, [entry.kind for entry in crm.store.history(crm.boss, "member", member)]) == (1, ["created"])


def test_a_rule_reads_them(crm: Memberships) -> None:
    hosts = {"hosts": (crm.invited.user_id,)}
    crm.store.change(crm.boss, "campaign", crm.campaigns["autumn"], hosts)
    rows = crm.store.list(crm.invited, ListQuery("campaign", ("name",))).rows
    assert [row["name"] for row in rows] == ["Autumn"]


def test_many_records_at_once_are_linked_under_the_same_rules(crm: Memberships) -> None:
    people, spring = crm.people, crm.ids("spring")
    with crm.store.begin(crm.boss, "import") as write:
        rows = [(people["ada"], {"campaigns": spring}), (None, {"name": "Cy", "campaigns": spring})]
        done = write.create_or_change("person", rows)
    assert done[0] == people["ada"] and crm.members() == ["Ada Spring", "Cy Spring"]
    with crm.store.begin(crm.reader, "import") as write:
        (refusal,) = write.create_or_change("person", [(people["ben"], {"campaigns": spring})])
    assert isinstance(refusal, Invalid) and list(refusal.errors) == ["campaigns"]


def test_a_merged_record_brings_its_links(crm: Memberships) -> None:
    crm.link("ben", "autumn")
    with crm.store.begin(crm.boss, "merge") as write:
        write.merge("person", crm.people["ada"], [crm.people["ben"]], {})
    assert crm.titles("ada") == ["Autumn"]
