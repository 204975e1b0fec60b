"""From a folder to a workspace, and what is left of one that fails on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect

from engine.access import grants
from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.apply import AlreadyFounded
from engine.publishing.founding import BlueprintBroken, Founder
from engine.records.planting import PlantingRefused
from engine.schema.model import ListQuery, Sort
from tests.publishing.clubs import CLUB, found, write

BLUEPRINTS = Path(__file__).parents[2] / "blueprints"
MEMBERS = ListQuery("member", ("name", "fee", "coach"), sort=(Sort("name"),))


def tables(database: Database) -> list[str]:
    with database.read() as connection:
        return inspect(connection).get_table_names()


def test_a_founded_workspace_has_its_seed_and_opens_again(founder: Founder, folder: Path) -> None:
    workspace = found(founder, write(folder))
    again = founder.open()
    assert again is not None
    assert (again.name, again.blueprint.title.in_("zh-CN")) == ("Chess club", "棋社")
    rows = again.store.list(ENGINE, MEMBERS).rows
    assert [(row["name"], str(row["fee"]), row["coach__title"]) for row in rows] == [
        ("Judit", "None", None),
        ("Magnus", "10.50", "Judit"),
    ]
    assert workspace.blueprint.entities.keys() == again.blueprint.entities.keys()


def test_nothing_is_open_before_it_is_founded(founder: Founder, folder: Path) -> None:
    assert founder.open() is None


def test_a_broken_blueprint_writes_nothing(founder: Founder, folder: Path, database: Database) -> None:
    with pytest.raises(BlueprintBroken, match=r'blueprint\.yaml:11:21 E210 unknown field type "choise"'):
        found(founder, write(folder, CLUB.replace("level: {type: choice", "level: {type: choise")))
    assert tables(database) == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ('name: ""', "name: Name is required."),
        ('name: "\\u0007"', "name: Name is required."),
        ("name: magnus", "name: Another record has the same value for Name."),
        ("name: Odd, fee: -1", "fee: Fee must be more than 0."),
    ],
)
def test_a_record_that_breaks_a_rule_leaves_the_database_empty(
    founder: Founder, folder: Path, database: Database, written: str, reason: str
) -> None:
    strict = CLUB.replace("name: {type: text,", "name: {type: text, unique: true,").replace(
        "fee: {type: money,", 'fee: {type: money, validate: "fee > 0",'
    )
    demo = f"\ndemo:\n  member: {{other: {{name: Other}}, odd: {{{written}}}}}\n"
    with pytest.raises(PlantingRefused) as refusal:
        found(founder, write(folder, strict + demo))
    where = f"blueprint.yaml:{len(CLUB.splitlines()) + 3}:34"
    assert refusal.value.message.in_("en") == f"{where}: the record odd cannot be written. {reason}"
    assert tables(database) == []
    assert found(founder, write(folder, strict)).name == "Chess club"


def test_a_failure_of_any_kind_leaves_the_database_empty(founder: Founder, folder: Path, database: Database) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        founder.found(write(folder), None, True, interrupt)
    assert tables(database) == []


def test_a_database_is_founded_once(founder: Founder, folder: Path) -> None:
    found(founder, write(folder))
    with pytest.raises(AlreadyFounded):
        found(founder, folder)


def test_a_workspace_may_be_given_a_name_and_do_without_demo_records(founder: Founder, folder: Path) -> None:
    demo = "\ndemo:\n  member: {other: {name: Other}}\n"
    workspace = founder.found(write(folder, CLUB + demo), "My club", False, lambda done, total: None)
    assert (workspace.name, len(workspace.store.list(ENGINE, MEMBERS).rows)) == ("My club", 2)


def test_a_workspace_opens_with_all_it_extends(founder: Founder, folder: Path, database: Database) -> None:
    write(folder.parent / "base", CLUB.replace("id: club", "id: base"))
    write(
        folder,
        """
blueprint: {id: club, version: 2.0.0, title: Our club}
extends: [{path: ../base}]
settings: {languages: [en]}
entities: {member: {fields: {nickname: {type: text, label: Nickname}}}}
""",
    )
    found(founder, folder)
    for path in sorted(folder.parent.rglob("*.yaml")):
        path.unlink()
    again = founder.open()
    assert again is not None
    assert [field.name for field in again.blueprint.entities["member"].declared] == [
        "name", "level", "fee", "rating", "coach", "nickname",
    ]  # fmt: skip


@pytest.fixture
def demo_of_b2b(database: Database, identifiers: Identifiers) -> Founder:
    return Founder(database, identifiers, SettableClock(datetime(2026, 3, 4, 9, 30, tzinfo=UTC)))


def test_the_demo_of_b2b_is_whole(demo_of_b2b: Founder, database: Database) -> None:
    steps: list[tuple[int, int]] = []
    workspace = demo_of_b2b.found(BLUEPRINTS / "b2b", None, True, lambda done, total: steps.append((done, total)))
    store = workspace.store
    counts = {
        name: store.aggregate(ENGINE, ListQuery(name, ())).count for name in ("account", "contact", "opportunity")
    }
    assert counts == {"account": 200, "contact": 500, "opportunity": 300}
    assert (steps[0], steps[-1][0] == steps[-1][1]) == ((50, steps[-1][1]), True)
    oldest = ListQuery("opportunity", ("created_at",), sort=(Sort("created_at"),))
    deal = store.list(ENGINE, oldest).rows[0]
    journey = store.stages("opportunity", deal["id"])
    assert [stage for stage, _, _ in journey][:3] == ["qualification", "demo", "proposal"]
    assert [left for _, _, left in journey[:-1]] == [entered for _, entered, _ in journey[1:]]
    assert (journey[0][1], journey[-1][2]) == (deal["created_at"], None)
    with database.read() as connection:
        assert {role: len(grants.users_with(connection, role)) for role in ("admin", "manager", "sales")} == {
            "admin": 1,
            "manager": 1,
            "sales": 4,
        }


def test_a_demo_record_may_name_a_record_of_the_seed(founder: Founder, folder: Path) -> None:
    demo = "\ndemo:\n  member: {other: {name: Other, coach: magnus}}\n"
    rows = found(founder, write(folder, CLUB + demo)).store.list(ENGINE, MEMBERS).rows
    assert [row["coach__title"] for row in rows if row["name"] == "Other"] == ["Magnus"]
