"""The rows of the CSV files: texts as the blueprint reads them, dates relative to today."""

from decimal import Decimal

from b2b_demo.deals import season
from b2b_demo.model import OPEN_STAGES, WORDS, Account, Deal, Person, Row, pick, random

ACTIVITIES = 400
QUESTIONS = ("budget", "authority", "need", "timeline")
SIZES = (
    ("up_to_10", 3, 10),
    ("up_to_50", 11, 50),
    ("up_to_200", 51, 200),
    ("up_to_500", 201, 500),
    ("up_to_1000", 501, 1000),
    ("over_1000", 1001, 6000),
)


def day(ago: int) -> str:
    """A date: `today`, `today-3d`, `today+3d`."""
    return "today" if ago == 0 else f"today{-ago:+d}d"


def hours(ago: int) -> str:
    """A moment: `now-3h`, `now+3h`."""
    return f"now{-ago:+d}h"


def office_hour(ago: int) -> int:
    """The nearest time of day within three hours of now's, in the past if `ago` was."""
    near = round(ago / 24) * 24 + random.randint(-3, 3)
    return max(1, near) if ago > 0 else min(-2, near)


def flag(value: bool) -> str:
    return "true" if value else "false"


def line_rows(deal: Deal) -> list[Row]:
    """One to four lines; the deal's amount becomes their sum, exact to the cent."""
    products = [p for p in WORDS["products"] if deal.kind != "renewal" or p[2] in ("software", "service")]
    busy = season(max(0, -deal.close_in)) > 1
    rows = []
    for number, product in enumerate(random.sample(products, random.randint(1, 4)), 1):
        code, _, family, _, price, _, least, most = product
        quantity = random.randint(least, most if busy else max(least, most * 2 // 3))
        quantity = max(10, quantity // 10 * 10) if family == "accessory" else quantity
        discount = random.choice((0, 0, 0, 5, 5, 10, 15, 20)) if quantity > least else 0
        net = quantity * Decimal(price) * (100 - discount) / 100
        assert net == round(net, 2)
        deal.amount += net
        row = {"ref": f"{deal.ref}_{number}", "opportunity": deal.ref, "product": code.replace("-", "_")}
        row |= {"quantity": str(quantity), "unit_price": price, "discount": str(discount)}
        rows.append(row | {"owner": deal.account.owner})
    return rows


def deal_row(deal: Deal, name: str) -> Row:
    language = deal.account.language
    depth = len({entry.stage for entry in deal.entries} & set(OPEN_STAGES))
    lost, is_open = deal.stage == "lost", deal.stage in OPEN_STAGES
    reason = random.choice(list(WORDS["lost_notes"])) if lost else ""
    rivals = reason == "competitor" or random.random() < 0.2
    sources = ("existing",) if deal.kind != "new" else ("web", "web", "referral", "event", "outbound", "partner")
    answered = [random.random() < chance for chance in (depth * 0.2, depth * 0.19, 0.3 + depth * 0.16, depth * 0.17)]
    journey = " > ".join(f"{entry.stage} {day(entry.ago)}" for entry in deal.entries)
    deal.row |= {
        "ref": deal.ref,
        "name": name,
        "account": deal.account.ref,
        "contact": random.choice(deal.account.people[:2]).ref,
        "stage": journey,
        "amount": f"{deal.amount:.2f}",
        "close_date": day(-deal.close_in),
        "next_step": pick(WORDS["next_steps"][deal.stage][language]) if is_open else "",
        "type": deal.kind,
        "source": pick(sources),
        "campaign": "",
        "partner": "",
        "competitors": "",
        **dict(zip(QUESTIONS, map(flag, answered), strict=True)),
        "competitor": pick(WORDS["competitors"]) if rivals else "",
        "lost_reason": reason,
        "lost_note": WORDS["lost_notes"][reason][language] if lost else "",
        "owner": deal.account.owner,
        "created_at": day(deal.entries[0].ago),
    }
    return deal.row


def account_row(account: Account, number: int) -> Row:
    won = sum((deal.amount for deal in account.deals if deal.stage == "won"), Decimal(0))
    last_win = min((deal.entries[-1].ago for deal in account.deals if deal.stage == "won"), default=0)
    active = any(deal.stage in OPEN_STAGES for deal in account.deals)
    lifecycle = "prospect" if not won else "churned" if last_win > 240 and not active else "customer"
    size, least, most = random.choices(SIZES, (1, 3, 6, 6, 4, 3))[0]
    employees = random.randint(least, most)
    floors = (("a", 80_000), ("b", 35_000), ("c", 1))
    tier = next((key for key, floor in floors if won >= floor), "c" if employees > 200 else "d")
    street, house = pick(WORDS["streets"][account.language]), random.randint(1, 240)
    chinese = account.language == "zh"
    account.street = f"{street}{house}号" if chinese else f"{house} {street}"
    account.age = max((deal.entries[0].ago for deal in account.deals), default=0) + random.randint(3, 200)
    return {
        "ref": account.ref,
        "name": account.name,
        "domain": account.domain,
        "website": f"https://{account.domain}",
        "phone": account.phone.format(number % 100),
        "industry": account.industry,
        "size": size,
        "region": account.region,
        "territory": account.territory,
        "tier": tier,
        "lifecycle": lifecycle,
        "annual_revenue": f"{employees * random.randint(90, 260) * 1000}.00",
        "employees": str(employees),
        "parent": account.parent,
        "address": f"{account.place}{account.street}" if chinese else f"{account.street}, {account.place}",
        "owner": account.owner,
        "created_at": day(account.age),
    }


def contact_row(account: Account, person: Person, number: int) -> Row:
    return {
        "ref": person.ref,
        "name": person.name,
        "account": account.ref,
        "title": pick(WORDS["titles"][person.role][account.language]),
        "role": person.role,
        "email": person.email,
        "phone": account.phone.format(number % 100),
        "left_company": flag(person not in account.people[:2] and random.random() < 0.08),
        "opt_out": flag(random.random() < 0.06),
        "owner": account.owner,
        "created_at": day(max(0, account.age - random.randint(0, 2))),
    }


def product_rows() -> list[Row]:
    names = ("ref", "code", "name", "family", "unit", "list_price", "cost")
    return [dict(zip(names, (p[0].replace("-", "_"), p[0].upper(), *p[1:6]), strict=True)) for p in WORDS["products"]]


def activity_row(number: int, deal: Deal, kind: str, at: int, done: bool) -> Row:
    """An activity about `at` hours ago (negative: ahead); one in eight is about the company alone."""
    at, language = office_hour(at), deal.account.language
    person = random.choice(deal.account.people[:2])
    due = day(random.randint(-14, 4)) if not done else day(at // 24)
    return {
        "ref": f"activity_{number:03}",
        "subject": pick(WORDS["subjects"][kind][language]),
        "type": kind,
        "account": deal.account.ref,
        "opportunity": deal.ref if number % 8 else "",
        "contact": person.ref,
        "at": hours(at),
        "due": due if kind == "task" else "",
        "done": flag(done),
        "note": pick(WORDS["notes"][language]) if done and random.random() < 0.7 else "",
        "owner": deal.account.owner,
        "created_at": hours(max(at, 1)),
    }


def activity_rows(deals: list[Deal]) -> list[Row]:
    """Eight in ten are done, inside the life of their deal; the rest is planned for open deals."""
    kinds, planned = ("call", "call", "visit", "email", "email", "meeting", "task"), ACTIVITIES // 5
    open_deals = [deal for deal in deals if deal.stage in OPEN_STAGES]
    started = [deal for deal in deals if deal.entries[0].ago > 0]
    rows = []
    for number in range(1, ACTIVITIES + 1):
        if number > ACTIVITIES - planned:
            kind = pick(("task", "task", "call", "meeting", "visit"))
            at = random.randint(1, 48) if kind == "task" else -random.randint(2, 340)
            rows.append(activity_row(number, random.choice(open_deals), kind, at, done=False))
            continue
        deal = random.choice(open_deals if number % 3 == 0 else started)
        latest = 0 if deal.stage in OPEN_STAGES else deal.entries[-1].ago
        at = random.randint(latest * 24 + 1, max(latest + 1, deal.entries[0].ago) * 24)
        rows.append(activity_row(number, deal, pick(kinds), at, done=True))
    return rows
