"""A field that names several records, through the pages: chips, picking, editing, history, the other side."""

from __future__ import annotations

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product


@pytest.fixture
def mei(every_type: Product) -> Browser:
    return every_type.enter("mei")


def record(mei: Browser, name: str) -> str:
    rows = [row for row in mei.open("/e/thing?sort=name").tree.all("tr") if row["data-id"]]
    return next(f"/e/thing/{row['data-id']}" for row in rows if row.one("th").text.split()[-1] == name)


def number(mei: Browser, name: str) -> str:
    return record(mei, name).rsplit("/", 1)[1]


def shown(page: Page) -> list[str]:
    return [tag.text for tag in page.named("p-mates").all(kind="tag")]


def edit(mei: Browser, name: str, *values: str, **more: str) -> Page:
    """Save the whole form without script: its boxes, and titles typed beside them."""
    form = mei.open(f"{record(mei, name)}/edit").form(f"{record(mei, name)}/edit")
    kept = [(field, text) for field, text in form.filled({}) if field not in ("mates", "mates.titles")]
    typed = [("mates.titles", more["titles"])] if more else []
    return mei.send(f"{record(mei, name)}/edit", [*kept, *(("mates", value) for value in ("", *values)), *typed])


def test_linked_records_are_chips_that_lead_to_them(mei: Browser) -> None:
    page = mei.open(record(mei, "Chair"))
    assert shown(page) == ["Table", "Lamp"]
    assert [tag["href"] for tag in page.named("p-mates").all(kind="tag")] == [record(mei, "Table"), record(mei, "Lamp")]
    assert page.named("p-testers").one("dd").text == "Mei Lin"


def test_a_list_shows_three_chips_and_how_many_more(mei: Browser) -> None:
    names = ["Bench", "Stool"]
    for name in names:
        mei.send("/e/thing/new", [*mei.open("/e/thing/new").form("/e/thing/new").filled({"name": name})])
    edit(mei, "Chair", *(number(mei, name) for name in ("Table", "Lamp", *names)))
    row = next(row for row in mei.open("/e/thing").tree.all("tr") if row["data-id"] == number(mei, "Chair"))
    assert "Table Lamp Bench +1" in row.text


def test_the_control_has_a_ticked_box_for_each_linked_record(mei: Browser) -> None:
    page = mei.open(f"{record(mei, 'Chair')}/edit")
    boxes = page.named("c-mates-field").all("input", type="checkbox")
    assert [(box["value"], "checked" in box) for box in boxes if box["value"]] == [
        (number(mei, "Table"), True),
        (number(mei, "Lamp"), True),
    ]


def test_without_script_records_are_taken_away_by_their_box_and_added_by_their_title(mei: Browser) -> None:
    assert shown(edit(mei, "Chair", number(mei, "Lamp"))) == ["Lamp"]
    assert shown(edit(mei, "Chair", number(mei, "Lamp"), titles=" table，CHAIR")) == ["Lamp", "Table", "Chair"]
    assert shown(edit(mei, "Chair")) == []


def test_a_title_that_names_no_record_is_told_and_kept(mei: Browser) -> None:
    refused = edit(mei, "Chair", number(mei, "Lamp"), titles="Table, Sofa")
    assert refused.status == 422
    assert refused.error("c-mates") == "There is no record named Sofa (Thing), or you may not see it."
    assert 'value="Table, Sofa"' in refused.html


def test_a_cell_of_links_is_edited_where_it_stands_and_the_history_tells_what_changed(mei: Browser) -> None:
    here = f"{record(mei, 'Chair')}/cell/mates"
    form = mei.fragment(f"{here}?place=cell").form(here)
    own = [(name, text) for name, text in form.filled({}) if not name.startswith("value")]
    values = [("value", ""), ("value", number(mei, "Lamp")), ("value", number(mei, "Chair"))]
    assert mei.send(here, [*own, *values], hx_request="true").words == "Lamp Chair"
    refused = mei.send(here, [*own, ("value", number(mei, "Table"))], hx_request="true")
    assert (refused.status, "Lamp, Chair" in refused.words) == (409, True)
    history = mei.fragment(f"{record(mei, 'Chair')}/history").words
    assert "Goes with Added Chair. Removed Table." in history


def test_a_deleted_record_is_out_of_sight_until_it_comes_back(mei: Browser) -> None:
    lamp, chair = record(mei, "Lamp"), record(mei, "Chair")
    mei.open(lamp).submit(f"{lamp}/delete", {})
    assert shown(mei.open(chair)) == ["Table"]
    mei.open(lamp).submit(f"{lamp}/restore", {})
    assert shown(mei.open(chair)) == ["Table", "Lamp"]


def test_a_record_lists_those_that_link_to_it_and_a_new_one_links_it_at_once(mei: Browser) -> None:
    lamp = mei.open(record(mei, "Lamp"))
    related = lamp.named("related-note-things")
    assert [row.one("th").text for row in related.all("tr") if row["data-id"]] == ["CT Check the plug"]
    add = related.all("a", href=f"/e/note/new?things={number(mei, 'Lamp')}")[0]["href"]
    boxes = mei.open(add).named("c-things-field").all("input", type="checkbox")
    assert [box["value"] for box in boxes if box["value"]] == [number(mei, "Lamp")]


def test_a_filter_names_the_record_it_asks_for(mei: Browser) -> None:
    page = mei.open(f"/e/thing?f=mates:any_of:{number(mei, 'Lamp')}")
    rows = [row.one("th").text.split()[-1] for row in page.tree.all("tr") if row["data-id"]]
    assert (rows, "Goes with is any of Lamp" in page.words) == (["Chair"], True)


def test_the_titles_of_a_list_cost_no_statement_of_their_own(every_type: Product, mei: Browser) -> None:
    mei.open("/e/thing")
    with every_type.services.database.count_statements() as statements:
        mei.open("/e/thing?cols=name,mates,testers&sort=name")
    with every_type.services.database.count_statements() as without:
        mei.open("/e/thing?cols=name&sort=name")
    assert len(statements) == len(without)


def test_the_picker_offers_records_of_the_entity(mei: Browser) -> None:
    offered = mei.fragment("/pick/thing?field=thing.mates&q=la")
    assert [option["data-title"] for option in offered.tree.all(role="option")] == ["Lamp"]


def test_the_form_brings_the_look_of_chips_itself(mei: Browser) -> None:
    styles = [link["href"].rpartition("/")[2] for link in mei.open("/e/thing/new").tree.all("link", rel="stylesheet")]
    assert "links.css" in styles
    assert "links.css" not in mei.open("/e/thing").html
