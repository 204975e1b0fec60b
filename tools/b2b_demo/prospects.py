"""Leads: people of companies that are no accounts yet, and the ones today's opportunities came from."""

from dataclasses import dataclass, field
from random import Random

from b2b_demo.model import WORDS, Deal, Row
from b2b_demo.rows import day, hours
from b2b_demo.territories import CITIES, SELLERS, territory_of

LEADS, CONVERTED = 400, 70
chance = Random(11)
"""A source of chance of its own: what the other files hold does not depend on it."""
FIRST = "Acorn Brindle Copper Dray Elm Fenn Garnet Hazel Ivory Kestrel Linden Merle Nettle Orrin Pike Rook Sable Tern "
FIRST += "Umber Vesper Willow"
SECOND = "field bridge ford gate haven holm lea march point ridge shaw water"
FIRST_ZH = (("芷", "zhi"), ("衍", "yan"), ("泽", "ze"), ("瑾", "jin"))
FIRST_ZH += (("苒", "ran"), ("璟", "jing"), ("煦", "xu"), ("沐", "mu"))
SECOND_ZH = (("澄", "cheng"), ("舟", "zhou"), ("合", "he"), ("致", "zhi"), ("临", "lin"), ("启", "qi"), ("越", "yue"))
SECOND_ZH += (("峰", "feng"), ("原", "yuan"), ("恒", "heng"))
ENDS = {"new": 38, "assigned": 42, "contacted": 62, "nurtured": 46, "qualified": 34, "recycled": 40, "disqualified": 68}
PATHS = {
    "new": (),
    "assigned": ("assigned",),
    "contacted": ("assigned", "contacted"),
    "nurtured": ("assigned", "contacted", "nurtured"),
    "qualified": ("assigned", "contacted", "nurtured", "qualified"),
    "converted": ("assigned", "contacted", "nurtured", "qualified", "converted"),
    "recycled": ("assigned", "contacted", "recycled"),
    "disqualified": ("assigned", "disqualified"),
}
AGES = {
    "new": (0, 1),
    "assigned": (0, 4),
    "contacted": (2, 24),
    "nurtured": (6, 60),
    "qualified": (8, 45),
    "recycled": (40, 300),
    "disqualified": (10, 320),
}
"""Days since a lead in this stage came in, at least and at most."""
SCORES = {"new": (5, 60), "assigned": (10, 70), "contacted": (20, 75), "nurtured": (42, 85), "qualified": (55, 96)}
SCORES |= {"converted": (60, 99), "recycled": (15, 50), "disqualified": (0, 35)}
SOURCES = ("web", "web", "web", "referral", "event", "event", "outbound", "outbound", "partner")
REASONS = ("no_need", "no_need", "too_small", "no_answer", "no_answer", "wrong_data", "competitor", "duplicate")
TIMES = ("quarter", "half_year", "half_year", "year", "open")
NEEDS = {
    "en": (
        "Temperatures are written down by hand twice a day; the auditor asked for a continuous record.",
        "Three cold stores, one alarm that nobody hears at night.",
        "Pays for a full check of all pumps every quarter and would rather know which ones need it.",
        "The permit asks for hourly emission values from next year on.",
        "Wants to see the energy used per line, not per building.",
        "A leak in the old pipe went unnoticed for a week.",
        "Humidity in the warehouse spoils about two per cent of the paper.",
        "Needs calibrated values with certificates for the quality file.",
    ),
    "zh": (
        "目前每天两次人工抄表，审核要求连续记录。",
        "三个冷库，夜间报警没有人能及时听到。",
        "每季度对全部水泵做一次检修，希望按实际状态安排。",
        "新的排污许可要求从明年起上报小时值。",
        "希望按产线而不是按楼栋统计能耗。",
        "老管线渗漏一周后才被发现。",
    ),
}
TITLES = {
    "en": ("Plant manager", "Quality manager", "Operations director", "Maintenance lead", "Purchasing manager"),
    "zh": ("厂长", "质量经理", "运营总监", "设备主管", "采购经理"),
}
SIZES = ("up_to_50", "up_to_200", "up_to_200", "up_to_500", "up_to_500", "up_to_1000", "over_1000")


@dataclass(slots=True)
class Lead:
    ref: str
    language: str
    name: str
    company: str
    email: str
    territory: str
    stage: str
    age: int
    """Hours since it came in."""
    source: str
    campaign: str = ""
    deal: Deal | None = None
    row: Row = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """A lead nobody has taken yet is marketing's."""
        return "nora" if self.stage == "new" else SELLERS[self.territory]


def make_leads(deals: list[Deal]) -> list[Lead]:
    """In the order they came in."""
    won_over = [deal for deal in deals if deal.kind == "new" and deal.entries[0].ago > 0]
    leads = [_converted(deal) for deal in chance.sample(won_over, CONVERTED)]
    companies = _companies()
    for stage, count in ENDS.items():
        leads += [_fresh(stage, companies.pop()) for _ in range(count)]
    leads.sort(key=lambda lead: -lead.age)
    for number, lead in enumerate(leads, 1):
        lead.ref = f"lead_{number:03}"
    return leads


