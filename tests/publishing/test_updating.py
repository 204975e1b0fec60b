"""A changed blueprint on a founded database: what is added is added, anything else is refused and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect

from engine.access.actor import ENGINE
from engine.database import ddl
from engine.database.connection import Database
from engine.publishing.changes import NotAdditive
from engine.publishing.founding import BlueprintBroken, Founder
from engine.publishing.versions import published
from engine.publishing.workspace import Workspace, tables_of
from engine.records.errors import Invalid
from engine.schema.model import ListQuery, Sort
from tests.publishing.clubs import CLUB, found, write

Edit = Callable[..., Workspace]


@pytest.fixture
def workspace(founder: Founder, folder: Path) -> Workspace:
    return found(founder, write(folder))


@pytest.fixture
def edit(founder: Founder, folder: Path, workspace: Workspace) -> Edit:
    """Replaces a part of the blueprint's text and updates the workspace."""

    def change(old: str, new: str, more: str = "") -> Workspace:
        text = CLUB.replace(old, new)
        assert text != CLUB
        return founder.update(write(folder, text[: text.index("seed:")] + more), workspace)

    return change


def indexes(database: Database, table: str) -> set[str | None]:
    with database.read() as connection:
        return {index["name"] for index in inspect(connection).get_indexes(table)}


def test_an_unchanged_folder_leaves_the_workspace_as_it_is(
    founder: Founder, folder: Path, workspace: Workspace
) -> None:
    assert founder.update(folder, workspace) is workspace


def test_a_new_field_and_a_new_entity_are_added_with_every_row_kept(edit: Edit, founder: Founder) -> None:
    workspace = edit("      coach:", "      born: {type: date, label: {en: Born, zh-CN: 生日}}\n      coach:")
    query = ListQuery("member", ("name", "born"), sort=(Sort("name"),))
    assert [(row["name"], row["born"]) for row in workspace.store.list(ENGINE, query).rows] == [
        ("Judit", None),
        ("Magnus", None),
    ]
    game = workspace.store.create(ENGINE, "member", {"name": "Garry", "born": "1963-04-13"})
    again = founder.open()
    assert again is not None
    assert str(again.store.get(ENGINE, "member", game).row["born"]) == "1963-04-13"


def test_a_new_entity_has_its_table(edit: Edit) -> None:
    workspace = edit("roles:", "  game:\n    fields: {name: {type: text}, white: {type: link, to: member}}\nroles:")
    white = workspace.store.list(ENGINE, ListQuery("member", ("name",))).rows[0]["id"]
    game = workspace.store.create(ENGINE, "game", {"name": "Immortal", "white": white})
    assert workspace.store.get(ENGINE, "game", game).row["white"] == white


def test_a_view_brings_its_index(edit: Edit, database: Database) -> None:
    before = indexes(database, "e_member")
    edit("roles:", "views:\n  member:\n    best: {type: list, columns: [name, rating], sort: [-rating]}\nroles:")
    assert indexes(database, "e_member") - before == {"ix_e_member_rating_id"}


def test_a_field_that_becomes_unique_compares_the_values_already_there(edit: Edit) -> None:
    workspace = edit("name: {type: text,", "name: {type: text, unique: true,")
    with pytest.raises(Invalid, match="Another record has the same value for Name"):
        workspace.store.create(ENGINE, "member", {"name": " MAGNUS "})


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("member.name", "name: {type: text,", "name: {type: text, unique: true,"),
        ("member.fee", "    fields:\n", "    unique: [fee]\n    fields:\n"),
        ("member.name, member.fee", "    fields:\n", "    unique: [name, fee]\n    fields:\n"),
    ],
)
def test_values_that_repeat_do_not_become_unique(
    edit: Edit, workspace: Workspace, field: str, old: str, new: str
) -> None:
    workspace.store.create(ENGINE, "member", {"name": "magnus", "fee": "10.50"})
    with pytest.raises(NotAdditive) as refusal:
        edit(old, new)
    assert [reason.in_("en") for reason in refusal.value.reasons] == [
        f"{field} is now unique, but records in the database share a value."
    ]


