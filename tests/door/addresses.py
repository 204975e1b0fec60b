"""Every address that can be read, filled with the records of a world that a person may see, and with those they may
not. An address nobody has filled in here fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from engine.access.actor import Actor
from engine.exchange.asked import ExportAsked
from engine.locale.formats import Formats
from tests.door.roles import Person
from tests.door.world import Thing, World, user_ids
from tests.product import Product

ENTITIES = ("company", "deal", "chore")
LINES = "deal_line"
NOWHERE = 4_000_000_000_001
"""An id that no record has."""
COLUMN = {"company": "worth", "deal": "worth", "chore": "note", LINES: "price"}
LINK = {"company": "parent", "deal": "company", "chore": "about", LINES: "deal"}
VIEWS = {
    "company": ("all", "tree", "cards", "sums"),
    "deal": ("all", "board", "grouped", "days", "sums"),
    "chore": ("all",),
}
API = "/api/v1"
UNFILLED = frozenset({"/events", "/static", "/{path:path}", f"{API}/{{path:path}}", "/api", "/api/{path:path}"})
"""What answers without any record: the stream that only says that something changed, files of the program, nowhere."""


def paths_of(application: Starlette) -> list[str]:
    """The paths of the route table that GET reaches."""
    return list(dict.fromkeys(_paths(application.routes)))


def _paths(routes: list[BaseRoute], before: str = "") -> Iterator[str]:
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            yield from _paths(list(route.routes), before + route.path)
        elif isinstance(route, Mount):
            yield route.path
        elif isinstance(route, Route) and (route.methods is None or "GET" in route.methods):
            yield before + route.path


@dataclass(frozen=True)
class Others:
    """What belongs to one person beside records: what they imported and took out."""

    draft: int
    operation: int
    """Companies that were taken out; `export`: deals."""
    export: int


def others_of(product: Product, who: Person, user: int) -> Others:
    """An import that somebody began who might do that, and what they took out under the roles they have."""
    services = product.services
    assert services.store is not None
    actor = Actor(user, frozenset({"everything"}))
    importing = services.imports.acting(services.store, actor, Formats.neutral())
    draft = importing.upload("company", "mine.csv", BytesIO(b"Name,Code\nPlain,One\n")).id
    exports = []
    for entity in ("company", "deal"):
        asked = ExportAsked(entity, "csv", "en")
        exports.append(services.operations.start(actor, "export", entity, asked.to_json()))
        if services.store.model.policy.may_export(Actor(user, frozenset(who.roles)), entity):
            services.runner.run(exports[-1])
    return Others(draft, *exports)


Fill = Callable[["Round", bool], Iterator[str]]


@dataclass
class Round:
    """One person going through the product."""

    world: World
    product: Product
    who: Person
    others: Mapping[str, Others]

    def addresses(self, path: str, seen: bool) -> Iterator[str]:
        """The addresses of a route about records the person sees, or about those they do not."""
        below = path.removeprefix(API)
        if path.startswith(API):
            yield from (API + address for address in API_FILLS[below](self, seen))
        else:
            yield from FILLS[path](self, seen)

    def some(self, entity: str, seen: bool, most: int = 2) -> list[Thing]:
        """The first records of an entity, and one in the bin."""
        things = self.world.things(self.who, entity, seen)
        return [*things[:most], *self.world.things(self.who, entity, seen, binned=True)[:1]]

    def record(self, thing: Thing) -> str:
        return f"{thing[0]}/{self.world.ids[thing]}"

    def words(self, seen: bool) -> Iterator[tuple[str, str]]:
        """(entity, beginning of a word that stands in a record), never the whole word: answers repeat it."""
        for entity in ENTITIES:
            for thing in self.some(entity, seen, 1):
                for place in ("name", "subject", "about"):
                    if place in self.world.marks[thing]:
                        yield entity, self.world.marks[thing][place][:-1]


def _once(*addresses: str) -> Fill:
    def fill(round: Round, seen: bool) -> Iterator[str]:
        yield from addresses if seen else ()

    return fill


def _each_entity(text: str) -> Fill:
    def fill(round: Round, seen: bool) -> Iterator[str]:
        yield from (text.format(entity=entity) for entity in ENTITIES if seen)

    return fill


def _records(text: str, lines: bool = False, most: int = 2) -> Fill:
    """`{record}` is entity/id."""

    def fill(round: Round, seen: bool) -> Iterator[str]:
        for entity in (*ENTITIES, *((LINES,) if lines else ())):
            for thing in round.some(entity, seen, most):
                parts = {"record": round.record(thing), "field": COLUMN[entity], "link": LINK[entity]}
                yield text.format(**parts)

    return fill


def _lists(round: Round, seen: bool) -> Iterator[str]:
    for entity in ENTITIES if seen else ():
        yield f"/e/{entity}"
    for entity, word in round.words(seen):
        yield f"/e/{entity}?q={word}"


def _views(text: str) -> Fill:
    def fill(round: Round, seen: bool) -> Iterator[str]:
        for entity, views in VIEWS.items() if seen else ():
            yield from (text.format(entity=entity, view=view) for view in views)
        for link in ("deal.company", "company.parent"):
            entity, name = link.split(".")
            for thing in round.some("company", seen, 1):
                where = text.format(entity=entity, view="all")
                yield f"{where}?f={name}:any_of:{round.world.ids[thing]}"
        for entity in ENTITIES:
            for thing in round.some(entity, seen, 1):
                yield f"{text.format(entity=entity, view='all')}?peek={round.world.ids[thing]}"
        if seen:
            yield text.format(entity="deal", view="all") + "?sort=company&group=company&f=worth:not_empty"
            yield text.format(entity="company", view="all") + "?sort=-parent&group=parent"
            yield text.format(entity="company", view="all") + "?starred=1"
            yield (
                text.format(entity="deal", view="sums") + "?rows=owner&rows=company&measure=sum.worth&measure=avg.worth"
            )

    return fill


def _picks(round: Round, seen: bool) -> Iterator[str]:
    for entity in ENTITIES if seen else ():
        yield f"/pick/{entity}"
    for entity, word in round.words(seen):
        yield f"/pick/{entity}?q={word}"
        yield f"/pick/any?field=chore.about&q={word}"
    yield from ("/pick/any?field=chore.about", "/pick/company?field=deal.company") if seen else ()


def _found(text: str) -> Fill:
    def fill(round: Round, seen: bool) -> Iterator[str]:
        yield from (text,) if seen else ()
        yield from (f"{text}?q={word}" for _, word in round.words(seen))

    return fill


def _new(round: Round, seen: bool) -> Iterator[str]:
    for entity, link in LINK.items():
        if entity != LINES:
            for thing in round.some("company", seen, 1):
                value = f"company:{round.world.ids[thing]}" if link == "about" else round.world.ids[thing]
                yield f"/e/{entity}/new?{link}={value}"
            for thing in round.some(entity, seen, 1):
                yield f"/e/{entity}/new?copy={round.world.ids[thing]}"


def _files(text: str) -> Fill:
    def fill(round: Round, seen: bool) -> Iterator[str]:
        for entity in ENTITIES:
            for thing in round.some(entity, seen, 1):
                yield text.format(record=round.record(thing), file=round.world.files[thing])

    return fill


def _related(round: Round, seen: bool) -> Iterator[str]:
    for thing in round.some("company", seen):
        yield f"/e/{round.record(thing)}/related/deal/company"
        yield f"/e/{round.record(thing)}/related/company/parent"
    for thing in round.some("deal", seen):
        yield f"/e/{round.record(thing)}/related/chore/about"


def _merges(round: Round, seen: bool) -> Iterator[str]:
    for entity in ENTITIES:
        there = [round.world.things(round.who, entity, each)[:2] for each in (True, seen)]
        own, ids = ([str(round.world.ids[thing]) for thing in things] for things in there)
        if len({*ids, *own}) > 1:
            yield f"/e/{entity}/merge?" + "&".join(f"id={each}" for each in dict.fromkeys((*own, *ids)))


def _why(round: Round, seen: bool) -> Iterator[str]:
    for thing in round.some("company", seen):
        yield from (f"/e/{round.record(thing)}/why/{field}" for field in ("double", "deals_worth"))


def _comments(text: str) -> Fill:
    def fill(round: Round, seen: bool) -> Iterator[str]:
        for entity in ENTITIES:
            yield from (text.format(comment=round.world.comments[thing]) for thing in round.some(entity, seen))

    return fill


def _of(text: str, what: str) -> Fill:
    """What somebody began: their own, and for what is not seen somebody else's."""

    def fill(round: Round, seen: bool) -> Iterator[str]:
        yield text.format(getattr(round.others[round.who.name if seen else "root"], what))

    return fill


