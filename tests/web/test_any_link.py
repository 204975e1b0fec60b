"""A field that names a record of one of several entities, through the pages."""

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


def number(mei: Browser, entity: str, name: str) -> str:
    return record(mei, entity, name).rsplit("/", 1)[1]


def about(page: Page) -> str:
    return " ".join(link.text for link in page.named("p-about").all("a", kind="quiet"))


def save(mei: Browser, name: str, value: str) -> Page:
    here = f"{record(mei, 'note', name)}/cell/about"
    form = mei.fragment(f"{here}?place=cell").form(here)
    own = [(field, text) for field, text in form.filled({}) if field != "value"]
    return mei.send(here, [*own, ("value", value)], hx_request="true")


def test_the_record_is_shown_by_its_title_and_leads_there(mei: Browser) -> None:
    page = mei.open(record(mei, "note", "plug"))
    assert about(page) == "Lamp"
    assert page.named("p-about").one("a", kind="quiet")["href"] == record(mei, "thing", "Lamp")
    assert page.named("p-about").one("span", kind="muted")["title"] == "Thing"
    assert "#i-shapes" in page.named("p-about").one("span", kind="muted").one("use")["href"]
    assert about(mei.open(record(mei, "note", "wood"))) == "Check the plug"


def test_one_picker_offers_records_of_every_entity_with_their_kind(mei: Browser) -> None:
    offered = mei.fragment("/pick/any?field=note.about&q=ch").tree.all(role="option")
    chair, plug = f"thing:{number(mei, 'thing', 'Chair')}", f"note:{number(mei, 'note', 'plug')}"
    assert [(one["data-value"], one["data-title"]) for one in offered if one["data-value"] in (chair, plug)] == [
        (chair, "Chair"),
        (plug, "Check the plug"),
    ]
    assert mei.open("/pick/any?field=note.subject").status == 404


def test_a_cell_takes_a_record_of_another_kind_and_refuses_what_is_none(mei: Browser) -> None:
    assert "Table" in save(mei, "plug", f"thing:{number(mei, 'thing', 'Table')}").words
    refused = [save(mei, "plug", value) for value in ("part:1", "thing:17", "Lamp")]
    assert [page.status for page in refused] == [422, 422, 422]
    history = mei.fragment(f"{record(mei, 'note', 'plug')}/history").words
    assert "About Lamp Table" in history


def test_a_list_is_filtered_and_the_titles_cost_no_statement(every_type: Product, mei: Browser) -> None:
    page = mei.open(f"/e/note?f=about:any_of:thing:{number(mei, 'thing', 'Lamp')}")
    assert [row.one("th").text for row in page.tree.all("tr") if row["data-id"]] == ["CT Check the plug"]
    assert "About is any of Lamp" in page.words
    counts = []
    for columns in ("subject", "subject,about"):
        with every_type.services.database.count_statements() as statements:
            mei.open(f"/e/note?cols={columns}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_record_in_the_bin_is_out_of_sight_until_it_comes_back_and_is_not_lost_by_saving(mei: Browser) -> None:
    lamp, plug = record(mei, "thing", "Lamp"), record(mei, "note", "plug")
    mei.open(lamp).submit(f"{lamp}/delete", {})
    assert about(mei.open(plug)) == ""
    mei.open(f"{plug}/edit").submit(f"{plug}/edit", {"subject": "Check it"})
    mei.open(lamp).submit(f"{lamp}/restore", {})
    assert about(mei.open(plug)) == "Lamp"


def test_a_record_lists_what_is_about_it(mei: Browser) -> None:
    related = mei.open(record(mei, "thing", "Lamp")).named("related-note-about")
    assert [row.one("th").text for row in related.all("tr") if row["data-id"]] == ["CT Check the plug"]
    add = next(link["href"] for link in related.all("a") if "/new" in link["href"])
    assert "Lamp" in mei.open(add).named("c-about").text
