"""A small workspace in which every value can be told from every other, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from engine.access.actor import ENGINE, Actor
from engine.access.login import find_user
from engine.records.comments import Draft
from engine.records.files import Upload
from engine.records.shelf import Shelf
from engine.records.store import Store
from tests.door.roles import ALL, NONE, Person, Role, Row, make_roles
from tests.product import Product

BLUEPRINT = Path(__file__).parent / "blueprint.yaml"
TEAMS = {"top": "", "north": "top", "south": "top", "coast": "north"}
"""Team -> the one above it."""
TEXTS = {
    "company": ("name", "code", "email", "about"),
    "deal": ("name", "note"),
    "deal_line": ("product",),
    "chore": ("subject", "note"),
}
AMOUNTS = {"company": ("worth",), "deal": ("worth",), "deal_line": ("price",), "chore": ()}
PHONES = {"company": ("phone",), "deal": ("phone",), "deal_line": (), "chore": ()}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ (),.\u00a0\u202f-]+(?=\d)")
Thing = tuple[str, int]
"""(entity, number) of a row of the world."""


def squeezed(text: str) -> str:
    """A text in which a number reads the same however it was formatted."""
    return _BETWEEN_DIGITS.sub("", text)


@dataclass
class World:
    random: Random
    roles: tuple[Role, ...]
    people: tuple[Person, ...]
    rows: dict[Thing, Row] = field(default_factory=dict)
    ids: dict[Thing, int] = field(default_factory=dict)
    marks: dict[Thing, dict[str, str]] = field(default_factory=dict)
    """What stands in each row, in its history, comments and files: a text nothing else has, by where it stands."""
    binned: set[Thing] = field(default_factory=set)
    files: dict[Thing, int] = field(default_factory=dict)
    comments: dict[Thing, int] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)

    def sees(self, who: Person, thing: Thing) -> bool:
        """Whether one of the roles of a person lets them read a row."""
        entity, _ = thing
        row = self.rows[thing]
        if entity == "deal_line":
            return self.sees(who, ("deal", row["deal"]))
        own = [role for role in self.roles if role.name in who.roles]
        teams = who.teams(TEAMS)
        return any(role.rules[entity].holds(row, lambda link: self.behind(thing, link), who, teams) for role in own)

    def behind(self, thing: Thing, link: str) -> Row:
        entity, _ = thing
        target = self.rows[thing].get(link)
        return {} if target is None else self.rows["company" if link in ("parent", "company") else entity, target]

    def hidden_marks(self, who: Person) -> dict[str, str]:
        """Mark -> what it is, of everything this person may not read."""
        return {
            mark: f"{thing[0]} {thing[1]} {place}"
            for thing, marks in self.marks.items()
            for place, mark in marks.items()
            if not self.sees(who, thing) or self.unseen(who, thing[0], place)
        }

    def unseen(self, who: Person, entity: str, name: str) -> bool:
        """Whether each role of a person that opens an entity does without a field of it."""
        if (entity, name) == ("company", "file"):
            name = "papers"
        opening = "deal" if entity == "deal_line" else entity
        roles = [role for role in self.roles if role.name in who.roles and role.rules[opening] is not NONE]
        return all(role.fields.get(entity, {}).get(name) == "none" for role in roles)

    def things(self, who: Person, entity: str, seen: bool, binned: bool = False) -> list[Thing]:
        return [
            thing
            for thing in self.rows
            if thing[0] == entity and (thing in self.binned) == binned and self.sees(who, thing) == seen
        ]


def make_world(seed: int, people: int = 2, limited: float = 0.0) -> World:
    """Its roles, its people and the values of its rows; nothing is written anywhere. `limited` is how likely a role
    does without some fields."""
    random = Random(seed)
    roles = (
        *make_roles(random, people, limited),
        Role("everything", dict.fromkeys(("company", "deal", "chore"), ALL), True),
    )
    places = [("top", "top"), ("north", "north"), ("coast", ""), ("south", ""), ("south", ""), ("", "")]
    staff = [Person("root", "top", "", ("everything",))]
    for number in range(people):
        team, leads = places[number % len(places)]
        more = (random.choice(roles[:-1]).name,) if random.random() < 0.3 else ()
        staff.append(
            Person(
                f"p{number}",
                team,
                leads,
                tuple(dict.fromkeys((f"role{number}", *more, *(["admin"] if number == 1 else [])))),
            )
        )
    world = World(random, roles, tuple(staff))
    owners = [person for person in staff for _ in range(2)]
    for number, owner in enumerate(owners):
        _add(world, ("company", number), owner, parent=random.randrange(number) if number > 1 else None)
    for number, owner in enumerate(random.sample(owners, len(owners))):
        _add(world, ("deal", number), owner, company=random.randrange(len(owners)))
        for line in range(2):
            _add(world, ("deal_line", 2 * number + line), owner, deal=number)
    for number, owner in enumerate(random.sample(owners, len(owners))):
        kind = random.choice(("company", "deal"))
        _add(world, ("chore", number), owner, about=(kind, random.randrange(len(owners))))
    world.binned = {("company", 0), ("deal", 1), ("chore", 2)}
    _keep_the_bin_apart(world)
    return world


def _keep_the_bin_apart(world: World) -> None:
    """Nothing that is not in the bin itself leads to what is: links are cleared and line items go along."""
    for thing, row in world.rows.items():
        if row.get("parent") == 0:
            row["parent"] = 1 if thing[1] > 1 else None
        if row.get("company") == 0:
            row["company"] = 1
        if row.get("about") in world.binned:
            row["about"] = ("company", 1)
        if thing[0] == "deal_line" and ("deal", row["deal"]) in world.binned:
            world.binned.add(thing)


def _add(world: World, thing: Thing, owner: Person, **links: Any) -> None:
    random, entity = world.random, thing[0]
    row: Row = {"owner": owner.name, "team": owner.team, **links}
    marks: dict[str, str] = {}
    for name in TEXTS[entity]:
        marks[name] = "q" + "".join(random.choices("bcdfghjkmnprstvwxz", k=9))
        row[name] = f"{marks[name]}@example.org" if name == "email" else marks[name]
    for name in AMOUNTS[entity]:
        row[name] = random.randrange(10**11, 10**12)
        marks[name] = str(row[name])
    for name in PHONES[entity]:
        row[name] = f"+1212{random.randrange(2, 10)}{random.randrange(10**5, 10**6)}"
        marks[name] = row[name][2:]
    if entity == "company":
        row |= {"tier": random.choice(("gold", "iron")), "vat": f"V{thing[1] // 3}"}
    if entity == "deal":
        row |= {
            "stage": random.choice(("early", "late")),
            "weight": thing[1],
            "day": f"2026-03-{random.randrange(1, 29):02}",
        }
        row["mates"] = random.sample(range(thing[1]), min(2, thing[1]))
    if entity == "chore":
        row |= {"done": random.random() < 0.3, "due": f"2026-03-{random.randrange(1, 29):02}"}
    if entity != "deal_line":
        for place in ("before", "comment", "file"):
            marks[place] = "q" + "".join(random.choices("bcdfghjkmnprstvwxz", k=9))
    world.rows[thing], world.marks[thing] = row, marks


def blueprint_of(world: World, folder: Path) -> Path:
    """A folder with the blueprint of the world."""
    roles = "\n".join(role.to_yaml() for role in world.roles)
    people = "\n".join(
        f"    {p.name}: {{name: {p.name.title()}, email: {p.name}@example.org, roles: [{', '.join(p.roles)}]}}"
        for p in world.people
    )
    text = BLUEPRINT.read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    whole = f"{text}roles:\n  admin: {{admin: true, entities: {{}}}}\n{roles}\ndemo:\n  user:\n{people}\n"
    (folder / "blueprint.yaml").write_text(whole, encoding="utf-8")
    return folder


def fill(world: World, product: Product) -> None:
    """Write the rows of the world into the founded workspace."""
    store = product.services.workspace.store if product.services.workspace else None
    assert store is not None
    users = world.users = user_ids(world, product)
    teams = world.teams
    with store.begin(ENGINE, "seed") as write:
        for team, parent in TEAMS.items():
            lead = next((users[person.name] for person in world.people if person.leads == team), None)
            teams[team] = write.create("team", {"name": team, "parent": teams.get(parent), "lead": lead})
        for person in world.people:
            write.change("user", users[person.name], {"main_team": teams.get(person.team)})
        for thing, row in world.rows.items():
            owned = {"owner": users[row["owner"]], "team": teams.get(row["team"])}
            world.ids[thing] = write.create(thing[0], {**dict(_plain(world, thing, row)), **owned})
    _talk(world, product, store, users)


def _plain(world: World, thing: Thing, row: Row) -> Iterator[tuple[str, Any]]:
    """The values as the gateway takes them; the title is another one at first, for the history."""
    title = TEXTS[thing[0]][0]
    for name, value in row.items():
        if name in ("owner", "team"):
            continue
        if name == title and "before" in world.marks[thing]:
            yield name, world.marks[thing]["before"]
        elif name in ("parent", "company", "deal"):
            yield name, None if value is None else world.ids["deal" if name == "deal" else "company", value]
        elif name == "mates":
            yield name, [world.ids["deal", each] for each in value]
        elif isinstance(value, tuple):
            yield name, f"{value[0]}:{world.ids[value]}"
        else:
            yield name, str(value) if name in ("worth", "price") else value


def _talk(world: World, product: Product, store: Store, users: dict[str, int]) -> None:
    """Titles are changed, things are said and attached, everybody is told of everything, some go into the bin."""
    for thing, row in world.rows.items():
        if thing[0] == "deal_line":
            continue
        name = world.marks[thing]["file"]
        files = product.services.files
        author = Actor(users["root"], frozenset({"everything"}))
        file = files.stage(author, Upload(f"{name}.txt", BytesIO(f"{name} inside".encode())))
        with store.begin(author, "ui") as write:
            write.change(thing[0], world.ids[thing], {TEXTS[thing[0]][0]: row[TEXTS[thing[0]][0]]})
            if thing[0] == "company":
                write.change(thing[0], world.ids[thing], {"papers": [file.id]})
            else:
                write.attach(thing[0], world.ids[thing], [file.id])
            said = f"{world.marks[thing]['comment']} " + " ".join(f"@{who.name.title()}" for who in world.people)
            world.comments[thing] = write.comment(thing[0], world.ids[thing], Draft(said))
        for user in users.values():
            shelf = Shelf(product.services.database, store)
            shelf.set_star(Actor(user, frozenset({"everything"})), thing[0], world.ids[thing], True)
            shelf.visit(Actor(user, frozenset({"everything"})), thing[0], world.ids[thing])
        world.files[thing] = file.id
    with store.begin(ENGINE, "ui") as write:
        for thing in sorted(world.binned):
            if thing[0] != "deal_line":
                write.delete(thing[0], world.ids[thing])


def user_ids(world: World, product: Product) -> dict[str, int]:
    with product.services.database.read() as connection:
        found = {who.name: find_user(connection, f"{who.name}@example.org") for who in world.people}
    return {name: user for name, user in found.items() if user is not None}
