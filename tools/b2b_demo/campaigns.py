"""Campaigns with their members, events with who came to them."""

from dataclasses import dataclass
from random import Random
from typing import Any

from b2b_demo.model import MARKETING, Account, Person, Row
from b2b_demo.prospects import Lead
from b2b_demo.rows import day, hours

chance = Random(12)
MEMBERS_OF_EACH = (24, 42)

CAMPAIGNS, EVENTS = MARKETING["campaigns"], MARKETING["events"]
"""Days count from today, those gone by are negative."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited: a lead, or a contact of an account."""

    name: str
    company: str
    email: str
    language: str
    owner: str
    lead: str = ""
    contact: str = ""
    since: int = 10_000
    """Days since they are known."""


def refs(campaigns: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"campaign_{number:02}", one) for number, one in enumerate(campaigns, 1)]


def language(one: dict[str, Any]) -> str:
    return "en" if one["name"].isascii() else "zh"


def campaign_rows() -> list[Row]:
    return [
        {
            "ref": ref,
            **{name: one[name] for name in ("name", "type", "status")},
            "start_on": day(-one["first"]),
            "end_on": day(-one["last"]),
            "audience": one["industries"],
            "territories": "cn" if language(one) == "zh" else "na,eu",
            "products": one["products"],
            "budget": f"{one['budget']}.00",
            "cost": f"{one['cost']}.00" if one["cost"] else "",
            "expected_leads": str(one["leads"]),
            "expected_revenue": f"{one['revenue']}.00",
            "owner": "nora",
            "created_at": day(max(0, -one["first"] + 21)),
        }
        for ref, one in refs(CAMPAIGNS)
    ]


def attribute(leads: list[Lead]) -> None:
    """Most leads came in through a campaign that ran then; the opportunity they became says so too."""
    for lead in leads:
        running = [ref for ref, one in refs(CAMPAIGNS) if _reaches(one, lead)]
        if running and chance.random() < 0.85:
            lead.campaign = chance.choice(running)
            if lead.deal:
                lead.deal.row["campaign"] = lead.campaign


def _reaches(one: dict[str, Any], lead: Lead) -> bool:
    kinds = {"event": ("trade_fair", "webinar"), "partner": ("partner",), "web": ("content", "advertising", "webinar")}
    runs = one["first"] <= -(lead.age // 24) <= one["last"] + 21
    fits = one["type"] in kinds.get(lead.source, ("mailing", "content", "trade_fair"))
    return bool(runs and fits and language(one) == lead.language)


def guests(leads: list[Lead], people: list[tuple[Person, Account]]) -> list[Guest]:
    found = [
        Guest(lead.name, lead.company, lead.email, lead.language, lead.owner, lead=lead.ref, since=lead.age // 24)
        for lead in leads
        if lead.stage != "converted"
    ]
    found += [
        Guest(one.name, account.name, one.email, account.language, account.owner, contact=one.ref, since=account.age)
        for one, account in people
    ]
    return found


def member_rows(leads: list[Lead], known: list[Guest]) -> list[Row]:
    """Who was written to, and the leads that came of it."""
    rows: list[Row] = []
    for ref, one in refs(CAMPAIGNS):
        invited = [each for each in known if each.language == language(one) and each.since > -one["first"]]
        chosen = chance.sample(invited, min(len(invited), chance.randint(*MEMBERS_OF_EACH)))
        came = {lead.ref for lead in leads if lead.campaign == ref}
        chosen += [each for each in known if each.lead in came and each not in chosen]
        for each in chosen:
            rows.append(_member_row(f"member_{len(rows) + 1:04}", ref, one, each, each.lead in came))
    return rows


def _member_row(ref: str, campaign: str, one: dict[str, Any], guest: Guest, came: bool) -> Row:
    answer = _answer(one["status"], came)
    first, last = max(one["first"], -guest.since), min(one["last"], 0)
    replied = chance.randint(first, last) if first < last else last
    return {
        "ref": ref,
        "campaign": campaign,
        "name": guest.name,
        "lead": guest.lead,
        "contact": guest.contact,
        "status": answer,
        "responded_on": day(-replied) if answer in ("responded", "attended") else "",
        "owner": "nora",
        "created_at": day(max(0, -one["first"])),
    }


def _answer(status: str, came: bool) -> str:
    if status == "planned":
        return "planned"
    if came:
        return chance.choice(("responded", "responded", "attended"))
    return chance.choice(("sent",) * 6 + ("responded", "responded", "attended", "bounced", "unsubscribed"))


def event_rows() -> list[Row]:
    return [_event_row(f"event_{number:02}", one) for number, one in enumerate(EVENTS, 1)]


def _event_row(ref: str, one: dict[str, Any]) -> Row:
    start = -one["at"] * 24 - 1
    return {
        "ref": ref,
        **{name: one[name] for name in ("name", "kind", "status")},
        "campaign": "" if one["campaign"] is None else f"campaign_{one['campaign'] + 1:02}",
        "starts_at": hours(start),
        "ends_at": hours(start - one["hours"]),
        "venue": one["venue"],
        "address": one["address"],
        "link": "https://meet.example.com/larkfield" if one["kind"] == "webinar" else "",
        "capacity": str(one["places"] or ""),
        "cost": f"{one['cost']}.00",
        "hosts": "nora,mei" if language(one) == "zh" else "nora,priya",
        "owner": "nora",
        "created_at": day(max(0, -one["at"] + 45)),
    }


def registration_rows(known: list[Guest]) -> list[Row]:
    rows: list[Row] = []
    for number, one in enumerate(EVENTS, 1):
        if one["status"] == "planned" or one["kind"] == "trade_fair":
            continue
        since = max(0, -one["at"]) + 25
        invited = [each for each in known if each.language == language(one) and each.since > since]
        count = one["places"] + 4 if one["status"] == "full" else min(len(invited), chance.randint(12, 22))
        for place, each in enumerate(chance.sample(invited, count), 1):
            ref = f"registration_{len(rows) + 1:03}"
            rows.append(_registration_row(ref, f"event_{number:02}", one, each, place > one["places"]))
    return rows


def _registration_row(ref: str, event: str, one: dict[str, Any], guest: Guest, beyond: bool) -> Row:
    answer = _turnout(one["status"], beyond)
    told = answer == "attended" and chance.random() < 0.6
    return {
        "ref": ref,
        "event": event,
        **{name: getattr(guest, name) for name in ("name", "company", "email", "contact", "lead")},
        "status": answer,
        "registered_at": hours(max(0, -one["at"]) * 24 + chance.randint(30, 500)),
        "feedback": str(chance.choice((3, 4, 4, 5, 5))) if told else "",
        "owner": "nora",
    }


def _turnout(status: str, beyond: bool) -> str:
    if status == "held":
        return chance.choice(("attended", "attended", "attended", "no_show", "cancelled"))
    return "waiting" if beyond else chance.choice(("registered", "confirmed", "confirmed"))
