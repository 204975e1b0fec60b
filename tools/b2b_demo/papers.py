"""What follows from opportunities: quotes, contracts and orders, each with the lines that were offered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from b2b_demo.model import OPEN_STAGES, Account, Deal, Row
from b2b_demo.rows import day

QUOTES, CONTRACTS, ORDERS = 180, 60, 112
FIRST_END, LAST_END = -60, 180
"""Days from today on which the first and the last contract end."""
TERMS = (365, 180, 272)
chance = Random(13)
OFFERED = OPEN_STAGES[2:]


@dataclass(slots=True)
class Paper:
    """A quote, contract or order that a deal brought about."""

    deal: Deal
    began: int
    """Days ago."""
    row: Row
    lines: list[Row] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return self.row["ref"]

    @property
    def account(self) -> Account:
        return self.deal.account


def price_book(account: Account) -> str:
    return {"china": "china", "europe": "europe"}.get(account.region, "standard")


def offered(deal: Deal) -> int | None:
    """How many days ago the proposal was made, if it was."""
    return next((entry.ago for entry in deal.entries if entry.stage == "proposal"), None)


def address(account: Account) -> str:
    """The parts of an address, a line for each: street, district, city, state, postcode, country."""
    if account.language == "zh":
        city, _, district = account.place.partition("市")
        return f"{account.street}\n{district}\n{city}市\n\n\n中国"
    city, _, rest = account.place.partition(", ")
    state, country = (rest, "USA") if len(rest) == 2 else ("", rest)
    return f"{account.street}\n\n{city}\n{state}\n\n{country}"


def make_quotes(deals: list[Deal], lines: dict[str, list[Row]]) -> list[Paper]:
    """The newest proposals, one quote for each, in the order they were drafted."""
    known = [(deal, ago) for deal in deals if (ago := offered(deal)) is not None]
    known.sort(key=lambda pair: (pair[0].stage not in (*OFFERED, "won"), pair[1]))
    papers = [_quote(deal, ago, lines[deal.ref]) for deal, ago in known[:QUOTES]]
    return _numbered("quote", papers)


def _quote(deal: Deal, ago: int, lines: list[Row]) -> Paper:
    path = _quote_path(deal, ago)
    account, end = deal.account, deal.entries[-1].ago
    last = path[-1][0]
    issued = next((when for stage, when in path if stage == "sent"), None)
    approved = any(stage == "approved" for stage, _ in path)
    valid = min(ago, issued if issued is not None else ago) - chance.choice((30, 30, 45, 60))
    if last == "sent" and chance.random() < 0.8:
        valid = min(valid, -chance.randint(1, 40))
    row = {
        "subject": deal.row["name"],
        "account": account.ref,
        "opportunity": deal.ref,
        "contact": deal.row["contact"],
        "stage": " > ".join(f"{stage} {day(when)}" for stage, when in path),
        "revision": str(1 + sum(entry.stage == "proposal" for entry in deal.entries[1:]) // 2),
        "price_book": price_book(account),
        "amount": deal.row["amount"],
        "tax_rate": {"china": "13", "europe": "20", "asia_pacific": "10"}.get(account.region, "0"),
        "issued_on": day(issued) if issued is not None else "",
        "valid_until": day(valid) if approved else "",
        "payment_terms": "thirds" if deal.amount > 30_000 else chance.choice(("net_30", "net_30", "net_60", "prepaid")),
        "delivery_weeks": str(chance.randint(2, 10)),
        "ship_to": address(account),
        "discount_reason": _reason(account, lines),
        "accepted_on": day(end) if last == "accepted" else "",
        "accepted_by": _name(account, deal.row["contact"]) if last == "accepted" else "",
        "reject_reason": deal.row["lost_reason"] if last == "rejected" else "",
        "owner": account.owner,
    }
    return Paper(deal, path[0][1], row, lines)


def _quote_path(deal: Deal, ago: int) -> list[tuple[str, int]]:
    """The stages of the quote of a deal whose proposal was made `ago` days ago."""
    end = deal.entries[-1].ago
    full = [("draft", ago + 4), ("in_approval", ago + 2), ("approved", ago + 1), ("sent", ago)]
    if deal.stage == "won":
        return [*full, ("accepted", end)]
    if deal.stage == "lost":
        return [*full, ("rejected", end)] if chance.random() < 0.7 else [*full, ("expired", end)]
    if deal.stage == "proposal":
        return full[: chance.choice((1, 2, 3, 4, 4, 4, 4))]
    return full


def _reason(account: Account, lines: list[Row]) -> str:
    if max(int(line["discount"]) for line in lines) < 15:
        return ""
    return "年度框架用量" if account.language == "zh" else "Volume of the year agreed"


def _name(account: Account, contact: str) -> str:
    return next(person.name for person in account.people if person.ref == contact)


def make_contracts(deals: list[Deal], quotes: list[Paper]) -> list[Paper]:
    """Contracts of won deals; their ends are spread evenly over the window around today."""
    won = [deal for deal in deals if deal.stage == "won"]
    quoted = {paper.deal.ref: paper.ref for paper in quotes}
    papers = []
    for number in range(CONTRACTS):
        end = FIRST_END + round(number * (LAST_END - FIRST_END) / (CONTRACTS - 1))
        deal, term, wait = _match(won, end)
        won.remove(deal)
        papers.append(_contract(deal, end, term, wait, quoted.get(deal.ref, "")))
    return _numbered("contract", papers)


def _match(won: list[Deal], end: int) -> tuple[Deal, int, int]:
    """A deal won some days before a contract of a usual term that ends then."""
    for term in TERMS:
        for deal in won:
            wait = end - term + deal.entries[-1].ago
            if 2 <= wait <= 40:
                return deal, term, wait
    deal = max(won, key=lambda deal: deal.entries[-1].ago)
    return deal, end + deal.entries[-1].ago - 5, 5


def _contract(deal: Deal, end: int, term: int, wait: int, quote: str) -> Paper:
    account, start = deal.account, term - end
    signed = start + min(wait, 6)
    path = [("draft", signed + 9), ("legal", signed + 5), ("signed", signed), ("active", start)]
    path += _contract_end(end)
    chinese = account.language == "zh"
    kind = (
        chance.choice(("service", "licence", "framework"))
        if deal.kind == "renewal"
        else chance.choice(("purchase", "purchase", "service", "framework", "licence"))
    )
    names = {"purchase": "采购合同", "service": "服务合同", "framework": "框架协议", "licence": "许可协议"}
    row = {
        "name": f"{account.name}{names[kind]}" if chinese else f"{account.name}, {kind}",
        "account": account.ref,
        "opportunity": deal.ref,
        "quote": quote,
        "contact": deal.row["contact"],
        "stage": " > ".join(f"{stage} {day(when)}" for stage, when in path),
        "type": kind,
        "value": deal.row["amount"],
        "start_on": day(start),
        "end_on": day(-end),
        "auto_renew": "true" if chance.random() < 0.35 else "false",
        "notice_days": chance.choice(("30", "60", "60", "90")),
        "payment_terms": chance.choice(("net_30", "net_30", "net_60", "thirds")),
        "signed_on": day(signed),
        "signed_by": _name(account, deal.row["contact"]),
        "end_reason": chance.choice(("price", "not_used", "closed_site")) if path[-1][0] == "terminated" else "",
        "owner": account.owner,
    }
    return Paper(deal, path[0][1], row)


def _contract_end(end: int) -> list[tuple[str, int]]:
    """What became of a contract that ends in so many days."""
    if end < 0:
        fate = chance.choice(("renewed", "renewed", "renewed", "expired", "expired", "terminated", ""))
        warned = [("expiring", 70 - end if fate != "terminated" else 60 - end)]
        return [*warned, (fate, -end)] if fate else warned
    return [("expiring", 60 - end)] if end <= 60 else []


def make_orders(
    deals: list[Deal], quotes: list[Paper], contracts: list[Paper], lines: dict[str, list[Row]]
) -> list[Paper]:
    won = sorted((deal for deal in deals if deal.stage == "won"), key=lambda deal: deal.entries[-1].ago)
    quoted = {paper.deal.ref: paper.ref for paper in quotes}
    bound = {paper.deal.ref: paper.ref for paper in contracts}
    papers = [_order(deal, quoted, bound, lines[deal.ref]) for deal in won[:ORDERS]]
    return _numbered("order", papers)


def _order(deal: Deal, quoted: dict[str, str], bound: dict[str, str], lines: list[Row]) -> Paper:
    account, ago = deal.account, max(0, deal.entries[-1].ago - chance.randint(0, 2))
    due, took = ago - chance.randint(21, 60), chance.randint(14, 40)
    path = [("placed", ago)]
    shipped = delivered = None
    if ago > 4:
        path.append(("confirmed", ago - 2))
    if ago > 12 and chance.random() < 0.03:
        path.append(("cancelled", ago - 5))
    elif ago - took > 0:
        shipped = ago - took
        path.append(("shipped", shipped))
        if shipped > 6:
            delivered = shipped - chance.randint(2, 6)
            path.append(("delivered", delivered))
    row = {
        "account": account.ref,
        "contact": deal.row["contact"],
        "quote": quoted.get(deal.ref, ""),
        "opportunity": deal.ref,
        "contract": bound.get(deal.ref, ""),
        "stage": " > ".join(f"{stage} {day(when)}" for stage, when in path),
        "reference": f"PO-{chance.randint(10_000, 99_999)}",
        "ordered_on": day(ago),
        "due_on": day(due) if len(path) > 1 else "",
        "shipped_on": day(shipped) if shipped is not None else "",
        "delivered_on": day(delivered) if delivered is not None else "",
        "amount": deal.row["amount"],
        "tax_rate": {"china": "13", "europe": "20", "asia_pacific": "10"}.get(account.region, "0"),
        "payment_terms": "thirds" if deal.amount > 30_000 else "net_30",
        "ship_to": address(account),
        "bill_to": address(account),
        "carrier": chance.choice(("Harbour Freight Lines", "Quickmile")) if shipped is not None else "",
        "tracking": f"HF{chance.randint(10**7, 10**8 - 1)}" if shipped is not None else "",
        "cancel_reason": "Site closed" if path[-1][0] == "cancelled" else "",
        "owner": account.owner,
    }
    return Paper(deal, ago, row, lines)


def _numbered(word: str, papers: list[Paper]) -> list[Paper]:
    """In the order they came about, so that their numbers rise with the days."""
    papers.sort(key=lambda paper: -paper.began)
    for number, paper in enumerate(papers, 1):
        paper.row = {"ref": f"{word}_{number:03}", **paper.row}
    return papers


def line_rows_of(word: str, papers: list[Paper]) -> Iterator[Row]:
    """The lines of the deal, as lines of the paper."""
    for paper in papers:
        delivered = "delivered " in paper.row["stage"]
        for number, line in enumerate(paper.lines, 1):
            row = {"ref": f"{paper.ref}_{number}", word: paper.ref}
            row |= {name: line[name] for name in ("product", "quantity", "unit_price", "discount", "owner")}
            yield row | ({"delivered": line["quantity"] if delivered else "0"} if word == "order" else {})
