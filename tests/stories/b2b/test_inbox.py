"""The inbox: who is told of what, and what it says under the rights of the reader."""

from __future__ import annotations

from tests.browsing.browser import Page
from tests.product import Product


def mine(crm: Product) -> str:
    return f"/e/opportunity/{crm.ids('opportunity', 'stage:any_of:demo', 'owner:is_me', person='mei')[0]}"


def say(crm: Product, who: str, record: str, body: str) -> Page:
    return crm.enter(who).open(f"{record}/activity").submit(f"{record}/comments", {"body": body})


def test_somebody_who_is_named_finds_it_in_the_inbox_and_reads_it(crm: Product) -> None:
    record = mine(crm)
    title = crm.enter("mei").open(record).texts("h1")[0]
    say(crm, "mei", record, "Please look, @Henrik Solberg\nat the price")
    manager = crm.enter("henrik")
    inbox = manager.open("/inbox")
    assert inbox.tree.one("a", "nav", href="/inbox").text == "Inbox 1"
    (row,) = inbox.tree.all("li", "notice")
    assert row.text == (
        f"林梅 林梅 Mei Lin mentioned you in {title} new Please look, @Henrik Solberg at the price just now"
    )
    opened = inbox.submit(row.one("form")["action"])
    assert opened.path == record
    assert manager.open("/inbox").tree.all("li", "notice") == []
    assert "You are up to date" in manager.open("/inbox").words
    assert len(manager.open("/inbox?show=all").tree.all("li", "notice")) == 1
    assert manager.client.get("/inbox/count").json() == {"unread": 0, "newest": "0"}


def test_a_row_is_marked_read_in_place_and_all_at_once(crm: Product) -> None:
    record = mine(crm)
    for number in range(3):
        say(crm, "mei", record, f"@Henrik Solberg {number}")
    manager = crm.enter("henrik")
    inbox = manager.open("/inbox")
    action = inbox.tree.all("li", "notice")[0].all("form")[1]["action"]
    row = inbox.submit_by_htmx(action)
    assert row.headers["hx-trigger"] == '{"unread": {"count": 2}}' and not row.tree.all("li", "notice--new")
    done = manager.open("/inbox").submit("/inbox/read")
    assert done.path == "/inbox" and "You are up to date" in done.words


def test_a_record_one_can_no_longer_see_keeps_its_title_and_words_to_itself(crm: Product) -> None:
    record = mine(crm)
    title = crm.enter("mei").open(record).texts("h1")[0]
    say(crm, "mei", record, "The secret price, @Priya Raman")
    stranger = crm.enter("priya")
    inbox = stranger.open("/inbox")
    assert "林梅 Mei Lin mentioned you in a record you can no longer see" in inbox.words
    assert title not in inbox.html and "secret" not in inbox.html
    assert title not in stranger.client.get("/inbox/count?since=0").text
    assert inbox.submit(inbox.tree.one("li", "notice").one("form")["action"]).path == "/inbox"


def test_a_new_owner_and_those_who_follow_are_told_and_one_reads_only_ones_own(crm: Product) -> None:
    record = mine(crm)
    title = crm.enter("mei").open(record).texts("h1")[0]
    page = crm.enter("henrik").open(f"{record}/edit")
    tom = crm.ids("opportunity", "owner:is_me", person="tom")[0]
    owner = crm.enter("tom").open(f"/e/opportunity/{tom}/edit").form(f"/e/opportunity/{tom}/edit").values["owner"]
    page.submit(f"{record}/edit", {"owner": owner})
    say(crm, "henrik", record, "It is yours now")
    told = crm.enter("tom").open("/inbox")
    assert [row.one("span", "notice__text").text for row in told.tree.all("li", "notice")] == [
        f"Henrik Solberg commented on {title} new It is yours now",
        f"Henrik Solberg gave you {title} new",
    ]
    action = told.tree.one("li", "notice").one("form")["action"]
    other = crm.enter("mei")
    token = other.open("/profile").tree.one("meta", name="csrf-token")["content"]
    assert other.send(action, {"_csrf": token}).status == 404
    assert len(crm.enter("tom").open("/inbox").tree.all("li", "notice")) == 2


def test_an_inbox_takes_few_statements_however_long_it_is(crm: Product) -> None:
    record, manager = mine(crm), crm.enter("henrik")
    page = crm.enter("mei").open(f"{record}/activity")
    values = page.form(f"{record}/comments").values

    def count() -> int:
        with crm.services.database.count_statements() as statements:
            assert manager.open("/inbox").status == 200
        return len(statements)

    for number in range(60):
        page.browser.send(f"{record}/comments", values | {"body": f"@Henrik Solberg {number}"})
        if number == 0:
            few = count()
    assert count() == few <= 4
    older = manager.open("/inbox").follow("Show earlier")
    assert len(older.tree.all("li", "notice")) == 10
