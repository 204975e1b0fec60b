"""Several records become one, with all that hung on them; undone, every row is as it was."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import MetaData, insert, select

from engine.access import grants
from engine.access.actor import ENGINE
from engine.database.connection import Database
from engine.database.system_tables import file, follow, star
from engine.records.comments import Draft
from engine.records.errors import Invalid, RecordNotFound, Refused
from engine.records.lease import Lease
from engine.records.merge_choice import UNITED, suggested
from engine.records.operation_run import Job
from engine.records.operations import Operations
from engine.records.runner import Runner
from engine.records.undoing import Undoing
from engine.schema.file_ref import FileRef
from tests.records.shop import Shop

LEFT_OUT = ("version", "updated_at", "updated_by", "last_activity_at")
KEPT = ("sys_grant", "sys_history", "sys_operation", "sys_operation_refusal", "sys_match_due", "sys_stage_entry")


def operations(clients: Shop) -> Operations:
    return Operations(clients.database, clients.store._ids, clients.clock)


def merge(clients: Shop, survivor: int, *others: int, who: str = "eve", **choices: int) -> int:
    """The id of the operation."""
    actor, found = clients.actor(who), operations(clients)
    with clients.database.write() as connection:
        operation = found.start(actor, "merge", "account", {}, connection=connection)
        write = clients.store.writing(connection, actor, "merge", operation)
        write.merge("account", survivor, others, choices)
        found.finish(connection, operation, 1 + len(others), {})
    return operation


def undo(clients: Shop, operation: int, who: str = "eve") -> list[str]:
    """What was left as it is."""
    found = operations(clients)
    with clients.database.write() as connection:
        grants.set_roles(connection, clients.people[who], clients.actor(who).roles)
    undoing = found.undo(clients.actor(who), operation)
    jobs: dict[str, Job] = {"undo": Undoing()}
    lease = Lease(clients.database, clients.store._ids, clients.clock)
    store = clients.store
    Runner(lease, lambda: store, jobs).run(undoing)
    assert found.read(clients.actor(who), undoing).state == "done"
    return [refusal.reason.in_("en") for refusal in found.refusals(undoing)]


def raw(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for when it was written last and what is only ever added to."""
    metadata = MetaData()
    with database.read() as connection:
        metadata.reflect(connection)
        tables = [t for t in metadata.tables.values() if t.name not in KEPT and not t.name.startswith("fts_")]
        return {
            table.name: sorted(
                (
                    {k: v for k, v in row.items() if k not in LEFT_OUT}
                    for row in connection.execute(select(table)).mappings()
                ),
                key=str,
            )
            for table in tables
        }


def stage_file(clients: Shop, name: str) -> FileRef:
    file_id, now = clients.store._ids.next(), clients.clock.now()
    row = {"id": file_id, "hash": name, "name": name, "media": "image/png", "size": 3}
    more = {"created_by": clients.people["eve"], "created_at": now, "released_at": now}
    with clients.database.write() as connection:
        connection.execute(insert(file).values(**row, **more))
    return FileRef(file_id, name, "image/png", 3)


def staged(clients: Shop, *names: str) -> tuple[FileRef, ...]:
    return tuple(stage_file(clients, name) for name in names)


def three(clients: Shop) -> tuple[int, int, int]:
    """Three accounts with everything that can hang on a record."""
    one = clients.add("account", name="Acme", tags=("a", "b"), logo=staged(clients, "one.png"))
    pictures = {"logo": staged(clients, "two.png"), "papers": staged(clients, "two-a.png", "two-b.png")}
    texts = {"name": "Acme Ltd", "code": "A-2", "tags": ("b", "c"), "website": "https://acme.com"}
    two = clients.add("account", **texts, **pictures, parent=one)
    papers = staged(clients, "six.png")
    six = clients.add("account", name="ACME GmbH", note="long", friends=(one, two), papers=papers)
    clients.add("account", name="Below", parent=two, friends=(six, two))
    ann = clients.add("contact", name="Ann Lee", account=two)
    for number, account in enumerate((one, two, six)):
        links = {"account": account, "partners": (two, six), "about": ("account", account)}
        deal = clients.add("deal", name=f"Deal {number}", **links)
        clients.add("deal_line", deal=deal, product="Pump")
    clients.add("deal", name="About Ann", about=("contact", ann))
    for account, who in ((one, "eve"), (two, "ann"), (six, "ben"), (two, "eve")):
        hang_on(clients, account, who)
    return one, two, six


def hang_on(clients: Shop, account: int, who: str) -> None:
    said = stage_file(clients, "said.png")
    with clients.store.begin(clients.actor("eve"), "ui") as write:
        write.comment("account", account, Draft(f"said of {account}"))
        write.attach("account", account, (said.id,))
        keep = {"entity": "account", "record_id": account, "user_id": clients.people[who], "at": clients.clock.now()}
        write.connection.execute(insert(star).values(**keep))
        if who != "eve":
            write.connection.execute(insert(follow).values(**keep, following=True))


