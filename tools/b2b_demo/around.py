"""What stands around the sale: products and price books, competitors, partners, cases, tasks."""

from decimal import Decimal
from random import Random

from b2b_demo.billing import CENT
from b2b_demo.model import OPEN_STAGES, PAPERS, Deal, Row
from b2b_demo.papers import Paper
from b2b_demo.prospects import Lead
from b2b_demo.rows import day, flag, hours, product_rows

chance = Random(15)
CASES, TASKS, REGISTRATIONS = 120, 110, 40
WEEKS = {"sensor": "2", "gateway": "3", "accessory": "1"}
HOURS_TO_SOLVE = {"p1": 4, "p2": 24, "p3": 72, "p4": 120}
CASE_ENDS = ("closed",) * 52 + ("solved",) * 20 + ("in_work",) * 24 + ("waiting",) * 11 + ("new",) * 13
WORDS_OF_RIVALS = {one["name"]: one["ref"] for one in PAPERS["competitors"]}


def all_products() -> list[Row]:
    rows = [*product_rows(), *(dict(one) for one in PAPERS["products"])]
    for row in rows:
        row["recurring"] = flag(row["unit"] == "year" or row["ref"] in ("sv_sp", "sv_ca"))
        row["lead_weeks"] = WEEKS.get(row["family"], "")
        row["active"] = flag(row["ref"] != "vs_90")
    return rows


def price_book_rows() -> list[Row]:
    rows = []
    for one in PAPERS["price_books"]:
        row = {name: one[name] for name in ("ref", "name", "code", "region")}
        rows.append(row | {"active": "true", "owner": "felix", "created_at": day(400)})
    return rows


