"""Invented companies and the people who work there."""

from b2b_demo.model import WORDS, Account, Person, pick, random

ACCOUNTS, CONTACTS = 200, 500
SELLERS = ("mei", "tom", "priya", "jun")
REGIONS = ("north_america",) * 6 + ("europe",) * 3 + ("asia_pacific",)
ROLES = ("champion", "champion", "influencer", "blocker", "procurement")


def stems(language: str) -> list[tuple[str, str]]:
    """Every invented (company stem, domain label) of a language, shuffled."""
    words = WORDS["stems"][language]
    by_label = {p + q: first + second for first, p in words["first"] for second, q in words["second"]}
    pairs = [(stem, label) for label, stem in by_label.items()]
    random.shuffle(pairs)
    return pairs


def make_accounts() -> list[Account]:
    """Companies; every eighth belongs to the one before it and shares its stem."""
    pools = {"en": stems("en"), "zh": stems("zh")}
    accounts: list[Account] = []
    for number in range(1, ACCOUNTS + 1):
        if number % 8 == 0:
            accounts.append(make_daughter(number, accounts[-1]))
        else:
            language = "zh" if random.random() < 0.25 else "en"
            stem, label = pools[language].pop()
            industry, owner = pick(list(WORDS["industries"])), pick(SELLERS)
            accounts.append(make_account(number, language, stem, label, industry, owner))
    return accounts


def make_daughter(number: int, mother: Account) -> Account:
    industry = pick([key for key in WORDS["industries"] if key != mother.industry])
    label = f"{mother.domain.split('.')[0]}-{industry.split('_')[0]}"
    account = make_account(number, mother.language, mother.stem, label, industry, mother.owner)
    account.parent = mother.ref
    return account


def make_account(number: int, language: str, stem: str, label: str, industry: str, owner: str) -> Account:
    region = "china" if language == "zh" else pick(REGIONS)
    place, phone = random.choice(WORDS["places"][region])
    suffix = pick(WORDS["industries"][industry][language])
    name = stem + suffix if language == "zh" else f"{stem} {suffix}"
    return Account(
        ref=f"account_{number:03}",
        stem=stem,
        name=name,
        domain=f"{label}.example.com",
        language=language,
        industry=industry,
        region=region,
        place=place,
        phone=phone,
        owner=owner,
    )


def person_name(language: str) -> tuple[str, str]:
    """(name, local part of the e-mail address)"""
    if language == "zh":
        (surname, s), (given, g) = random.choice(WORDS["surnames_zh"]), random.choice(WORDS["given_names_zh"])
        return surname + given, f"{g}.{s}"
    first, last = pick(WORDS["first_names"]), pick(WORDS["last_names"])
    return f"{first} {last}", f"{first}.{last}".lower()


def make_people(accounts: list[Account]) -> None:
    """Two people per company and the rest spread; names are unique, so addresses are too."""
    employers = accounts * 2 + random.choices(accounts, k=CONTACTS - 2 * len(accounts))
    taken: set[str] = set()
    for number, account in enumerate(employers, 1):
        name, local = person_name(account.language)
        while local in taken:
            name, local = person_name(account.language)
        taken.add(local)
        role = pick(ROLES) if account.people else "decision_maker"
        account.people.append(Person(f"contact_{number:03}", name, f"{local}@{account.domain}", role))
