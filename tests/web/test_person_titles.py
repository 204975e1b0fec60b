"""A name of several parts as the title of an entity: wherever the record is named, it is named as it is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import Product, found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "people"


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("people")
    found(folder, str(BLUEPRINT))
    with running(folder) as product:
        yield product


@pytest.fixture
def mei(people: Product) -> Browser:
    return people.enter("mei")


def rows(page: Page) -> list[list[str]]:
    return [
        [cell.text for cell in row.walk() if cell.tag in ("th", "td") and cell.text]
        for row in page.tree.all("tr")
        if row["data-id"]
    ]


def path_of(mei: Browser, nick_or_name: str) -> str:
    page = mei.open(f"/e/contact?q={nick_or_name}")
    return "/e/contact/" + next(row["data-id"] for row in page.tree.all("tr") if row["data-id"])


def test_a_list_names_records_and_links_as_they_are_said_in_the_order_of_family_names(mei: Browser) -> None:
    page = mei.open("/e/contact")
    assert [[word for word in ("Ada Lovelace", "欧阳小明", "张伟") if word in " ".join(row)] for row in rows(page)] == [
        ["Ada Lovelace"],
        ["Ada Lovelace", "欧阳小明", "张伟"],
        ["Ada Lovelace", "张伟"],
    ]


@pytest.mark.parametrize(("typed", "found"), [("lovel", "Ada Lovelace"), ("张伟", "张伟"), ("阳小", "欧阳小明")])
def test_a_name_is_found_in_a_list_and_a_picker_by_a_part_of_it(mei: Browser, typed: str, found: str) -> None:
    assert found in mei.open(f"/e/contact?q={typed}").words
    [option] = mei.fragment(f"/pick/contact?field=contact.chief&q={typed}").tree.all(role="option")
    assert option["data-title"] == found
    assert found in mei.fragment(f"/pick/any?field=memo.about&q={typed}").words


def test_a_record_and_what_links_to_it_say_the_whole_name(mei: Browser) -> None:
    page = mei.open(path_of(mei, "张伟"))
    assert page.tree.one("h1").text.endswith("张伟") and page.named("p-chief").one("dd").one("a").text == "Ada Lovelace"
    memo = mei.open("/e/memo?q=First")
    assert "张伟" in " ".join(rows(memo)[0])
    edit = mei.open(f"{path_of(mei, '欧阳')}/edit")
    assert [option.text for option in edit.named("c-chief").all("option") if option["selected"] is not None][
        -1
    ] == "张伟"
    assert "Ada Lovelace" in edit.named("c-friends-field").text


def test_a_name_is_changed_moved_to_the_bin_and_named_in_both_sentences(mei: Browser) -> None:
    page = mei.open("/e/contact/new")
    form = page.form("/e/contact/new")
    sent = [(name, text) for name, text in form.filled({}) if name != "name"]
    made = mei.send("/e/contact/new", [*sent, ("name", "Grace"), ("name", "Hopper")])
    assert "Grace Hopper" in made.words and made.tree.one("h1").text.endswith("Grace Hopper")
    assert "Grace Hopper" in made.submit(f"{made.path}/delete").words


def test_a_name_typed_in_a_picker_fills_the_form_of_a_new_record(mei: Browser) -> None:
    page = mei.open("/e/contact/new?title=李小龙")
    assert [control["value"] for control in page.form("/e/contact/new").controls if control["name"] == "name"] == [
        "小龙",
        "李",
    ]
