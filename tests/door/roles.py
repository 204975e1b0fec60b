"""Roles made at random, and in plain Python who may read what under them: nothing here asks the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

Row = dict[str, Any]
"""The values of a record by field; links are ids of rows."""


@dataclass(frozen=True)
class Person:
    name: str
    team: str
    leads: str
    roles: tuple[str, ...]

    def teams(self, parents: Mapping[str, str]) -> set[str]:
        """Theirs, and every team below one they lead."""

        def below_led(team: str) -> bool:
            return bool(team) and (team == self.leads or below_led(parents.get(team, "")))

        return {team for team in (self.team, *parents) if team and (team == self.team or below_led(team))}


@dataclass(frozen=True)
class Rule:
    """How the blueprint says it, and whether it holds: for a row, what stands behind its links, and a person."""

    text: str
    holds: Callable[[Row, Callable[[str], Row], Person, set[str]], bool]


def _own(row: Row, behind: Callable[[str], Row], who: Person, teams: set[str]) -> bool:
    return bool(row["owner"] == who.name)


ALL = Rule("all", lambda row, behind, who, teams: True)
NONE = Rule("none", lambda row, behind, who, teams: False)
OWN = Rule("own", _own)
TEAM = Rule("team", lambda row, behind, who, teams: _own(row, behind, who, teams) or row["team"] in teams)
RULES: Mapping[str, tuple[Rule, ...]] = {
    "company": (
        ALL,
        NONE,
        OWN,
        TEAM,
        Rule("tier == 'gold'", lambda row, behind, who, teams: row["tier"] == "gold"),
        Rule("worth > 500000000000 or owner == me", lambda r, b, w, t: r["worth"] > 500000000000 or _own(r, b, w, t)),
        Rule("parent.owner == me", lambda row, behind, who, teams: behind("parent").get("owner") == who.name),
        Rule("parent.team in me.teams", lambda row, behind, who, teams: behind("parent").get("team") in teams),
    ),
    "deal": (
        ALL,
        NONE,
        OWN,
        TEAM,
        Rule("company.tier == 'gold'", lambda row, behind, who, teams: behind("company").get("tier") == "gold"),
        Rule("company.owner == me", lambda row, behind, who, teams: behind("company").get("owner") == who.name),
        Rule("stage == 'late' or owner == me", lambda r, b, w, t: r["stage"] == "late" or _own(r, b, w, t)),
    ),
    "chore": (ALL, NONE, OWN, TEAM, Rule("done", lambda row, behind, who, teams: bool(row["done"]))),
}


@dataclass(frozen=True)
class Role:
    name: str
    rules: Mapping[str, Rule]
    writes: bool
    """Whether what may be read may be changed, made, deleted, exported and imported too."""
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Entity -> field -> none or read."""

    def to_yaml(self) -> str:
        more = ", create: true, update: {0}, delete: {0}, export: true, bulk: true, import: true" if self.writes else ""
        lines = [f"  {self.name}:", "    entities:"]
        for entity, rule in self.rules.items():
            if rule is not NONE:
                text = f'"{rule.text}"'
                limits = ", ".join(f"{name}: {right}" for name, right in self.fields.get(entity, {}).items())
                limited = f", fields: {{{limits}}}" if limits else ""
                lines.append(f"      {entity}: {{read: {text}{more.format(text)}{limited}}}")
                if entity == "deal" and self.fields.get("deal_line"):
                    lines.append("      deal_line: {read: all, fields: {price: none}}")
        if len(lines) == 2:
            lines.append("      chore: {read: own}")
        return "\n".join(lines)


LIMITED: Mapping[str, tuple[str, ...]] = {
    "company": ("code", "phone", "email", "worth", "words", "tier", "parent", "double", "vat", "papers"),
    "deal": ("company", "worth", "note", "phone", "day", "mates", "stage"),
    "chore": ("about", "note", "due"),
}
"""What a role may do without."""


def _make_fields(random: Random) -> dict[str, dict[str, str]]:
    found = {
        entity: {name: random.choice(("none", "none", "read")) for name in names if random.random() < 0.4}
        for entity, names in LIMITED.items()
    }
    return {**found, **({"deal_line": {"price": "none"}} if random.random() < 0.5 else {})}


def make_roles(random: Random, count: int, limited: float) -> tuple[Role, ...]:
    return tuple(
        Role(
            f"role{number}",
            {entity: random.choice(rules) for entity, rules in RULES.items()},
            random.random() < 0.7,
            _make_fields(random) if random.random() < limited else {},
        )
        for number in range(count)
    )
