"""Accounts and deals as a firm would have them, the same in each run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

ACCOUNTS = 2000
ACCOUNT_COLUMNS = ("name", "city")
COLUMNS = (
    *("name", "account", "stage", "amount", "cost", "discount", "pieces", "close_date", "first_call", "source"),
    *("region", "rating", "email", "phone", "website", "renewal", "score", "next_step", "code", "notes"),
)
SEARCHED = "turbine"
"""A word in the names of one deal in two hundred."""
STAGES, SOURCES = ("lead", "offer", "won", "lost"), ("web", "fair", "partner", "referral")
REGIONS = ("north", "south", "east", "west")
THINGS = ("Pump", "Valve", "Sensor", "Gearbox", "Cable", "Motor", "阀门", "水泵", "Controller", "Filter")
PLACES = ("Harbour", "Airport", "Clinic", "School", "上海", "Depot", "Mill", "深圳", "Bridge", "Station")


def account(number: int) -> tuple[str, str]:
    return f"Account {number:05}", PLACES[number % len(PLACES)]


def deals(rows: int) -> Iterator[tuple[str, ...]]:
    """The values of `rows` deals in the order of `COLUMNS`, as a file holds them."""
    random = Random(20)
    for number in range(rows):
        thing = SEARCHED.capitalize() if number % 200 == 7 else random.choice(THINGS)
        amount = random.randrange(1_000, 5_000_000)
        day = date(2026, 1, 1) + timedelta(days=random.randrange(700))
        call = datetime(2025, 1, 1, 8) + timedelta(minutes=15 * random.randrange(30_000))
        yield (
            *(f"{thing} for {random.choice(PLACES)} {number}", account(random.randrange(ACCOUNTS))[0]),
            *(random.choice(STAGES), f"{amount / 100:.2f}", f"{amount / 200:.2f}", str(random.randrange(30))),
            *(str(random.randrange(1, 500)), day.isoformat(), call.isoformat(" "), random.choice(SOURCES)),
            *(random.choice(REGIONS), str(1 + number % 5), f"buyer{number}@example.com"),
            *(f"+1 212 555 {number % 10_000:04}", f"https://example.com/{number}", ("yes", "no")[number % 2]),
            *(f"{random.randrange(10_000) / 100:.2f}", "Call again", f"C-{number:07}", "Met at the fair. " * 3),
        )


def write_files(folder: Path, rows: int) -> tuple[Path, Path]:
    """The accounts and the deals as CSV files."""
    accounts, found = folder / "accounts.csv", folder / "deals.csv"
    with accounts.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([ACCOUNT_COLUMNS, *(account(number) for number in range(ACCOUNTS))])
    with found.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(deals(rows))
    return accounts, found