def price_entry_rows(products: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for book in PAPERS["price_books"]:
        for product in products:
            if product["active"] == "false" or (book["ref"] == "partner" and product["family"] == "service"):
                continue
            price = (Decimal(product["list_price"]) * Decimal(book["factor"])).quantize(CENT)
            rows.append(_price(len(rows) + 1, book["ref"], product, 1, price))
            if book["ref"] == "standard" and product["family"] in ("sensor", "accessory"):
                rows.append(_price(len(rows) + 1, book["ref"], product, 50, (price * 9 / 10).quantize(CENT)))
    return rows


def _price(number: int, book: str, product: Row, start: int, price: Decimal) -> Row:
    most = {"software": "20", "service": "5"}.get(product["family"], "15")
    row = {"ref": f"price_{number:03}", "price_book": book, "product": product["ref"], "from_quantity": str(start)}
    return row | {"price": f"{price:.2f}", "most_discount": most}


def competitor_rows() -> list[Row]:
    return [{**one, "owner": "nora", "created_at": day(380)} for one in PAPERS["competitors"]]


def name_rivals(deals: list[Deal]) -> None:
    """A competitor that is known stands as a link, any other as a word."""
    for deal in deals:
        known = WORDS_OF_RIVALS.get(deal.row["competitor"], "")
        deal.row["competitors"] = known
        deal.row["competitor"] = "" if known else deal.row["competitor"]


def partner_rows() -> list[Row]:
    rows = []
    for one in PAPERS["partners"]:
        row = {name: value for name, value in one.items() if name not in ("since", "until")}
        row["since"] = day(-int(one["since"])) if one["since"] else ""
        row["agreement_until"] = day(-int(one["until"])) if one["until"] else ""
        rows.append(row | {"owner": "ravi", "created_at": day(min(900, -int(one["since"] or -20)))})
    return rows


def partner_of(territory: str) -> str:
    found = [one["ref"] for one in PAPERS["partners"] if territory in one["territories"].split(",") and one["level"]]
    return chance.choice(found) if found else ""


def give_partners(deals: list[Deal], leads: list[Lead]) -> None:
    """Business that came through a partner says which."""
    for deal in deals:
        deal.row["partner"] = partner_of(deal.account.territory) if deal.row["source"] == "partner" else ""
    for lead in leads:
        lead.row["partner"] = partner_of(lead.territory) if lead.source == "partner" else ""


def registration_rows(deals: list[Deal]) -> list[Row]:
    """Half became the opportunities that came through partners, the others wait, are protected, lapsed or refused."""
    sourced = [deal for deal in deals if deal.row["partner"]][:16]
    rows = [_converted(deal) for deal in sourced]
    fates = ("submitted",) * 7 + ("approved",) * 9 + ("lapsed",) * 5 + ("rejected",) * 3
    rows += [
        _registration(chance.choice(fates) if n >= len(fates) else fates[n]) for n in range(REGISTRATIONS - len(rows))
    ]
    rows.sort(key=lambda pair: -pair[0])
    return [{"ref": f"registration_{number:02}", **row} for number, (_, row) in enumerate(rows, 1)]


def _converted(deal: Deal) -> tuple[int, Row]:
    ago = deal.entries[0].ago + chance.randint(10, 40)
    account = deal.account
    path = f"submitted {day(ago)} > approved {day(ago - 3)} > converted {day(deal.entries[0].ago)}"
    person = next(one for one in account.people if one.ref == deal.row["contact"])
    return ago, {
        "name": deal.row["name"],
        "partner": deal.row["partner"],
        "company": account.name,
        "account": account.ref,
        "contact_name": person.name,
        "contact_email": person.email,
        "amount": deal.row["amount"],
        "close_on": deal.row["close_date"],
        "stage": path,
        "submitted_on": day(ago),
        "protect_until": day(ago - 93),
        "opportunity": deal.ref,
        "reject_reason": "",
        "owner": "ravi",
    }


def _registration(fate: str) -> tuple[int, Row]:
    ages = {"submitted": (0, 6), "approved": (5, 80), "lapsed": (110, 260), "rejected": (12, 150)}
    ago = chance.randint(*ages[fate])
    partner = chance.choice([one for one in PAPERS["partners"] if one["level"]])
    language = "zh" if partner["region"] == "china" else "en"
    path = [f"submitted {day(ago)}"]
    if fate in ("approved", "lapsed"):
        path.append(f"approved {day(max(0, ago - 3))}")
    if fate in ("lapsed", "rejected"):
        path.append(f"{fate} {day(max(0, ago - (95 if fate == 'lapsed' else 4)))}")
    refused = "已是我方直接客户" if language == "zh" else "Our own customer for two years"
    return ago, {
        "name": chance.choice(PAPERS["projects"][language]),
        "partner": partner["ref"],
        "company": chance.choice(PAPERS["end_customers"][language]),
        "account": "",
        "contact_name": "",
        "contact_email": "",
        "amount": f"{chance.randint(4, 45) * 1800}.00",
        "close_on": day(ago - chance.randint(60, 150)),
        "stage": " > ".join(path),
        "submitted_on": day(ago),
        "protect_until": day(ago - 93) if fate in ("approved", "lapsed") else "",
        "opportunity": "",
        "reject_reason": refused if fate == "rejected" else "",
        "owner": "ravi",
    }


def contact_role_rows(deals: list[Deal]) -> list[Row]:
    """Who decides about each open deal from the demo on: its main contact and one or two colleagues."""
    rows: list[Row] = []
    for deal in deals:
        if deal.stage not in OPEN_STAGES[1:]:
            continue
        main = deal.row["contact"]
        people = sorted(deal.account.people, key=lambda one: one.ref != main)
        for person in people[: chance.randint(2, 3)]:
            role = person.role
            rows.append(
                {
                    "ref": f"role_{len(rows) + 1:03}",
                    "opportunity": deal.ref,
                    "contact": person.ref,
                    "role": role,
                    "attitude": chance.choice(PAPERS["attitudes"][role]),
                    "owner": deal.account.owner,
                }
            )
    return rows


def case_rows(orders: list[Paper], contracts: list[Paper]) -> list[Row]:
    bound: dict[str, str] = {}
    for paper in contracts:
        bound[paper.account.ref] = paper.ref
    customers = [paper for paper in orders if paper.began > 20]
    found = [_case(chance.choice(customers), end, bound) for end in CASE_ENDS]
    found.sort(key=lambda pair: -pair[0])
    return [{"ref": f"case_{number:03}", **row} for number, (_, row) in enumerate(found, 1)]


def _case(order: Paper, end: str, bound: dict[str, str]) -> tuple[int, Row]:
    account, language = order.account, order.account.language
    kind = chance.choice(("fault", "fault", "fault", "question", "question", "calibration", "return", "complaint"))
    priority = (
        chance.choice(("p1", "p2", "p2", "p3", "p3", "p3")) if kind == "fault" else chance.choice(("p3", "p3", "p4"))
    )
    ages = {"new": (1, 20), "in_work": (6, 120), "waiting": (30, 300), "solved": (60, 400), "closed": (200, 7000)}
    ago = min(chance.randint(*ages[end]), order.began * 24 - 24)
    took = min(ago - 1, chance.randint(1, HOURS_TO_SOLVE[priority] + 30))
    done = end in ("solved", "closed")
    path = [f"new now-{ago}h"]
    if end != "new":
        path.append(f"in_work now-{max(1, ago - 1)}h")
    if end == "waiting":
        path.append(f"waiting now-{max(1, ago // 2)}h")
    if done:
        path.append(f"solved now-{ago - took}h")
    if end == "closed":
        path.append(f"closed now-{max(0, ago - took - 48)}h")
    agent = "aiko" if language == "zh" or chance.random() < 0.4 else "sam"
    return ago, {
        "subject": chance.choice(PAPERS["cases"][kind][language]),
        "account": account.ref,
        "contact": chance.choice(account.people).ref,
        "stage": " > ".join(path),
        "priority": priority,
        "type": kind,
        "channel": chance.choice(("phone", "email", "email", "portal")),
        "product": chance.choice(order.lines)["product"],
        "serial": f"{chance.randint(100, 999)}-{chance.randint(1000, 9999)}" if kind in ("fault", "return") else "",
        "contract": bound.get(account.ref, ""),
        "opened_at": hours(ago),
        "due_at": hours(ago - HOURS_TO_SOLVE[priority]),
        "answered_at": hours(max(0, ago - 1)) if end != "new" else "",
        "solved_at": hours(ago - took) if done else "",
        "escalated": flag(not done and priority == "p1" and chance.random() < 0.6),
        "effort": f"{chance.choice((15, 30, 45, 60, 90, 150))}" if end != "new" else "",
        "waiting_for": chance.choice(PAPERS["waiting"][language]) if end == "waiting" else "",
        "solution": chance.choice(PAPERS["solutions"][language]) if done else "",
        "satisfaction": str(chance.choice((2, 3, 4, 4, 5, 5, 5))) if done and chance.random() < 0.6 else "",
        "owner": "" if end == "new" and chance.random() < 0.5 else agent,
    }


def task_rows(about: dict[str, list[tuple[str, str, str]]]) -> list[Row]:
    """`about` holds (ref, language, owner) of the records of each kind that have something to be done."""
    rows = []
    kinds = list(about)
    for number in range(1, TASKS + 1):
        kind = kinds[number % len(kinds)]
        ref, language, owner = chance.choice(about[kind])
        done = number % 5 < 2
        due = chance.randint(2, 60) if done else chance.randint(-14, 3)
        rows.append(
            {
                "ref": f"task_{number:03}",
                "subject": chance.choice(PAPERS["tasks"][kind][language]),
                "due": day(due),
                "priority": chance.choice(("high", "normal", "normal", "normal", "low")),
                "about": f"{kind}:{ref}",
                "effort": chance.choice(("15", "30", "30", "60", "120", "")),
                "done": flag(done),
                "owner": owner,
                "created_at": day(max(0, due) + chance.randint(1, 9)),
            }
        )
    return rows


def things_to_do(
    quotes: list[Paper],
    contracts: list[Paper],
    orders: list[Paper],
    plans: list[Row],
    cases: list[Row],
    leads: list[Lead],
) -> dict[str, list[tuple[str, str, str]]]:
    """The records tasks are about, by kind."""

    def papers(found: list[Paper]) -> list[tuple[str, str, str]]:
        return [(paper.ref, paper.account.language, paper.account.owner) for paper in found]

    def named(rows: list[Row], owner: str, name: str) -> list[tuple[str, str, str]]:
        return [(row["ref"], "en" if row[name].isascii() else "zh", row.get("owner") or owner) for row in rows]

    open_leads = [lead for lead in leads if lead.stage in ("assigned", "contacted", "nurtured", "qualified")]
    return {
        "quote": papers(quotes[-40:]),
        "contract": papers(contracts[-40:]),
        "order": papers(orders[-25:]),
        "payment_plan": [(ref, language, "felix") for ref, language, _ in named(plans[-30:], "felix", "name")],
        "case": named(cases[-40:], "aiko", "subject"),
        "lead": [(lead.ref, lead.language, lead.owner) for lead in open_leads],
        "campaign": [("campaign_08", "en", "nora"), ("campaign_09", "zh", "nora"), ("campaign_11", "en", "nora")],
        "partner": named([dict(one) for one in PAPERS["partners"]], "ravi", "name"),
    }
