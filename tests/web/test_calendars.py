"""Calendars: months, weeks and agendas in the workspace's time zone, and events moved to another day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.web.calendar_rows import Placed, rows_of_week
from engine.web.occasions import Occasion
from tests.browsing.browser import Page
from tests.product import Product, found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "many_views"
VISITS = "/e/visit/v/calendar"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many_views")
    found(folder, str(BLUEPRINT))
    return folder


@pytest.fixture
def views(founded: Path, tmp_path: Path) -> Iterator[Product]:
    with running(shutil.copytree(founded, tmp_path / "copy")) as product:
        yield product


def days(page: Page) -> dict[str, list[str]]:
    """The events drawn on each day, with their times."""
    cells = {cell["data-day"]: cell.texts("a", "ev__a") for cell in page.tree.all("td", "cal__day")}
    return {day: titles for day, titles in cells.items() if titles}


def agenda(page: Page) -> list[list[str]]:
    region = page.tree.one("div", "agenda")
    return [[s.one("h3").text, *(li.text for li in s.all("li"))] for s in region.all("section")]


def move(product: Product, person: str, title: str, day: str, path: str = VISITS, **form: str) -> Page:
    browser = product.enter(person)
    page = browser.open(f"{path}?day=2026-03-04")
    event = next(e for e in page.tree.all("div", "ev") if e.one("span", "ev__t").text == title)
    token = page.tree.one("input", name="_csrf")["value"]
    view = path.rpartition("/")[2]
    data = {"_csrf": token, "version": event["data-version"], "view": view, "day": day, **form}
    return browser.send(event["data-move"], data, hx_request="true")


def test_a_month_shows_events_on_their_local_days(views: Product) -> None:
    page = views.enter("dana").open(f"{VISITS}?day=2026-03-04")
    assert days(page) == {
        "2026-03-03": ["23:30 Night"],
        "2026-03-04": ["08:30 – 09:30 Early , Red", "09:00 – 10:00 Beside"],
        "2026-03-06": ["09:00 Fair , Green , goes on"],
        "2026-03-09": ["09:00 Fair , Green"],
        "2026-03-28": ["10:00 – 12:00 Clocks"],
    }
    assert page.tree.one("h2", "cal__title").text == "Mar 2026"


def test_a_week_has_hours_and_shares_the_width_of_what_overlaps(views: Product) -> None:
    page = views.enter("dana").open(f"{VISITS}?day=2026-03-04&span=week")
    drawn = [(li.one("span", "ev__t").text, li["style"]) for li in page.tree.all("li", "cal__timed")]
    assert drawn == [
        ("Early", "--top:30;--len:60;--left:0;--share:50"),
        ("Beside", "--top:60;--len:60;--left:50;--share:50"),
    ]


def test_an_agenda_lists_the_days_with_events_and_says_what_their_colours_mean(views: Product) -> None:
    page = views.enter("dana").open(f"{VISITS}?day=2026-03-10&span=agenda")
    assert [(day[0], len(day) - 1) for day in agenda(page)] == [("Tue 10 Mar 2026", 1), ("Sat 28 Mar 2026", 1)]
    assert page.tree.one("div", "agenda").texts("span", "tag") == ["Green"]


def test_a_moved_event_keeps_its_time_on_the_clock_across_a_change_of_clocks(views: Product) -> None:
    answer = move(views, "dana", "Clocks", "2026-03-30")
    told = json.loads(answer.headers["hx-trigger"])["toast"]
    assert answer.status == 204 and told["text"] == "Clocks is now on 30 Mar 2026."
    page = views.enter("dana").open(f"{VISITS}?day=2026-03-04")
    assert days(page)["2026-03-30"] == ["10:00 – 12:00 Clocks"]


def test_a_move_one_may_not_make_is_refused_with_a_sentence(views: Product) -> None:
    answer = move(views, "hal", "Early", "2026-03-20")
    told = json.loads(answer.headers["hx-trigger"])["toast"]
    assert answer.status == 422 and told["kind"] == "bad" and "Visit" in told["text"]


@pytest.mark.parametrize("form", [{"day": "2026-02-30"}, {"day": ""}, {"view": "all"}, {"day": "9999-12-31"}])
def test_a_move_that_means_nothing_is_not_found(views: Product, form: dict[str, str]) -> None:
    day = form.pop("day", "2026-03-20")
    assert move(views, "dana", "Early", day, **form).status == 404


def test_a_day_that_is_none_is_told_and_today_is_shown(views: Product) -> None:
    page = views.enter("dana").open(f"{VISITS}?day=2026-02-31&span=century")
    assert "The day in the address is none, so today is shown." in page.words
    assert page.tree.one("a", aria_current="date").text == "4"


def test_a_day_offers_a_new_record_with_its_date_filled_in(views: Product) -> None:
    browser = views.enter("dana")
    page = browser.open("/e/job/v/due?day=2026-03-04")
    cell = next(c for c in page.tree.all("td", "cal__day") if c["data-day"] == "2026-03-12")
    form = browser.open(cell.one("a", "cal__new")["href"]).form("/e/job/new?due=2026-03-12", "due")
    assert form.values["due"] == "2026-03-12"


@pytest.mark.parametrize("span", ["month", "week", "day", "agenda"])
def test_a_calendar_takes_one_statement_for_its_events(views: Product, span: str) -> None:
    browser = views.enter("dana")
    with views.services.database.count_statements() as statements:
        browser.open(f"/e/job/v/due?span={span}")
    assert sum("FROM e_job" in statement for statement in statements) == 1


def test_more_events_than_rows_lead_to_their_day(views: Product) -> None:
    browser = views.enter("dana")
    for number in range(6):
        page = browser.open("/e/job/new?due=2026-03-17")
        page.submit("/e/job/new?due=2026-03-17", {"name": f"Job {number}"})
    page = browser.open("/e/job/v/due?day=2026-03-04")
    assert page.tree.texts("a", "cal__more") == ["2 more"]
    assert len(page.follow("2 more").tree.one("ul", "cal__slots").all("a", "ev__a")) == 6


def test_what_goes_on_keeps_its_row_and_others_fill_the_free_ones() -> None:
    days = [date(2026, 3, number) for number in (2, 3, 4)]
    long = Occasion({"id": 1}, days[0], days[1])
    short = Occasion({"id": 2}, days[1], days[1])
    free = Occasion({"id": 3}, days[2], days[2])
    assert rows_of_week(days, [short, free, long]) == [
        [Placed(long, 2)],
        [long, Placed(short, 1)],
        [Placed(free, 1)],
    ]
