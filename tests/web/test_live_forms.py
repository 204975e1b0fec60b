"""A form while it is filled in: the server says which fields are shown and needed, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.access.actor import ENGINE
from tests.product import Product, found, running
from tests.web.test_ways_in import BLUEPRINT


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder: Path = tmp_path_factory.mktemp("live")
    found(folder, str(BLUEPRINT))
    with running(folder) as product:
        yield product


def judged(product: Product, url: str, *touched: str, **typed: str) -> dict[str, Any]:
    """What the script is told when this is in the form at `url`."""
    browser = product.enter("dana")
    form = browser.open(url).form(url)
    filled = [(name, typed.get(name, value)) for name, value in form.filled({})]
    answer = browser.send(
        form.element["data-judge"], [*filled, ("_judge", "1"), *(("_touched", name) for name in touched)]
    )
    assert answer.status == 200, answer.words
    told: dict[str, Any] = answer.answer.json()
    return told


def test_what_is_typed_needs_and_hides_fields(rules: Product) -> None:
    calm = judged(rules, "/e/job/new", name="One")
    assert (calm["hidden"], calm["needed"], calm["errors"]) == ([], ["name", "whisper"], {})
    assert judged(rules, "/e/job/new", phase="quiet")["hidden"] == ["whisper"]
    assert judged(rules, "/e/job/new", phase="needs")["needed"] == ["name", "note", "whisper"]


def test_only_what_a_person_has_touched_is_found_fault_with(rules: Product) -> None:
    assert judged(rules, "/e/job/new", phase="needs", amount="1")["errors"] == {}
    assert judged(rules, "/e/job/new", "note", phase="needs")["errors"] == {"note": "Note is required."}
    assert judged(rules, "/e/job/new", "amount", amount="many")["errors"] == {
        "amount": "This is not a number. Write it like 1234.50 or 1,234.50."
    }


def test_a_check_speaks_beside_its_field_or_at_the_top(rules: Product) -> None:
    bad = judged(rules, "/e/job/new", "phase", phase="bad", amount="1")
    worst = judged(rules, "/e/job/new", "amount", phase="worst", amount="1")
    assert bad["errors"] == {"amount": "A bad job needs more"}
    assert worst["errors"] == {"": "The worst is not for small jobs"}


def test_a_record_is_judged_as_it_would_be_and_nothing_is_written(rules: Product) -> None:
    assert rules.services.workspace is not None
    store = rules.services.workspace.store
    job = store.create(ENGINE, "job", {"name": "Stored", "amount": 1, "note": "Here"})
    told = judged(rules, f"/e/job/{job}/edit", "phase", phase="wrong")
    assert told["errors"] == {"amount": "This value is not allowed for Amount."}
    assert store.get(ENGINE, "job", job).row["phase"] == "calm"


def test_a_dialog_is_judged_too_and_what_cannot_be_changed_is_not(rules: Product) -> None:
    dialog = rules.enter("dana").open("/e/job/new?dialog=1").form("/e/job/new")
    assert dialog.element["data-judge"] == "/e/job/new"
    token = dialog.values["_csrf"]
    assert rules.enter("dana").send("/e/job/17/edit", {"_csrf": token, "_judge": "1"}).status in (403, 404)