def test_the_survivor_has_the_chosen_values_and_all_that_hung_on_the_others(clients: Shop) -> None:
    one, two, six = three(clients)
    merge(clients, one, two, six, code=two, tags=UNITED, papers=UNITED, logo=two, note=six, name=six)
    row = clients.row("account", one)
    assert (row["name"], row["code"], row["tags"]) == ("ACME GmbH", "A-2", ("a", "b", "c"))
    assert (row["website"], row["note"], row["parent"]) == (None, "long", None)
    assert [each.name for each in (*row["logo"], *row["papers"])] == ["two.png", "two-a.png", "two-b.png", "six.png"]
    assert [clients.row("contact", each)["account"] for each in ids(clients, "contact")] == [one]
    deals = [clients.row("deal", each) for each in ids(clients, "deal")]
    links = [(deal["account"], deal["partners"], deal["about"]) for deal in deals[:3]]
    assert links == [(one, (one,), ("account", one))] * 3
    below = clients.row("account", ids(clients, "account")[-1])
    assert (below["parent"], below["friends"]) == (one, (one,))
    with clients.database.read() as connection:
        said = connection.execute(select(file.c.record_id).where(file.c.field.is_(None))).scalars().all()
    assert said == [one] * 4
    assert [clients.row("account", each)["deleted_at"] is not None for each in (one, two, six)] == [False, True, True]


def ids(clients: Shop, entity: str) -> list[int]:
    table = clients.store.model.table(entity)
    with clients.database.read() as connection:
        alive = select(table.c.id).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        return list(connection.execute(alive).scalars())


def test_a_merge_that_is_undone_gives_every_row_back(clients: Shop) -> None:
    one, two, six = three(clients)
    before = raw(clients.database)
    operation = merge(clients, one, two, six, code=two, tags=UNITED, papers=UNITED, logo=two, note=six, name=six)
    assert raw(clients.database) != before
    assert undo(clients, operation) == []
    after = raw(clients.database)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


@pytest.mark.parametrize("survivor", [0, 1, 2])
def test_any_of_them_can_survive_and_be_undone(clients: Shop, survivor: int) -> None:
    every = three(clients)
    before = raw(clients.database)
    rows = [clients.row("account", each) for each in every]
    choices = suggested(clients.store.model.entities["account"], rows, every[survivor])
    operation = merge(clients, every[survivor], *(each for each in every if each != every[survivor]), **choices)
    assert undo(clients, operation) == [] and raw(clients.database) == before


def test_undo_leaves_what_was_changed_since(clients: Shop) -> None:
    one, two, six = three(clients)
    operation = merge(clients, one, two, note=two, name=two)
    clients.change("account", one, name="Acme for ever")
    deal = ids(clients, "deal")[1]
    clients.change("deal", deal, account=six)
    told = undo(clients, operation)
    assert told == [f"{label} was changed since, so it stays as it is." for label in ("Name", "Account")]
    assert clients.row("account", one)["name"] == "Acme for ever" and clients.row("deal", deal)["account"] == six
    assert clients.row("account", two)["deleted_at"] is None


def test_a_survivor_below_one_that_goes_takes_its_place(clients: Shop) -> None:
    top = clients.add("account", name="Top")
    gone = clients.add("account", name="Gone", parent=top)
    middle = clients.add("account", name="Middle", parent=gone)
    stays = clients.add("account", name="Stays", parent=middle)
    before = raw(clients.database)
    operation = merge(clients, stays, gone)
    assert [clients.row("account", each)["parent"] for each in (stays, middle)] == [top, stays]
    assert undo(clients, operation) == [] and raw(clients.database) == before


def test_it_takes_the_right_to_change_one_and_delete_the_others(clients: Shop) -> None:
    own = clients.add("account", "ann", name="Acme")
    hers = clients.add("account", "ann", name="Acme Ltd")
    other = clients.add("account", "ben", name="Acme Inc")
    before = raw(clients.database)
    for survivor, gone, who, error in ((own, other, "ann", RecordNotFound), (own, hers, "fay", Refused)):
        with pytest.raises(error):
            merge(clients, survivor, gone, who=who)
    for others in ((), (own,), (hers, hers), tuple(range(1, 6))):
        with pytest.raises(Refused):
            merge(clients, own, *others)
    with pytest.raises(Refused):
        merge(clients, own, hers, note=other)
    with pytest.raises(Invalid):
        merge(clients, own, hers, created_at=hers)
    assert raw(clients.database) == before
    merge(clients, own, hers, who="ann")


def test_values_that_would_repeat_are_told_and_nothing_is_merged(clients: Shop) -> None:
    one, two = clients.add("account", name="Acme"), clients.add("account", name="Acme Ltd")
    for account in (one, two):
        clients.add("deal", name="The same", account=account)
    before = raw(clients.database)
    with pytest.raises(Refused, match="Two Deals would then be the same"):
        merge(clients, one, two)
    assert raw(clients.database) == before


def test_taken_out_of_the_bin_by_hand_a_record_takes_back_what_it_brought(clients: Shop) -> None:
    one, two, _ = three(clients)
    before = raw(clients.database)
    merge(clients, one, two, code=two, logo=two)
    clients.store.restore(ENGINE, "account", two)
    assert raw(clients.database) == before