def _companies() -> list[tuple[str, str, str]]:
    """(language, company stem, domain label), every one once."""
    found = [("en", one + two, (one + two).lower()) for one in FIRST.split() for two in SECOND.split()]
    found += [("zh", a + b, p + q) for a, p in FIRST_ZH for b, q in SECOND_ZH]
    chance.shuffle(found)
    return found


def _fresh(stage: str, company: tuple[str, str, str]) -> Lead:
    language, stem, label = company
    industry = chance.choice(list(WORDS["industries"]))
    suffix = chance.choice(WORDS["industries"][industry][language])
    places = [ref for ref in CITIES if ref.startswith("cn") == (language == "zh")]
    name, local = _person(language)
    least, most = AGES[stage]
    lead = Lead(
        ref="",
        language=language,
        name=name,
        company=stem + suffix if language == "zh" else f"{stem} {suffix}",
        email=f"{local}@{label}.example.com",
        territory=chance.choice(places),
        stage=stage,
        age=chance.randint(least * 24 + 2, most * 24 + 20),
        source=chance.choice(SOURCES),
    )
    lead.row["industry"] = industry
    return lead


def _converted(deal: Deal) -> Lead:
    account, person = deal.account, next(p for p in deal.account.people if p.ref == deal.row["contact"])
    lead = Lead(
        ref="",
        language=account.language,
        name=person.name,
        company=account.name,
        email=person.email,
        territory=territory_of(account.place),
        stage="converted",
        age=deal.entries[0].ago * 24 + chance.randint(60, 700),
        source=deal.row["source"],
        deal=deal,
    )
    lead.row["industry"] = account.industry
    return lead


def _person(language: str) -> tuple[str, str]:
    if language == "zh":
        (surname, s), (given, g) = chance.choice(WORDS["surnames_zh"]), chance.choice(WORDS["given_names_zh"])
        return surname + given, f"{g}.{s}"
    first, last = chance.choice(WORDS["first_names"]), chance.choice(WORDS["last_names"])
    return f"{first} {last}", f"{first}.{last}".lower()


def lead_row(lead: Lead) -> Row:
    path = PATHS[lead.stage]
    end = lead.deal.entries[0].ago * 24 if lead.deal else chance.randint(0, max(1, lead.age // 2))
    entered = _hours(lead.age, end, len(path))
    answered = "contacted" in path
    journey = [f"new now-{lead.age}h", *(f"{stage} now-{ago}h" for stage, ago in zip(path, entered, strict=True))]
    phone = WORDS["places"]["china" if lead.language == "zh" else "europe"][0][1]
    low, high = SCORES[lead.stage]
    wants = answered and lead.stage != "disqualified"
    taken = chance.randint(5, 30) if chance.random() < 0.25 else chance.randint(1, 4)
    return {
        "ref": lead.ref,
        "name": lead.name,
        "company": lead.company,
        "title": chance.choice(TITLES[lead.language]),
        "email": lead.email,
        "phone": phone.format(chance.randint(10, 99)) if chance.random() < 0.7 else "",
        "stage": " > ".join(journey),
        "rating": str(max(1, min(5, round(high / 20)))) if answered else "",
        "score": str(chance.randint(low, high)),
        "source": lead.source,
        "campaign": lead.campaign,
        "partner": lead.row["partner"],
        "territory": lead.territory,
        "industry": lead.row["industry"],
        "size": chance.choice(SIZES),
        "country": {"na": "north_america", "eu": "europe", "cn": "china", "ap": "asia_pacific"}[lead.territory[:2]],
        "need": chance.choice(NEEDS[lead.language]) if wants else "",
        "budget": f"{chance.randint(4, 60) * 2000}.00" if wants and chance.random() < 0.6 else "",
        "timeline": chance.choice(TIMES) if wants else "",
        "response_due": hours(lead.age - 4),
        "first_response_at": f"now-{max(1, lead.age - taken)}h" if answered else "",
        "consent": "true" if chance.random() < 0.55 else "false",
        "disqualify_reason": chance.choice(REASONS) if lead.stage == "disqualified" else "",
        "recycle_on": day(chance.randint(-120, 6)) if lead.stage == "recycled" else "",
        "account": lead.deal.account.ref if lead.deal else "",
        "contact": lead.deal.row["contact"] if lead.deal else "",
        "opportunity": lead.deal.ref if lead.deal else "",
        "owner": lead.owner,
    }


def _hours(age: int, end: int, steps: int) -> list[int]:
    """When each of so many stages was entered, in hours ago, between `age` and `end`."""
    inner = sorted((chance.randint(end, age) for _ in range(max(0, steps - 1))), reverse=True)
    return [*inner, end] if steps else []
