"""How long a record has been in its stage: a filter of lists, and a fact on the cards of a board."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from engine.access.actor import ENGINE
from engine.records.query import Condition, PageRequest
from engine.schema.model import ListQuery
from tests.product import Product

ALL = "/e/opportunity/v/all"


def days_in_stage(product: Product) -> dict[int, int]:
    """The days each open opportunity of the first page has been in its stage, as its record says."""
    assert product.services.workspace is not None
    store, shown = product.services.workspace.store, {}
    for record_id in product.ids("opportunity", "stage:any_of:demo|proposal"):
        since = store.stages("opportunity", record_id)[-1][1]
        shown[record_id] = (product.clock.now().date() - since.date()).days
    return shown


def test_a_list_shows_what_changed_lately_and_what_stands_for_long(shared_crm: Product) -> None:
    open_ones = "stage:any_of:demo|proposal"
    days = days_in_stage(shared_crm)
    late = set(shared_crm.ids("opportunity", open_ones, "stage:changed_last:7"))
    slow = set(shared_crm.ids("opportunity", open_ones, "stage:unchanged_for:20"))
    assert late == {each for each, count in days.items() if count <= 7} and late
    assert slow == {each for each, count in days.items() if count > 20} and slow


def test_the_filter_asks_the_entries_by_their_moment(shared_crm: Product) -> None:
    assert shared_crm.services.workspace is not None
    store, database = shared_crm.services.workspace.store, shared_crm.services.database
    request = PageRequest((Condition("stage", "changed_last", (7,)),))
    with database.count_statements() as statements:
        store.list(ENGINE, ListQuery("opportunity", ("name",)), request)
    assert len(statements) == 1 and "IN (SELECT sys_stage_entry.record_id" in statements[0]
    asked = "SELECT record_id FROM sys_stage_entry WHERE entity = 'opportunity' AND field = 'stage'"
    explain = "EXPLAIN QUERY PLAN" if store.dialect == "sqlite" else "EXPLAIN"
    with database.read() as connection:
        rows = connection.execute(text(f"{explain} {asked} AND left_at IS NULL AND entered_at > '2026-03-01'"))
        assert "ix_sys_stage_entry_open" in " ".join(str(row[-1]) for row in rows)


def test_the_filter_asks_for_a_number_beside_the_stages_and_says_itself_in_words(shared_b2b: Product) -> None:
    mei = shared_b2b.enter("mei")
    page = mei.open(f"{ALL}?f=stage:changed_last:7&panel=1")
    row = page.named("filter-row-0")
    assert row.one("input", data_number="")["value"] == "7"
    assert page.tree.one("div", "fchip").texts("button") == ["Stage", "changed within the last", "7 days"]
    pairs = [(name, value) for name, value in page.form(ALL, "ff0").filled({}) if name[:2] in ("ff", "fc", "fv")]
    assert ("fv0", "7") in pairs and ("fc0", "changed_last") in pairs
    assert "Write a whole number" in mei.open(f"{ALL}?f=stage:changed_last:soon").words


def test_a_card_says_its_days_in_the_stage(b2b: Product) -> None:
    b2b.clock.advance(timedelta(days=3))
    page = b2b.enter("dana").open("/e/opportunity/v/board")
    texts = [each["title"] for each in page.tree.all("span", "num") if "in this stage" in each["title"]]
    assert texts and all(text.endswith(" in this stage") for text in texts)
