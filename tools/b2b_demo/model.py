"""Companies, people and deals of the demo, the words they are made of, and the one source of chance."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

WORDS, MARKETING, PAPERS = (
    json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("words", "marketing", "papers")
)
OPEN_STAGES = ("qualification", "demo", "proposal", "negotiation", "ready_to_close")

random = Random(7)

Row = dict[str, str]


@dataclass(slots=True)
class Account:
    ref: str
    stem: str
    name: str
    domain: str
    language: str
    industry: str
    region: str
    place: str
    phone: str
    """The pattern of its telephone numbers, all set aside for show or plainly invented."""
    owner: str
    parent: str = ""
    territory: str = ""
    people: list["Person"] = field(default_factory=list)
    deals: list["Deal"] = field(default_factory=list)
    age: int = 0
    street: str = ""


@dataclass(slots=True)
class Person:
    ref: str
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Entry:
    stage: str
    ago: int


@dataclass(slots=True)
class Deal:
    ref: str
    account: Account
    entries: list[Entry]
    close_in: int
    kind: str
    amount: Decimal = Decimal(0)
    row: Row = field(default_factory=dict)

    @property
    def stage(self) -> str:
        return self.entries[-1].stage


def pick(words: Sequence[str]) -> str:
    return random.choice(words)
