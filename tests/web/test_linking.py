"""Records linked and unlinked from the other side, where a field names several or one of several entities."""

from __future__ import annotations

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product


@pytest.fixture
def mei(every_type: Product) -> Browser:
    return every_type.enter("mei")


def record(mei: Browser, entity: str, name: str) -> str:
    rows = [row for row in mei.open(f"/e/{entity}").tree.all("tr") if row["data-id"]]
    return next(f"/e/{entity}/{row['data-id']}" for row in rows if row.one("th").text.endswith(name))


def listed(page: Page, by: str) -> list[str]:
    rows = page.named(f"related-note-{by}").all("tr")
    return [row.one("a", "rowlink").all("span")[-1].text for row in rows if row["data-id"]]


def chips(mei: Browser, name: str) -> list[str]:
    return [tag.text for tag in mei.open(record(mei, "note", name)).named("p-things").all(kind="tag")]


def link(mei: Browser, thing: str, by: str, note: str) -> Page:
    here = f"{record(mei, 'thing', thing)}/related/note/{by}"
    return mei.open(here).submit(here, {"record.titles": note})


def test_a_record_is_added_to_those_a_field_names_and_taken_out_again(mei: Browser) -> None:
    linked = link(mei, "Lamp", "things", "Which wood")
    assert chips(mei, "Which wood") == ["Chair", "Table", "Lamp"]
    note = record(mei, "note", "Which wood").rsplit("/", 1)[1]
    unlinked = linked.submit(f"{record(mei, 'thing', 'Lamp')}/related/note/things/{note}/unlink")
    assert chips(mei, "Which wood") == ["Chair", "Table"] and "Which wood is no longer linked." in unlinked.words
    assert listed(link(mei, "Chair", "things", "Which wood"), "things") == ["Which wood"]
    assert chips(mei, "Which wood") == ["Chair", "Table"]


def test_a_field_of_several_entities_is_set_and_set_back(mei: Browser) -> None:
    plug, lamp = record(mei, "note", "Check the plug"), record(mei, "thing", "Lamp")
    linked = link(mei, "Chair", "about", "Check the plug")
    assert listed(linked, "about") == ["Check the plug"] and listed(mei.open(lamp), "about") == []
    back = f"thing%3A{lamp.rsplit('/', 1)[1]}"
    number = plug.rsplit("/", 1)[1]
    linked.submit(f"{record(mei, 'thing', 'Chair')}/related/note/about/{number}/unlink?back={back}")
    assert listed(mei.open(lamp), "about") == ["Check the plug"]


def test_somebody_elses_change_in_the_meantime_is_not_overwritten(mei: Browser) -> None:
    lamp = record(mei, "thing", "Lamp")
    page, number = mei.open(lamp), record(mei, "note", "Check the plug").rsplit("/", 1)[1]
    link(mei, "Chair", "things", "Check the plug")
    refused = page.submit_by_htmx(f"{lamp}/related/note/things/{number}/unlink")
    assert refused.status == 422
    assert (
        refused.tree.one("p", "rel__error").text
        == "Somebody else changed that record meanwhile. Look at it, then try again."
    )
    assert chips(mei, "Check the plug") == ["Lamp", "Chair"]


def test_a_printed_record_and_one_in_the_bin_offer_no_linking(mei: Browser) -> None:
    lamp = record(mei, "thing", "Lamp")
    assert mei.open(lamp).tree.all("a", "rel__link")
    assert not mei.open(f"{lamp}?print=1").tree.all("form")
    mei.open(lamp).submit(f"{lamp}/delete")
    assert not mei.open(lamp).tree.all("a", "rel__link")


def test_a_person_links_no_notes_of_a_field_that_leads_elsewhere(mei: Browser) -> None:
    lamp = record(mei, "thing", "Lamp")
    for nothing in ("note/subject", "part/thing", "thing/mates", "user/owner"):
        assert mei.open(f"{lamp}/related/{nothing}").status == 404
