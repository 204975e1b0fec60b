"""Links to records that a person may not read: saving a form keeps them, and names none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product, found, running

BLUEPRINT = """
blueprint: {id: boxes, version: 1.0.0, title: Boxes}
entities:
  shelf: {title: name, fields: {name: {type: text, required: true}}}
  item:
    title: name
    fields: {box: {type: link, to: box, on_delete: cascade}, name: {type: text}, origin: {type: link, to: shelf}}
  box:
    title: name
    fields:
      name: {type: text, required: true}
      shelf: {type: link, to: shelf, required: true}
      items: {type: children, of: item, key: box}
views:
  box:
    all: {type: list, columns: [name]}
roles:
  boss: {entities: {box: {read: true, update: true}, shelf: {read: true}}}
  packer: {entities: {box: {read: true, update: true}}}
demo:
  user:
    ann: {name: Ann, email: ann@example.org, roles: [boss]}
    sam: {name: Sam, email: sam@example.org, roles: [packer]}
  shelf: {top: {name: Top}}
  box: {red: {name: Red, shelf: top, items: [{name: Nut, origin: top}]}}
"""


@pytest.fixture
def boxes(tmp_path: Path) -> Iterator[Product]:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, encoding="utf-8")
    found(tmp_path, str(tmp_path))
    with running(tmp_path) as product:
        yield product


def test_a_form_keeps_the_links_to_records_that_its_reader_cannot_see(boxes: Product) -> None:
    (red,) = boxes.ids("box", person="ann")
    box = f"/e/box/{red}"
    sam, ann = boxes.enter("sam"), boxes.enter("ann")
    form = sam.open(f"{box}/edit")
    assert "Top" not in form.words and form.words.count("A record you cannot see") >= 2
    form.submit(f"{box}/edit", {"name": "Blue"})
    page = ann.open(box)
    assert page.named("p-name").text == "Name Blue"
    assert page.named("p-shelf").text == "Shelf T Top"
    assert "Nut Top" in page.words