def _people(round: Round, seen: bool) -> Iterator[str]:
    yield from (f"/users/{user}" for user in round.world.users.values() if seen)


def _leaving(round: Round, seen: bool) -> Iterator[str]:
    yield from (f"{person}/deactivate" for person in _people(round, seen))


def _teams(round: Round, seen: bool) -> Iterator[str]:
    yield from (f"/teams/{team}" for team in round.world.teams.values() if seen)


FILLS: Mapping[str, Fill] = {
    "/login": _once("/login"),
    "/language/{code}": _once("/language/en"),
    "/setup": _once("/setup"),
    "/manifest.webmanifest": _once("/manifest.webmanifest"),
    "/worker.js": _once("/worker.js"),
    "/offline/{code}": _once("/offline/en"),
    "/": _once("/"),
    "/profile": _once("/profile"),
    "/profile/tokens": _once("/profile/tokens"),
    "/profile/second": _once("/profile/second"),
    "/login/code": _once("/login/code"),
    "/login/oidc": _once("/login/oidc"),
    "/login/oidc/back": _once("/login/oidc/back"),
    "/users/{id}/deactivate": _leaving,
    "/users": _once("/users"),
    "/users/{id}": _people,
    "/teams": _once("/teams"),
    "/teams/{id}": _teams,
    "/audit": _once("/audit"),
    "/forgot": _once("/forgot"),
    "/password/{token}": _once("/password/none"),
    "/api/docs": _once("/api/docs"),
    "/api/docs/{entity}": _each_entity("/api/docs/{entity}"),
    "/bin": _once("/bin", "/bin?entity=company", "/bin?entity=deal"),
    "/search": _found("/search"),
    "/palette": _found("/palette"),
    "/pick/{entity}": _picks,
    "/e/{entity}": _lists,
    "/e/{entity}/v/{view}": _views("/e/{entity}/v/{view}"),
    "/e/{entity}/v/{view}/count": _views("/e/{entity}/v/{view}/count"),
    "/regions": _once("/regions"),
    "/e/{entity}/new": _new,
    "/files/{id}/{name}": _files("/files/{file}/some.txt"),
    "/e/{entity}/export": _each_entity("/e/{entity}/export"),
    "/exports/{id}": _of("/exports/{}", "export"),
    "/e/{entity}/duplicates": _each_entity("/e/{entity}/duplicates"),
    "/e/{entity}/merge": _merges,
    "/e/{entity}/import": _each_entity("/e/{entity}/import"),
    "/imports": _once("/imports"),
    "/imports/{draft}": _of("/imports/{}", "draft"),
    "/imports/{draft}/check": _of("/imports/{}/check", "draft"),
    "/imports/{draft}/run": _of("/imports/{}/run", "draft"),
    "/imports/{draft}/errors/{kind}": _of("/imports/{}/errors/csv", "draft"),
    "/e/{entity}/{id}": _records("/e/{record}", most=4),
    "/e/{entity}/{id}/edit": _records("/e/{record}/edit"),
    "/e/{entity}/{id}/why/{field}": _why,
    "/e/{entity}/{id}/cell/{field}": _records("/e/{record}/cell/{field}", lines=True),
    "/e/{entity}/{id}/related/{other}/{by}": _related,
    "/e/{entity}/{id}/history": _records("/e/{record}/history"),
    "/e/{entity}/{id}/activity": _records("/e/{record}/activity"),
    "/e/{entity}/{id}/timeline": _records("/e/{record}/timeline"),
    "/comments/{comment}": _comments("/comments/{comment}"),
    "/comments/{comment}/edit": _comments("/comments/{comment}/edit"),
    "/tasks": _once("/tasks", "/tasks?when=all"),
    "/operations": _once("/operations"),
    "/operations/{operation}": _of("/operations/{}", "operation"),
    "/inbox": _once("/inbox", "/inbox?show=all"),
    "/inbox/count": _once("/inbox/count"),
}


