"""What an actor may do with a record, by role, owner, team and expression."""

from __future__ import annotations

import pytest

from engine.access.actor import ENGINE, Actor
from engine.records.errors import Invalid, RecordNotFound, Refused
from engine.records.query import Condition, PageRequest
from engine.records.writing import LineChange
from engine.schema.model import ListQuery, Sort
from tests.records.shop import Shop


def readers(shop: Shop, entity: str, record_id: int) -> set[str]:
    def sees(name: str) -> bool:
        try:
            shop.store.get(shop.actor(name), entity, record_id)
        except RecordNotFound:
            return False
        return record_id in shop.store.titles(shop.actor(name), entity, [record_id])

    return {name for name in shop.people if sees(name)}


def changers(shop: Shop, entity: str, record_id: int) -> set[str]:
    return {
        name
        for name in readers(shop, entity, record_id)
        if shop.store.get(shop.actor(name), entity, record_id).may_update
    }


def test_a_record_of_a_team_is_seen_by_the_team_and_by_who_leads_a_team_above(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    assert readers(shop, "deal", deal) == {"ann", "ben", "dan", "eve"}
    assert changers(shop, "deal", deal) == {"ann", "ben", "dan", "eve"}


def test_an_expression_through_a_link_opens_a_record(shop: Shop) -> None:
    gold = shop.add("account", name="Gold", tier="gold")
    deal = shop.add("deal", "ann", name="Big", account=gold)
    assert readers(shop, "deal", deal) == {"ann", "ben", "cat", "dan", "eve"}
    assert changers(shop, "deal", deal) == {"ann", "ben", "dan", "eve"}


def test_own_is_the_owner_alone(shop: Shop) -> None:
    task = shop.add("task", "ann", name="Call")
    assert readers(shop, "task", task) == {"ann", "eve"}


def test_a_condition_on_the_record_hides_it_from_a_role(shop: Shop) -> None:
    iron, none = shop.add("account", name="Iron", tier="iron"), shop.add("account", name="None")
    assert ("fay" in readers(shop, "account", iron), "fay" in readers(shop, "account", none)) == (False, True)


def test_several_roles_add_up(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    both = Actor(shop.people["fay"], frozenset({"reader", "boss"}))
    assert shop.store.get(both, "deal", deal).may_delete


def test_who_has_no_role_sees_and_adds_nothing(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    nobody = Actor(shop.people["ann"])
    with pytest.raises(RecordNotFound):
        shop.store.get(nobody, "deal", deal)
    with pytest.raises(Refused, match="Your role does not allow you to add records to Deals"):
        shop.store.create(nobody, "deal", {"name": "Mine"})


@pytest.mark.parametrize("attempt", ["get", "change", "delete", "restore", "history"])
def test_a_hidden_record_and_a_missing_one_answer_the_same(sqlite_shop: Shop, attempt: str) -> None:
    store, cat = sqlite_shop.store, sqlite_shop.actor("cat")
    hidden = sqlite_shop.add("deal", "ann", name="Big")
    answers = []
    for record_id in (hidden, hidden + 1, 0, -1, 2**53, 2**70):
        arguments = ({"name": "Mine"},) if attempt == "change" else ()
        with pytest.raises(RecordNotFound) as answer:
            getattr(store, attempt)(cat, "deal", record_id, *arguments)
        answers.append(str(answer.value))
    assert answers == [""] * 6


def test_who_may_see_but_not_change_is_refused(shop: Shop) -> None:
    gold = shop.add("account", name="Gold", tier="gold")
    deal = shop.add("deal", "ann", name="Big", account=gold)
    with pytest.raises(Refused, match=r"Your role does not allow you to change this record \(Deal\)"):
        shop.change("deal", deal, "cat", name="Mine")
    with pytest.raises(Refused, match=r"Your role does not allow you to delete this record \(Deal\)"):
        shop.store.delete(shop.actor("ben"), "deal", deal)


def test_line_items_follow_the_rights_of_their_record(shop: Shop) -> None:
    gold = shop.add("account", name="Gold", tier="gold")
    deal = shop.add("deal", "ann", name="Big", account=gold)
    line = shop.add("deal_line", "ben", deal=deal, product="Bolt", price="2")
    assert readers(shop, "deal_line", line) == {"ann", "ben", "cat", "dan", "eve"}
    assert changers(shop, "deal_line", line) == {"ann", "ben", "dan", "eve"}
    with pytest.raises(Refused, match=r"change this record \(Deal\)"):
        shop.add("deal_line", "cat", deal=deal, product="Nut", price="1")
    with pytest.raises(Refused, match=r"change this record \(Line\)"):
        shop.change("deal_line", line, "cat", product="Nut")


def test_a_line_item_is_neither_added_nor_moved_to_a_hidden_record(shop: Shop) -> None:
    hidden, own = shop.add("deal", "ann", name="Hidden"), shop.add("deal", "cat", name="Own")
    line = shop.add("deal_line", "cat", deal=own, product="Bolt", price="2")
    for attempt in ({"deal": hidden}, {}):
        with pytest.raises(RecordNotFound):
            shop.add("deal_line", "cat", product="Nut", price="1", **attempt)
    with pytest.raises(RecordNotFound):
        shop.change("deal_line", line, "cat", deal=hidden)
    with pytest.raises(RecordNotFound):
        shop.store.change(shop.actor("cat"), "deal", own, {}, lines={"lines": [LineChange(hidden, {"product": "x"})]})


def test_line_items_of_another_record_are_not_reached_through_mine(shop: Shop) -> None:
    hidden, own = shop.add("deal", "ann", name="Hidden"), shop.add("deal", "cat", name="Own")
    line = shop.add("deal_line", "ann", deal=hidden, product="Bolt", price="2")
    for change in (LineChange(line, {"product": "Mine"}), LineChange(line, {}, delete=True)):
        with pytest.raises(RecordNotFound):
            shop.store.change(shop.actor("cat"), "deal", own, {}, lines={"lines": [change]})


def test_a_link_to_a_hidden_record_is_refused_as_one_to_a_missing_record(shop: Shop) -> None:
    hidden = shop.add("task", "ann", name="Hidden")
    errors = []
    for target in (hidden, hidden + 1):
        with pytest.raises(Invalid) as refusal:
            shop.add("task", "cat", name="Next", after=target)
        errors.append(str(refusal.value))
    assert errors == ["after: There is no such record (Task), or you may not see it."] * 2


def test_a_link_with_a_filter_takes_only_what_fits_it(shop: Shop) -> None:
    gold, iron = shop.add("account", name="Gold", tier="gold"), shop.add("account", name="Iron", tier="iron")
    assert shop.add("task", name="Call", customer=gold)
    with pytest.raises(Invalid, match=r"customer: There is no such record \(Account\)"):
        shop.add("task", name="Call", customer=iron)


def test_the_title_of_a_hidden_record_is_neither_shown_nor_sorted_by(shop: Shop) -> None:
    tasks = [shop.add("task", "eve", name=name) for name in ("Zulu", "Alpha")]
    for number, before in enumerate((*tasks, shop.add("task", "ann", name="Mike"))):
        shop.store.create(ENGINE, "task", {"name": str(number), "after": before, "owner": shop.people["ann"]})
    mine = PageRequest(conditions=(Condition("after", "not_empty"),))
    page = shop.store.list(shop.actor("ann"), ListQuery("task", ("name", "after"), sort=(Sort("after"),)), mine)
    assert [(row["name"], row["after__title"]) for row in page.rows] == [("2", "Mike"), ("0", None), ("1", None)]
    assert shop.names("task", "eve", "after", mine) == ["1", "2", "0"]


def test_who_owns_a_new_record_and_which_team_it_has(shop: Shop) -> None:
    mine, given = shop.add("deal", "ann", name="Mine"), shop.add("deal", "ann", name="Given", owner=shop.people["cat"])
    rows = [shop.row("deal", deal) for deal in (mine, given)]
    assert [(row["owner__title"], row["team__title"]) for row in rows] == [("Ann", "North"), ("Cat", "South")]


def test_a_record_that_changes_hands_goes_to_the_team_of_its_new_owner(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Mine")
    shop.change("deal", deal, "ann", owner=shop.people["cat"])
    assert shop.row("deal", deal)["team__title"] == "South"
    assert readers(shop, "deal", deal) == {"cat", "dan", "eve"}


def test_an_aggregate_counts_only_what_the_actor_may_see(shop: Shop) -> None:
    shop.add("deal", "ann", name="North", amount=10)
    shop.add("deal", "cat", name="South", amount=5)
    query = ListQuery("deal", ("name",))
    totals = {who: shop.store.aggregate(shop.actor(who), query, sums=["amount"]) for who in ("ann", "cat", "eve")}
    assert {who: (total.count, str(total.sums["amount"])) for who, total in totals.items()} == {
        "ann": (1, "10.00"),
        "cat": (1, "5.00"),
        "eve": (2, "15.00"),
    }
