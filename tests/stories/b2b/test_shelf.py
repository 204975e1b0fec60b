"""Starred records, and those opened last."""

from __future__ import annotations

from datetime import timedelta

from engine.access.actor import Actor
from engine.records.shelf import MOST_RECENT, Shelf
from tests.product import Product


def shelf(crm: Product, name: str) -> tuple[Shelf, Actor]:
    """What a person keeps, and who they are."""
    services = crm.services
    assert services.workspace is not None
    user = int(crm.enter("dana").open(f"/pick/user?q={name}").tree.one(role="option")["data-value"])
    roles = frozenset({"sales"} if name == "Mei" else {"admin"})
    return Shelf(services.database, services.workspace.store), Actor(user, roles)


def test_a_star_is_set_and_taken_away_and_narrows_the_list(crm: Product) -> None:
    sales, first = crm.enter("mei"), crm.ids("opportunity", person="mei")[0]
    url = f"/e/opportunity/{first}/star"
    starred = sales.open(f"/e/opportunity/{first}").submit_by_htmx(url)
    assert starred.named("star").one("button")["aria-pressed"] == "true"
    page = sales.open("/e/opportunity/v/all").follow("Starred only")
    assert page.path == "/e/opportunity/v/all?starred=1"
    assert [row["data-id"] for row in page.tree.all("tr") if row["data-id"]] == [str(first)]
    others = crm.enter("henrik").open(page.path)
    assert not others.tree.all("tr") and "Star a record on its page" in others.words
    again = sales.open(f"/e/opportunity/{first}").submit(url)
    assert again.path == f"/e/opportunity/{first}" and again.named("star").one("button")["aria-pressed"] == "false"
    assert not [row for row in sales.open(page.path).tree.all("tr") if row["data-id"]]


def test_a_record_one_may_not_see_cannot_be_starred_and_never_shows_its_title(crm: Product) -> None:
    hidden = (set(crm.ids("opportunity")) - set(crm.ids("opportunity", person="mei"))).pop()
    mei = crm.enter("mei")
    seen = mei.open(f"/e/opportunity/{crm.ids('opportunity', person='mei')[0]}")
    token = seen.form(f"{seen.path}/star").values["_csrf"]
    assert mei.send(f"/e/opportunity/{hidden}/star", {"_csrf": token, "on": "1"}).status == 404
    kept, actor = shelf(crm, "Mei")
    kept.set_star(actor, "opportunity", hidden, True)
    assert kept.starred(actor) == ()
    assert not [row for row in mei.open("/e/opportunity/v/all?starred=1").tree.all("tr") if row["data-id"]]


def test_opened_records_are_recent_newest_first_and_only_so_many_are_kept(crm: Product) -> None:
    kept, actor = shelf(crm, "Mei")
    mei, accounts = crm.enter("mei"), crm.ids("account")[:2]
    for account in accounts:
        mei.open(f"/e/account/{account}")
        crm.clock.advance(timedelta(minutes=1))
    assert [(found.entity, found.id) for found in kept.recent(actor)] == [("account", id) for id in reversed(accounts)]
    assert kept.recent(actor)[0].title == mei.open(f"/e/account/{accounts[1]}").texts("h1")[0]
    for number in range(MOST_RECENT + 5):
        crm.clock.advance(timedelta(minutes=1))
        kept.visit(actor, "account", 10_000 + number)
    assert kept.recent(actor, 200) == ()


def test_opening_a_record_again_writes_nothing_for_five_minutes(crm: Product) -> None:
    mei, path = crm.enter("mei"), f"/e/account/{crm.ids('account')[0]}"
    writes = []
    for minutes in (0, 1, 3, 2):
        crm.clock.advance(timedelta(minutes=minutes))
        with crm.services.database.count_statements() as statements:
            mei.open(path)
        writes.append(len([each for each in statements if "sys_recent" in each and not each.startswith("SELECT")]))
    assert writes == [3, 0, 0, 1]