def test_records_that_were_there_stand_at_the_beginning_of_a_new_pipeline(edit: Edit) -> None:
    workspace = edit("      coach:", "      step: {type: stage, pipeline: path}\n      coach:", PIPELINE)
    row = workspace.store.list(ENGINE, ListQuery("member", ("step",))).rows[0]
    assert row["step"] == "guest"
    assert [(stage, left) for stage, _, left in workspace.store.stages("member", row["id"])] == [("guest", None)]


PIPELINE = """
pipelines:
  path: {entity: member, states: {guest: {kind: open}, full: {kind: won}}}
"""

REFUSED = [
    (
        "      fee: {type: money, label: {en: Fee, zh-CN: 会费}}\n",
        "",
        "The field member.fee is no longer in the blueprint, but its values are in the database.",
        "蓝图中不再有字段 member.fee，但数据库中还有它的值。",
    ),
    (
        "fee: {type: money,",
        "fee: {type: integer,",
        "member.fee has the type integer, but in the database it has the type money.",
        "member.fee 的类型是 integer，但在数据库中是 money。",
    ),
    (
        "currency: EUR",
        "currency: USD",
        "member.fee has another number of decimal places, or another currency, than the database.",
        "member.fee 的小数位数或币种与数据库中的不同。",
    ),
    (
        "scale: 1",
        "scale: 2",
        "member.rating has another number of decimal places, or another currency, than the database.",
        "member.rating 的小数位数或币种与数据库中的不同。",
    ),
    (
        "coach: {type: link, to: member",
        "coach: {type: link, to: user",
        "member.coach points at user, but in the database it points at member.",
        "member.coach 指向 user，但在数据库中指向 member。",
    ),
    (
        "beginner: {en: Beginner, zh-CN: 初学}, ",
        "",
        "member.level no longer has the option beginner, but records may have it.",
        "member.level 不再有选项 beginner，但可能仍有记录在使用。",
    ),
]


@pytest.mark.parametrize(("old", "new", "english", "chinese"), REFUSED)
def test_what_is_more_than_an_addition_is_refused(
    edit: Edit, database: Database, workspace: Workspace, old: str, new: str, english: str, chinese: str
) -> None:
    with database.read() as connection:
        before = published(connection)
    with pytest.raises(NotAdditive) as refusal:
        edit(old, new)
    assert [(r.in_("en"), r.in_("zh-CN")) for r in refusal.value.reasons] == [(english, chinese)]
    with database.read() as connection:
        assert published(connection) == before
        assert ddl.difference(connection, tables_of(workspace.blueprint)) == []


def test_every_reason_is_told_at_once(founder: Founder, folder: Path, workspace: Workspace) -> None:
    gone = CLUB.replace("  member:\n    label", "  person:\n    label").replace("to: member", "to: person")
    text = gone[: gone.index("seed:")]
    with pytest.raises(NotAdditive, match="The entity member is no longer in the blueprint"):
        founder.update(write(folder, text), workspace)


def test_a_field_that_need_not_be_unique_any_more_is_refused(founder: Founder, folder: Path) -> None:
    unique = CLUB.replace("name: {type: text,", "name: {type: text, unique: true,")
    workspace = found(founder, write(folder, unique))
    with pytest.raises(NotAdditive, match=r"member\.name need not be unique any more"):
        founder.update(write(folder), workspace)


def test_a_broken_blueprint_is_not_applied(edit: Edit) -> None:
    with pytest.raises(BlueprintBroken, match="E210"):
        edit("fee: {type: money,", "fee: {type: mony,")


def test_a_table_somebody_changed_by_hand_is_told(
    founder: Founder, folder: Path, workspace: Workspace, database: Database
) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE e_member RENAME COLUMN coach TO trainer")
        connection.exec_driver_sql("ALTER TABLE e_member ADD COLUMN coach TEXT")
    text = CLUB.replace("version: 1.0.0", "version: 1.0.1")
    with pytest.raises(NotAdditive, match="The table e_member differs from the blueprint at coach"):
        founder.update(write(folder, text), workspace)
