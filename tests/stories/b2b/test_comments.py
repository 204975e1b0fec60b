"""The side of a record: comments, the timeline, following; with and without script."""

from __future__ import annotations

from datetime import timedelta

from tests.product import Product


def mine(crm: Product) -> str:
    """One that nothing is to be done about: its timeline begins with what was written last."""
    mei = crm.enter("mei")
    records = (f"/e/opportunity/{number}" for number in crm.ids("opportunity", "stage:any_of:demo", person="mei"))
    return next(one for one in records if not mei.open(f"{one}/activity").tree.all("div", "tl__i--task"))


def test_a_comment_is_written_read_changed_and_taken_back_without_script(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    page = sales.open(f"{record}/activity")
    posted = page.submit(f"{record}/comments", {"body": "Budget is <b>there</b>, see https://a.example/b."})
    assert posted.path.startswith(f"{record}/activity")
    first = posted.tree.all("div", "tl__i")[0]
    assert first.text.startswith("林梅 Mei Lin wrote just now Budget is <b>there</b>, see https://a.example/b .")
    assert first.one("a", "link")["rel"] == "noopener noreferrer nofollow"
    comment = "/comments/" + first["id"].removeprefix("comment-")
    saved = posted.browser.open(f"{comment}/edit").submit(comment, {"body": "Budget is gone"})
    assert saved.path == record
    page = sales.open(f"{record}/activity")
    assert page.tree.all("div", "tl__i")[0].text.startswith("林梅 Mei Lin wrote edited just now Budget is gone")
    gone = page.submit(f"{comment}/delete")
    assert "Budget is gone" not in gone.words


def test_an_empty_comment_is_asked_for_and_a_wrong_time_keeps_the_text(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    asked = sales.open(f"{record}/activity").submit(f"{record}/comments", {"body": "  "})
    assert (asked.status, asked.named("composer-e").text) == (422, "Write something first.")
    typed = {"kind": "call", "body": "They called", "occurred_at": "31 February", "minutes": "many"}
    refused = sales.open(f"{record}/activity").submit_by_htmx(f"{record}/comments", typed)
    assert refused.status == 422 and refused.named("composer-body").text == "They called"
    assert [refused.error(f"composer-{name}") for name in ("occurred_at", "minutes")] == [
        "This is not a date and time. Write it like 2026-11-28 09:30 or tomorrow 3pm.",
        "Enter whole minutes, from 1 to 1440.",
    ]
    typed |= {"occurred_at": "2026-03-02 10:00", "minutes": "14"}
    posted = sales.open(f"{record}/activity").submit_by_htmx(f"{record}/comments", typed)
    assert posted.named("composer-body").text == ""
    assert "林梅 Mei Lin logged a call, 14 min Mon They called" in sales.open(f"{record}/activity").words


def test_edits_of_one_person_within_minutes_are_one_change_and_what_is_taken_back_is_none(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    for amount, step in (("100", "A"), ("200", "B"), ("300", "A")):
        sales.open(f"{record}/edit").submit(f"{record}/edit", {"amount": amount, "next_step": step})
        crm.clock.advance(timedelta(minutes=2))
    newest = sales.fragment(f"{record}/activity").texts("div", "tl__i")[0]
    assert newest.startswith("林梅 Mei Lin changed it") and "$300" in newest and "$200" not in newest
    history = sales.fragment(f"{record}/timeline?show=history").texts("div", "tl__i")
    assert "$200 $300" in history[0] and "$100 $200" in history[1]


def test_a_long_timeline_goes_on_where_the_page_ended(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    page = sales.open(f"{record}/activity")
    for number in range(35):
        crm.clock.advance(timedelta(minutes=1))
        sales.send(f"{record}/comments", page.form(f"{record}/comments").values | {"body": f"number {number}."})
    first = sales.fragment(f"{record}/timeline?show=comments")
    more = first.tree.one("a", "tl__more")
    second = sales.fragment(more["hx-get"])
    bodies = [card.text for page in (first, second) for card in page.tree.all("div", "tl__card")]
    assert bodies == [f"number {number}." for number in reversed(range(35))]
    assert second.texts("div", "tl__day") == [] and second.tree.all("a", "tl__more") == []
    assert sales.open(more["href"]).texts("div", "tl__card") == [f"number {number}." for number in range(4, -1, -1)]
    assert sales.fragment(f"{record}/timeline?show=comments&after=nonsense").status == 200


def test_an_old_comment_is_found_by_its_address_with_a_way_back_to_the_newest(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    page = sales.open(f"{record}/activity")
    for number in range(40):
        sales.send(f"{record}/comments", page.form(f"{record}/comments").values | {"body": f"Word {number}"})
        crm.clock.advance(timedelta(minutes=1))
    page = sales.fragment(f"{record}/activity")
    cards = sales.fragment(page.tree.one("a", "tl__more")["hx-get"]).tree.all("div", "tl__i")
    old = next(item["id"].removeprefix("comment-") for item in cards if item.texts("div", "tl__card") == ["Word 3"])
    found = sales.fragment(f"{record}/timeline?comment={old}")
    first = found.tree.all("div", "tl__i")[0]
    assert first.texts("div", "tl__card") == ["Word 3"] and first["id"] == f"comment-{old}"
    newest = found.tree.all("a", "tl__more")[0]
    assert (newest.text, newest["hx-get"]) == ("Show the newest", f"{record}/timeline?show=all")
    assert "Word 39" in sales.fragment(f"{record}/timeline?comment=99").words


def test_others_may_read_a_comment_but_not_change_it_and_strangers_see_nothing(crm: Product) -> None:
    record = mine(crm)
    page = crm.enter("mei").open(f"{record}/activity").submit(f"{record}/comments", {"body": "secret words"})
    comment = "/comments/" + page.tree.all("div", "tl__i")[0]["id"].removeprefix("comment-")
    manager = crm.enter("henrik")
    assert "secret words" in manager.open(f"{record}/activity").words
    assert manager.open(f"{comment}/edit").status == 404
    token = manager.open("/profile").tree.one("meta", name="csrf-token")["content"]
    refused = manager.send(comment, {"_csrf": token, "body": "x"})
    assert (refused.status, refused.texts("p")[0]) == (403, "Only who wrote a comment may change it.")
    stranger = crm.enter("priya")
    for path in (f"{record}/activity", f"{record}/timeline", comment, f"{comment}/edit"):
        hidden = stranger.open(path)
        assert hidden.status == 404 and "secret" not in hidden.words


def test_a_task_is_written_beside_a_record_waits_above_the_timeline_and_is_checked_off_there(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    comments, title = f"{record}/comments", "Send the quote"
    asked = sales.open(f"{record}/activity").submit(comments, {"kind": "task", "body": title})
    assert (asked.status, asked.error("composer-task-due")) == (422, "Due is required.")
    typed = {"kind": "task", "body": f"{title}\nWith two options", "task.due": "31 February"}
    wrong = sales.open(f"{record}/activity").submit_by_htmx(comments, typed)
    assert wrong.status == 422 and wrong.named("composer-body").text == f"{title} With two options"
    assert wrong.error("composer-task-due") == "There is no such day: 2026-02 has 28 days."
    page = sales.open(f"{record}/activity").submit(comments, typed | {"task.due": "2026-03-05"})
    todo = page.tree.one("div", "tl--todo")
    assert f"{title} Tomorrow" in todo.texts("div", "tl__i")
    task = next(link["href"] for link in todo.all("a") if link.text == title)
    words = sales.open(task).words
    account = sales.open(record).named("p-account").one("a").text
    assert "With two options" in words and account in words and "Task" in words
    act = f"/tasks/activity/{task.rpartition('/')[2]}/done"
    row = page.browser.open(f"{record}/activity").submit_by_htmx(act, press=("done", "1"))
    assert row.status == 200
    again = sales.open(f"{record}/activity?show=tasks")
    assert title not in [one.text for one in again.tree.all("div", "tl--todo")]
    assert title in again.texts("a", "tl__task--done")


def test_following_is_a_button_that_says_how_things_stand(crm: Product) -> None:
    manager, record = crm.enter("henrik"), mine(crm)
    page = manager.open(f"{record}/activity")
    assert page.form(f"{record}/follow").element.one("button").text == "Follow"
    followed = page.submit(f"{record}/follow", press=("following", "1"))
    assert followed.form(f"{record}/follow").element.one("button").text == "Following"
    assert followed.named("follow").one("span", "avatars")["title"] == "1 other person follows this"
    assert followed.submit(f"{record}/follow", press=("following", "0")).named("follow").one("button").text == "Follow"


def test_the_side_of_a_record_takes_few_statements_however_much_was_said(crm: Product) -> None:
    sales, record = crm.enter("mei"), mine(crm)
    token = sales.open(f"{record}/activity").form(f"{record}/comments").values

    def count() -> int:
        with crm.services.database.count_statements() as statements:
            assert sales.fragment(f"{record}/activity").status == 200
        return len(statements)

    sales.send(f"{record}/comments", token | {"body": "Hello @Henrik Solberg"})
    few = count()
    for _ in range(12):
        sales.send(f"{record}/comments", token | {"body": "Hello @Henrik Solberg and @林梅 Mei Lin"})
    assert count() == few <= 14
