"""A form that is sent with mistakes says all of them at once, and stands in the order the blueprint writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "people"
NEW = "/e/contact/new"


@pytest.fixture(scope="module")
def mei(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("rounds")
    found(folder, str(BLUEPRINT))
    with running(folder) as product:
        yield product.enter("mei")


def send(mei: Browser, url: str = NEW, **texts: str) -> Page:
    form = mei.open(url).form(url)
    sent = [(name, text) for name, text in form.filled({}) if name not in ("name", *texts)]
    name = texts.pop("name", "")
    return mei.send(url, [*sent, ("name", name), ("name", ""), *texts.items()])


def said(page: Page) -> list[str]:
    return [link.text for link in page.tree.one("div", "errsum").all("a")]


def test_a_value_that_cannot_be_read_hides_no_broken_rule_and_no_line_item(mei: Browser) -> None:
    page = send(
        mei,
        **{"born": "soon", "died": "2020-01-01", "tasks.0.hours": "9", "tasks.1.subject": "Call", "tasks.1.fee": "x"},
    )
    assert page.status == 422
    assert said(page) == [
        "Name: Name is required.",
        "Subject: Subject is required.",
        "Hours: Enter 8 or less.",
        "Fee: This is not a number. Write it like 1234.50 or 1,234.50.",
        "Born: This is not a date. Write it like 2026-11-28, 28 Nov, tomorrow or +3d.",
    ]


def test_broken_rules_of_a_record_and_its_line_items_are_told_together(mei: Browser) -> None:
    page = send(
        mei,
        **{"name": "Ada", "born": "1980-01-02", "died": "1970-01-02", "tasks.0.subject": "", "tasks.0.hours": "9"},
    )
    assert [line.split(":")[0] for line in said(page)] == ["Subject", "Hours", "Died"]
    assert page.form(NEW).values["tasks.0.hours"] == "9"


def test_the_same_holds_for_a_record_that_is_changed(mei: Browser) -> None:
    made = send(mei, **{"name": "Grace", "tasks.0.subject": "Call", "tasks.0.hours": "2"})
    edit = f"{made.path}/edit"
    page = send(mei, edit, **{"born": "1980-01-02", "died": "1970-01-02", "tasks.0.hours": "0", "tasks.1.hours": "5"})
    assert [line.split(":")[0] for line in said(page)] == ["Name", "Hours", "Subject", "Died"]
    assert "1970" not in mei.open(made.path).words


def test_line_items_stand_where_the_blueprint_puts_them(mei: Browser) -> None:
    names = [
        element["id"] for element in mei.open(NEW).tree.walk() if (element["class"] or "").split()[:1] == ["field"]
    ]
    assert names == [
        f"c-{name}-field" for name in ("name", "tasks", "nick", "chief", "friends", "level", "born", "died")
    ]


def test_a_choice_nobody_may_make_is_read_and_not_posted(mei: Browser) -> None:
    level = mei.open(NEW).named("c-level")
    assert (level.tag, level["value"], level["readonly"] is not None, level["name"]) == ("input", "Guest", True, "")
