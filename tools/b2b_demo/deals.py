"""Deals and their journeys through the pipeline: a year of won and lost ones, and the open ones of today."""

from b2b_demo.model import OPEN_STAGES, WORDS, Account, Deal, Entry, pick, random

WON, LOST, OPEN, OVERDUE = 120, 80, 100, 8
HISTORY_DAYS, QUARTER_DAYS, QUARTER_END_DAYS = 360, 91, 21
DURATIONS = {
    "qualification": (3, 16),
    "demo": (5, 21),
    "proposal": (6, 24),
    "negotiation": (5, 20),
    "ready_to_close": (2, 9),
}
"""Days spent in a stage, at least and at most."""
ROTS_AFTER = {"qualification": 7, "demo": 14, "proposal": 10, "negotiation": 10, "ready_to_close": 7}
CLOSES_IN = {
    "qualification": (40, 90),
    "demo": (30, 80),
    "proposal": (15, 60),
    "negotiation": (5, 40),
    "ready_to_close": (1, 15),
}


def closing_days() -> list[int]:
    """Days ago that a deal ended: more at the end of a quarter, and more lately than a year ago."""
    days = range(1, HISTORY_DAYS + 1)
    return random.choices(days, [season(ago) * (1.4 - ago / 900) for ago in days], k=WON + LOST)


def season(ago: int) -> float:
    return 2.4 if (ago + 45) % QUARTER_DAYS < QUARTER_END_DAYS else 1.0


def path_to(last: str) -> list[str]:
    """The open stages passed up to `last`: now and then one is skipped, or a proposal is made twice."""
    path = list(OPEN_STAGES[: OPEN_STAGES.index(last) + 1])
    if "demo" in path[:-1] and random.random() < 0.15:
        path.remove("demo")
    if last in ("negotiation", "ready_to_close") and random.random() < 0.12:
        path.insert(path.index("negotiation"), "negotiation")
        path.insert(path.index("negotiation") + 1, "proposal")
    return path


def backwards(path: list[str], ago: int) -> list[Entry]:
    """The journey through `path`, its last stage entered `ago` days ago."""
    entries = [Entry(path[-1], ago)]
    for stage in reversed(path[:-1]):
        entries.insert(0, Entry(stage, entries[0].ago + random.randint(*DURATIONS[stage])))
    return entries


def make_deals(accounts: list[Account]) -> list[Deal]:
    ended = closing_days()
    journeys = [backwards([*path_to("ready_to_close"), "won"], ago) for ago in ended[:WON]]
    for ago in ended[WON:]:
        last = random.choices(OPEN_STAGES, (28, 24, 26, 16, 6))[0]
        journeys.append(backwards([*path_to(last), "lost"], ago))
    for stage in random.choices(OPEN_STAGES, (28, 25, 22, 15, 10), k=OPEN):
        limit = ROTS_AFTER[stage]
        waited = random.randint(0, limit) if random.random() < 0.75 else random.randint(limit + 1, 2 * limit)
        journeys.append(backwards(path_to(stage), waited))
    journeys.sort(key=lambda entries: -entries[0].ago)
    pool = accounts[: len(accounts) * 3 // 4]
    deals = [make_deal(number, random.choice(pool), entries) for number, entries in enumerate(journeys, 1)]
    for deal in [deal for deal in deals if deal.stage in OPEN_STAGES[2:]][::5][:OVERDUE]:
        deal.close_in = -random.randint(1, max(1, min(18, deal.entries[0].ago - 1)))
    return deals


def make_deal(number: int, account: Account, entries: list[Entry]) -> Deal:
    last = entries[-1]
    close_in = random.randint(*CLOSES_IN[last.stage]) if last.stage in CLOSES_IN else -last.ago
    bought = any(deal.stage == "won" and deal.entries[-1].ago > entries[0].ago for deal in account.deals)
    kind = pick(("renewal", "upsell")) if bought else "new"
    deal = Deal(f"opportunity_{number:03}", account, entries, close_in, kind)
    account.deals.append(deal)
    return deal


def deal_name(deal: Deal, taken: set[tuple[str, str]]) -> str:
    """A name no other deal of the company has."""
    language = deal.account.language
    while True:
        plain = {"renewal": WORDS["renewals"], "upsell": WORDS["upsells"]}.get(deal.kind)
        name = pick(plain[language]) if plain else pick(WORDS["topics"][language])
        if not plain or (deal.account.name, name) in taken:
            name += pick(WORDS["scopes"][language])
        if (deal.account.name, name) not in taken:
            taken.add((deal.account.name, name))
            return name