def _api_lists(round: Round, seen: bool) -> Iterator[str]:
    for entity in ENTITIES if seen else ():
        yield from (f"/{entity}?limit=200&count=true", f"/{entity}?updated_since=2020-01-01T00:00:00Z")
    if seen:
        yield from ("/deal?expand=company,mates,owner", "/company?expand=parent", "/chore?expand=about")
        yield from ("/deal?sort=company", "/company?sort=-parent", "/company?view=all", f"/{LINES}?limit=200", "/user")
    for entity, word in round.words(seen):
        yield f"/{entity}?q={word}&count=true"


def _api_records(round: Round, seen: bool) -> Iterator[str]:
    yield from _records("/{record}", lines=True)(round, seen)
    for thing in round.some("deal", seen):
        yield f"/{round.record(thing)}?expand=company,mates"


API_FILLS: Mapping[str, Fill] = {
    "": _once(""),
    "/openapi.json": _once("/openapi.json"),
    "/{entity}": _api_lists,
    "/{entity}/{id}": _api_records,
    "/{entity}/bulk": _once(),
    "/{entity}/files": _once(),
    "/{entity}/{id}/restore": _once(),
    "/{entity}/{id}/files": _records("/{record}/files"),
    "/{entity}/{id}/files/{file}": _files("/{record}/files/{file}"),
}


def others(world: World, product: Product) -> dict[str, Others]:
    users = user_ids(world, product)
    return {who.name: others_of(product, who, users[who.name]) for who in world.people}
