"""The demo of the b2b blueprint: how many records it has, and that they fit together."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, select

from engine.database.system_tables import stage_entry
from tests.product import Product
from tests.stories.demo import TODAY, day, rows

COUNTS = {
    "account": 200,
    "contact": 500,
    "lead": 400,
    "opportunity": 300,
    "quote": 180,
    "contract": 60,
    "campaign": 12,
    "partner": 8,
    "case": 120,
    "deal_registration": 40,
    "order": 112,
    "territory": 12,
    "competitor": 8,
    "product": 36,
}


def written(crm: Product, entity: str) -> int:
    workspace = crm.services.workspace
    assert workspace is not None
    with crm.services.database.read() as connection:
        return int(
            connection.execute(select(func.count()).select_from(workspace.store.model.table(entity))).scalar_one()
        )


def test_the_demo_has_the_records_that_were_agreed(shared_crm: Product) -> None:
    assert {entity: written(shared_crm, entity) for entity in COUNTS} == COUNTS
    for entity in ("campaign_member", "event_registration", "subscription", "payment_plan", "receipt", "task"):
        assert written(shared_crm, entity) == len(rows(entity)) > 50


def test_what_moves_through_stages_has_a_history_of_them(shared_crm: Product) -> None:
    entered = func.count(stage_entry.c.id)
    statement = select(stage_entry.c.entity, entered).group_by(stage_entry.c.entity)
    with shared_crm.services.database.read() as connection:
        found = {row.entity: row[1] for row in connection.execute(statement)}
    for entity in ("lead", "opportunity", "quote", "contract", "deal_registration", "order", "case"):
        assert found[entity] > 1.7 * written(shared_crm, entity), entity


def test_contracts_end_from_sixty_days_ago_until_half_a_year_ahead() -> None:
    ends = sorted(day(row["end_on"]) for row in rows("contract"))
    assert (ends[0], ends[-1]) == (TODAY - timedelta(days=60), TODAY + timedelta(days=180))


def test_a_quote_and_an_order_are_worth_what_their_lines_come_to() -> None:
    deals = {row["ref"]: Decimal(row["amount"]) for row in rows("opportunity")}
    for entity in ("quote", "order"):
        sums: dict[str, Decimal] = {}
        for line in rows(f"{entity}_line"):
            net = Decimal(line["quantity"]) * Decimal(line["unit_price"]) * (100 - Decimal(line["discount"])) / 100
            sums[line[entity]] = sums.get(line[entity], Decimal()) + net
        assert sums == {row["ref"]: deals[row["opportunity"]] for row in rows(entity)}


def test_instalments_come_to_their_plan_and_receipts_to_no_more_than_what_was_owed() -> None:
    planned: dict[str, Decimal] = {}
    owed = {row["ref"]: Decimal(row["amount"]) for row in rows("instalment")}
    for row in rows("instalment"):
        planned[row["payment_plan"]] = planned.get(row["payment_plan"], Decimal()) + owed[row["ref"]]
    assert planned == {row["ref"]: Decimal(row["amount"]) for row in rows("payment_plan")}
    for row in rows("receipt"):
        owed[row["instalment"]] -= Decimal(row["amount"])
    assert min(owed.values()) >= 0
    assert all(owed[row["ref"]] == 0 for row in rows("instalment") if row["settled_on"])


def test_an_account_belongs_to_who_sells_in_its_territory() -> None:
    sellers = {row["ref"]: row["sellers"] for row in rows("territory")}
    assert all(row["owner"] == sellers[row["territory"]] for row in rows("account"))
    assert {row["owner"] for row in rows("account")} == {"mei", "tom", "priya", "jun"}
