"""The Tasks page: by day, checked off and moved in place, for oneself, by oneself, for the team."""

from __future__ import annotations

from tests.browsing.browser import Browser, Page
from tests.product import Product


def groups(page: Page) -> dict[str, list[str]]:
    """Heading without its number -> titles."""
    sections = page.tree.all("section", "tasks__group")
    return {s.one("h2").text.rsplit(" ", 1)[0]: s.texts("a", "task__title") for s in sections}


def add(browser: Browser, subject: str, due: str, **more: str) -> str:
    """The address of a new task."""
    typed = {"subject": subject, "type": "task", "due": due, **more}
    return browser.open("/e/activity/new").submit("/e/activity/new", typed).path.partition("?")[0]


def test_tasks_stand_under_the_day_they_are_due(crm: Product) -> None:
    sales = crm.enter("mei")
    for subject, due in (
        ("late", "2026-03-02"),
        ("now", "2026-03-04"),
        ("soon", "2026-03-06"),
        ("later", "2026-03-10"),
        ("far", "2026-03-25"),
    ):
        add(sales, f"my {subject}", due)
    found = {
        label: [title for title in titles if title.startswith("my ")]
        for label, titles in groups(sales.open("/tasks")).items()
    }
    assert found["Overdue"] == ["my late"] and found["Today"] == ["my now"]
    assert found["Later this week"] == ["my soon"] and found["Next week"] == ["my later"]
    assert found["Week of 23 Mar"] == ["my far"]


def test_a_task_is_checked_off_in_place_opened_again_and_moved(crm: Product) -> None:
    sales = crm.enter("mei")
    number = add(sales, "call them", "2026-03-02").rpartition("/")[2]
    act = f"/tasks/activity/{number}"
    page = sales.open("/tasks")
    row = page.submit_by_htmx(f"{act}/done", press=("done", "1"))
    assert "task--done" in row.named(f"task-{number}").classes
    assert "call them" in groups(sales.open("/tasks"))["Done lately"]
    again = row.submit_by_htmx(f"{act}/done", press=("done", "0"))
    moved = again.submit_by_htmx(f"{act}/due", press=("to", "next_week"))
    assert "call them" in groups(moved)["Next week"]
    without_script = sales.open("/tasks").submit(f"{act}/due", press=("to", "today"))
    assert without_script.path == "/tasks?who=mine" and "call them" in groups(without_script)["Today"]
    assert moved.submit(f"{act}/due", press=("to", "never")).status == 404


def test_tasks_of_others_are_under_assigned_by_me_and_team_and_out_of_reach_of_strangers(crm: Product) -> None:
    sales = crm.enter("mei")
    tom = crm.ids("activity", "owner:is_me", person="tom")[0]
    owner = crm.enter("tom").open(f"/e/activity/{tom}/edit").form(f"/e/activity/{tom}/edit").values["owner"]
    number = add(sales, "for tom", "2026-03-04", owner=owner).rpartition("/")[2]
    shown = {who: "for tom" in sales.open(f"/tasks?who={who}").words for who in ("mine", "assigned", "team", "x")}
    assert shown == {"mine": False, "assigned": True, "team": True, "x": False}
    assert "for tom" in groups(crm.enter("tom").open("/tasks"))["Today"]
    stranger = crm.enter("priya")
    token = stranger.open("/tasks").tree.one("meta", name="csrf-token")["content"]
    assert stranger.send(f"/tasks/activity/{number}/done", {"_csrf": token, "done": "1"}).status == 404
    account = crm.ids("account")[0]
    assert sales.send(f"/tasks/account/{account}/done", {"_csrf": token}).status in (403, 404)


def test_the_tasks_page_takes_two_statements_for_each_kind_of_task(crm: Product) -> None:
    sales = crm.enter("mei")
    for who in ("mine", "assigned", "team"):
        with crm.services.database.count_statements() as statements:
            assert sales.open(f"/tasks?who={who}").status == 200
        assert len(statements) == 1 + 2 * 2
