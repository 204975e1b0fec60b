"""Pairs found behind the writes, and the groups a person may see."""

from __future__ import annotations

from sqlalchemy import select

from engine.database.match_tables import match_due, match_pair
from engine.records.duplicates import duplicates, set_apart, waiting
from engine.records.match_sweep import sweep
from tests.records.shop import Shop


def groups(clients: Shop, who: str = "eve", entity: str = "contact") -> list[tuple[int, ...]]:
    while sweep(clients.database, clients.store.model, entity):
        pass
    return [group.ids for group in duplicates(clients.store, clients.actor(who), entity, 25).groups]


def test_what_was_written_is_compared_and_grouped_the_surest_first(clients: Shop) -> None:
    home = clients.add("account", name="Larkfield")
    ann = clients.add("contact", name="Ann Lee", email="ann@example.com", account=home)
    wei = clients.add("contact", name="张伟", account=home)
    lee = clients.add("contact", name="Lee, Ann", email="Ann@Example.com", account=home)
    other = clients.add("contact", name="Zhang Wei", account=home)
    third = clients.add("contact", name="Bea Long", email="ann+x@example.com")
    assert waiting(clients.store, "contact") == 5
    assert groups(clients) == [(ann, lee, third), (wei, other)] and waiting(clients.store, "contact") == 0


def test_a_record_written_again_is_compared_again(clients: Shop) -> None:
    one = clients.add("contact", name="Ann Lee", email="ann@example.com")
    other = clients.add("contact", name="Ben Long", email="ann@example.com")
    assert groups(clients) == [(one, other)]
    clients.change("contact", other, email="ben@example.com")
    assert groups(clients) == []
    with clients.database.read() as connection:
        assert connection.execute(select(match_pair)).all() == connection.execute(select(match_due)).all() == []


def test_nobody_is_hinted_at_duplicates_they_may_not_read(clients: Shop) -> None:
    mine = clients.add("contact", "ann", name="Ann Lee", email="ann@example.com")
    also = clients.add("contact", "ann", name="A Lee", email="ann@example.com")
    hers = clients.add("contact", "ben", name="Ann L", email="ann@example.com")
    seen = {who: groups(clients, who) for who in ("ann", "ben", "eve")}
    assert seen == {"ann": [(mine, also)], "ben": [], "eve": [(mine, also, hers)]}


def test_what_was_told_apart_stays_so_when_it_is_compared_again(clients: Shop) -> None:
    one = clients.add("contact", name="Ann Lee", email="ann@example.com")
    other = clients.add("contact", name="Ann Lee", email="ann@example.com")
    assert groups(clients) == [(one, other)]
    set_apart(clients.database, clients.store, clients.actor("eve"), "contact", (one, other))
    clients.change("contact", one, name="Ann Leeson")
    assert groups(clients) == []


def test_pages_of_groups_follow_each_other_without_repeating(clients: Shop) -> None:
    for number in range(7):
        for name in ("One", "Two"):
            clients.add("contact", name=f"{name} Person", email=f"same{number}@example.com")
    every, found, after = groups(clients), [], None
    for _ in range(4):
        page = duplicates(clients.store, clients.actor("eve"), "contact", 2, after)
        found += [group.ids for group in page.groups]
        after = page.after
    assert found == every and len(every) == 7 and after is None
