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
    with pytest.raises(BlueprintBroken, match=r'blueprint\.yaml:12:20 E210 unknown field type "choise"'):
        found(founder, write(folder, CLUB.replace("level: {type: choice", "level: {type: choise")))
    assert tables(database) == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("level: grand", "level: This is not one of the choices."),
        ("fee: today", "fee: This is not a number. Write it like 1234.50 or 1,234.50."),
        ("coach: nobody", "coach names nobody, and no record has this reference."),
        ("created_at: soon", "“soon” is not a date. Write it like 2026-11-28, today-30d or now+2h."),
        ('name: ""', "name: Name is required."),
    ],
)
def test_a_record_that_cannot_be_planted_leaves_the_database_empty(
    founder: Founder, folder: Path, database: Database, written: str, reason: str
) -> None:
    demo = f"\ndemo:\n  member: {{other: {{name: Other}}, odd: {{name: Odd, {written}}}}}\n".replace("name: Odd, name", "name")
    with pytest.raises(PlantingRefused) as refusal:
        found(founder, write(folder, CLUB + demo))
    line = len(CLUB.splitlines()) + 3
    where = f"blueprint.yaml:{line}:33"
    assert refusal.value.message.in_("en") == f"{where}: the record odd cannot be written. {reason}"
    assert tables(database) == []
    assert found(founder, write(folder)).name == "Chess club"


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
    counts = {name: store.aggregate(ENGINE, ListQuery(name, ())).count for name in ("account", "contact", "opportunity")}
    assert counts == {"account": 200, "contact": 500, "opportunity": 300}
    assert (steps[0], steps[-1][0] == steps[-1][1]) == ((50, steps[-1][1]), True)
    deal = next(row for row in store.list(ENGINE, ListQuery("opportunity", ("stage", "created_at"), sort=(Sort("created_at"),))).rows)
    journey = store.stages("opportunity", deal["id"])
    assert [stage for stage, _, _ in journey][:3] == ["qualification", "demo", "proposal"]
    assert [left for _, _, left in journey[:-1]] == [entered for _, entered, _ in journey[1:]]
    assert (journey[0][1], journey[-1][2]) == (deal["created_at"], None)
    with database.read() as connection:
        people = [user.roles for user in grants.all_of(connection)] if hasattr(grants, "all_of") else []
    assert people == []
