"""Subscriptions of what is paid again and again; payment plans with instalments; what was received."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from b2b_demo.model import WORDS, Row
from b2b_demo.papers import Paper
from b2b_demo.rows import day, flag

chance = Random(14)
SUBSCRIPTIONS, PLANS = 84, 76
RECURRING = {
    p[0].replace("-", "_"): p[1] for p in WORDS["products"] if p[0].startswith("sw") or p[0] in ("sv-sp", "sv-ca")
}
SHARES = {"thirds": (30, 60, 10), "net_30": (100,)}
CENT = Decimal("0.01")


@dataclass(slots=True)
class Instalment:
    order: Paper
    row: Row
    amount: Decimal
    due: int
    """Days ago; negative ahead."""
    settled: int | None


def subscription_rows(orders: list[Paper], contracts: list[Paper]) -> list[Row]:
    bound = {paper.deal.ref: paper for paper in contracts}
    found = [(paper, line) for paper in reversed(orders) for line in paper.lines if line["product"] in RECURRING]
    rows = [_subscription(paper, line, bound.get(paper.deal.ref)) for paper, line in found[:SUBSCRIPTIONS]]
    rows.sort(key=lambda row: -int(row["started_on"].removeprefix("today").removesuffix("d") or 0), reverse=True)
    return [{"ref": f"subscription_{number:03}", **row} for number, row in enumerate(rows, 1)]


def _subscription(paper: Paper, line: Row, contract: Paper | None) -> Row:
    account, ago = paper.account, max(1, paper.began - chance.randint(5, 20))
    yearly = Decimal(line["quantity"]) * Decimal(line["unit_price"]) * (100 - int(line["discount"])) / 100
    status = "cancelled" if ago > 200 and chance.random() < 0.12 else "paused" if chance.random() < 0.04 else "active"
    status = "trial" if ago < 25 and chance.random() < 0.3 else status
    ends = ago - 365 if ago < 365 else ago - 730
    return {
        "name": f"{account.name} · {RECURRING[line['product']]}",
        "account": account.ref,
        "product": line["product"],
        "contract": contract.ref if contract else "",
        "status": status,
        "quantity": line["quantity"],
        "cycle": chance.choice(("yearly", "yearly", "quarterly", "monthly")),
        "yearly": f"{yearly.quantize(CENT)}",
        "started_on": day(ago),
        "ends_on": day(ends),
        "next_bill_on": day(-chance.randint(3, 90)) if status == "active" else "",
        "auto_renew": flag(chance.random() < 0.7),
        "end_reason": chance.choice(("price", "not_used", "competitor")) if status == "cancelled" else "",
        "owner": account.owner,
        "created_at": day(ago),
    }


def make_instalments(orders: list[Paper]) -> tuple[list[Row], list[Instalment]]:
    """The plans of the latest orders, and what each says is owed when."""
    plans: list[Row] = []
    owed: list[Instalment] = []
    for order in [paper for paper in orders if "cancelled " not in paper.row["stage"]][-PLANS:]:
        ref = f"plan_{len(plans) + 1:03}"
        chinese = order.account.language == "zh"
        plans.append(
            {
                "ref": ref,
                "name": f"{order.account.name}回款计划" if chinese else f"Payments of {order.account.name}",
                "account": order.account.ref,
                "order": order.ref,
                "contract": order.row["contract"],
                "amount": order.row["amount"],
                "steward": "felix",
                "owner": order.account.owner,
                "created_at": day(order.began),
            }
        )
        owed += _instalments(order, plans[-1])
    for number, one in enumerate(owed, 1):
        one.row = {"ref": f"instalment_{number:03}", **one.row}
    return plans, owed


def _instalments(order: Paper, plan: Row) -> list[Instalment]:
    shares = SHARES[order.row["payment_terms"]]
    total, left = Decimal(plan["amount"]), Decimal(plan["amount"])
    found = []
    for number, share in enumerate(shares, 1):
        amount = left if number == len(shares) else (total * share / 100).quantize(CENT)
        left -= amount
        due = order.began - 30 * number if len(shares) > 1 else order.began - 30
        found.append(_instalment(order, plan, number, share, amount, due))
    return found


def _instalment(order: Paper, plan: Row, number: int, share: int, amount: Decimal, due: int) -> Instalment:
    chinese = order.account.language == "zh"
    paid = (
        (due > 45 and chance.random() < 0.95)
        or (due > 0 and chance.random() < 0.7)
        or (-4 < due <= 0 and chance.random() < 0.3)
    )
    settled = max(1, due - chance.randint(-5, min(40, max(1, due)))) if paid else None
    late = due > 0 and settled is None
    disputed = late and chance.random() < 0.2
    row = {
        "payment_plan": plan["ref"],
        "account": order.account.ref,
        "name": f"{order.account.name} 第 {number} 期" if chinese else f"{order.account.name}, part {number}",
        "share": str(share),
        "amount": f"{amount:.2f}",
        "due_on": day(due),
        "settled_on": day(settled) if settled is not None else "",
        "reminders": str(1 + due // 15) if late else "0",
        "disputed": flag(disputed),
        "note": ("一个站点尚未验收" if chinese else "One site is not accepted yet") if disputed else "",
        "owner": order.account.owner,
        "created_at": day(order.began),
    }
    return Instalment(order, row, amount, due, settled)


def receipt_rows(owed: list[Instalment]) -> list[Row]:
    """One for each instalment paid, and half of a few that are late, by the day they came in."""
    found = [(one.settled, one, one.amount) for one in owed if one.settled is not None]
    late = [one for one in owed if one.settled is None and one.due > 8][::3]
    found += [(chance.randint(1, one.due), one, (one.amount / 2).quantize(CENT)) for one in late]
    found.sort(key=lambda each: -each[0])
    return [_receipt(f"receipt_{number:03}", *each) for number, each in enumerate(found, 1)]


def _receipt(ref: str, ago: int, one: Instalment, amount: Decimal) -> Row:
    account = one.order.account
    methods = (
        ("transfer", "transfer", "draft")
        if account.language == "zh"
        else ("transfer", "transfer", "transfer", "cheque")
    )
    return {
        "ref": ref,
        "account": account.ref,
        "instalment": one.row["ref"],
        "order": one.order.ref,
        "amount": f"{amount:.2f}",
        "bank_fee": chance.choice(("0", "0", "0", "15.00", "25.00")),
        "received_on": day(ago),
        "method": chance.choice(methods),
        "payer": account.name,
        "reference": f"{chance.randint(10**9, 10**10 - 1)}",
        "checked": flag(ago > 6 or chance.random() < 0.4),
        "owner": "felix",
        "created_at": day(ago),
    }
