"""Which write touches which computed value: the graph of the computed fields, worked out once for a blueprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.language.problems import Problems
from engine.schema.computed import Over, Path, Rollup
from engine.schema.model import Entity, Field

Place = tuple[str, str]
"""(entity, field)."""
CAME = "*"
"""In place of a field: records that come to be, go to the bin or come back."""


@dataclass(frozen=True, slots=True)
class Input:
    """A field that a value is made of, and the way from its record to the record with the value: `via` are the links
    from the record with the value, or from one of those a rollup is over, to the record with the field."""

    place: Place
    over: Over | None
    via: Path


@dataclass(frozen=True, slots=True)
class Step:
    """Values of one entity that are worked out together: formulas and lookups of the same depth, or rollups over the
    same records."""

    entity: str
    fields: tuple[Field, ...]
    inputs: tuple[Input, ...]
    rollup: Rollup | None


@dataclass(frozen=True)
class Plan:
    """The steps in an order in which each follows those it is made of."""

    steps: tuple[Step, ...]

    @cached_property
    def read(self) -> Mapping[str, frozenset[str]]:
        """The fields, by entity, whose change touches a value."""
        found: dict[str, set[str]] = {}
        for step in self.steps:
            for each in step.inputs:
                found.setdefault(each.place[0], set()).add(each.place[1])
        return {entity: frozenset(names) for entity, names in found.items()}

    @cached_property
    def ends(self) -> Mapping[str, tuple[Field, ...]]:
        """The links, by entity, whose records are rolled up by what they name: both ends count when one moves."""
        found: dict[str, dict[str, Field]] = {}
        for step in self.steps:
            if step.rollup is not None and step.rollup.over.way != "linked":
                link = step.rollup.over.link
                found.setdefault(link.entity, {})[link.name] = link
        return {entity: tuple(links.values()) for entity, links in found.items()}

    @cached_property
    def behind(self) -> Mapping[str, frozenset[Path]]:
        """The chains of links, by the entity they begin at, behind which lies what values are made of."""
        found: dict[str, set[Path]] = {}
        for step in self.steps:
            for each in step.inputs:
                start = step.entity if each.over is None else each.over.entity
                if each.via:
                    found.setdefault(start, set()).add(each.via)
            if step.rollup is not None and step.rollup.over.way == "linked":
                found.setdefault(step.entity, set()).add((step.rollup.over.link.name,))
        return {entity: frozenset(paths) for entity, paths in found.items()}

    @cached_property
    def own(self) -> Mapping[str, tuple[Field, ...]]:
        """Formulas and lookups by entity, in order: what a record is given before it is written."""
        found: dict[str, list[Field]] = {}
        for step in self.steps:
            if step.rollup is None:
                found.setdefault(step.entity, []).extend(step.fields)
        return {entity: tuple(fields) for entity, fields in found.items()}

    @cached_property
    def rollups(self) -> Mapping[str, tuple[Field, ...]]:
        found: dict[str, list[Field]] = {}
        for step in self.steps:
            if step.rollup is not None:
                found.setdefault(step.entity, []).extend(step.fields)
        return {entity: tuple(fields) for entity, fields in found.items()}


def plan_of(entities: Mapping[str, Entity]) -> Plan:
    """The stored computed fields of the entities."""
    found = {place: field for place, field in _computed(entities).items() if field.computed and field.computed.stored}
    depths = _depths(_made_of(found, entities))
    groups: dict[tuple[int, str, str, str], list[Field]] = {}
    for place, depth in depths.items():
        groups.setdefault(_group(found[place], depth), []).append(found[place])
    return Plan(tuple(_step(tuple(groups[key]), entities) for key in sorted(groups)))


def check_rings(entities: Mapping[str, Entity], problems: Problems) -> None:
    """A problem for each ring of computed fields, at one of them, that names them all."""
    found = _computed(entities)
    made_of = _made_of(found, entities)
    depths, told = _depths(made_of), set[Place]()
    for place in found:
        ring = [] if place in depths else _ring(made_of, depths, place)
        if ring and told.isdisjoint(ring):
            first = min(ring, key=lambda each: list(found).index(each))
            tell_ring([found[each] for each in [*ring[ring.index(first) :], *ring[: ring.index(first)]]], problems)
        told |= set(ring)


def tell_ring(ring: Sequence[Field], problems: Problems) -> None:
    """Each field of a ring with its line, the first one again at the end."""
    shown = " → ".join(f"{field.entity}.{field.name}:{field.place.line}" for field in [*ring, ring[0]])
    problems.note("E490", ring[0].place, {"ring": shown}, length=len(ring[0].name))


def inputs_of(field: Field, fields: Mapping[str, Mapping[str, Field]]) -> Iterator[Input]:
    """Everything a computed value is made of. A snapshot is taken when its link is set, and never again."""
    computed = field.computed
    if computed is None:
        return
    if computed.snapshot is not None:
        yield Input((field.entity, computed.snapshot), None, ())
    elif computed.expression is not None:
        for path in computed.expression.names:
            yield from _along(path, field.entity, fields, None)
    elif computed.rollup is not None:
        yield from _of_rollup(computed.rollup, field.entity, fields)


def _of_rollup(rollup: Rollup, entity: str, fields: Mapping[str, Mapping[str, Field]]) -> Iterator[Input]:
    over = rollup.over
    yield Input((over.entity, CAME), over, ())
    if over.way == "linked":
        yield Input((entity, over.link.name), None, ())
    else:
        yield Input((over.entity, over.link.name), over, ())
    for expression in (rollup.value, rollup.where):
        for path in expression.names if expression else ():
            yield from _along(path, over.entity, fields, over)


def _along(path: Path, entity: str, fields: Mapping[str, Mapping[str, Field]], over: Over | None) -> Iterator[Input]:
    """Each link a path passes and the field it ends at; not the attributes of a stage, which no write changes."""
    for depth, written in enumerate(path):
        name = "main_team" if (entity, written) == ("user", "team") else written
        field = fields.get(entity, {}).get(name)
        if field is None:
            yield from [Input((entity, CAME), over, ())] if path == ("id",) else []
            return
        yield Input((entity, name), over, path[:depth])
        if not field.target:
            return
        entity = field.target


def _computed(entities: Mapping[str, Entity]) -> dict[Place, Field]:
    return {
        (entity.name, field.name): field
        for entity in entities.values()
        for field in entity.declared
        if field.computed is not None
    }


def _made_of(found: Mapping[Place, Field], entities: Mapping[str, Entity]) -> dict[Place, set[Place]]:
    """The computed values each one is made of."""
    fields = {name: entity.fields for name, entity in entities.items()}
    return {place: {each.place for each in inputs_of(field, fields)} & found.keys() for place, field in found.items()}


def _depths(made_of: Mapping[Place, set[Place]]) -> dict[Place, int]:
    """How many values each one is made of in a row; rings, and what is made of them, are missing."""
    depths: dict[Place, int] = {}
    while ready := [place for place, others in made_of.items() if place not in depths and others <= depths.keys()]:
        depths |= {place: 1 + max((depths[other] for other in made_of[place]), default=0) for place in ready}
    return depths


def _ring(made_of: Mapping[Place, set[Place]], depths: Mapping[Place, int], start: Place) -> list[Place]:
    """From a value without a depth to others without one, until one comes again: the ring it stands in or leads to."""
    path = [start]
    while True:
        following = min(other for other in made_of[path[-1]] if other not in depths)
        if following in path:
            return path[path.index(following) :]
        path.append(following)


def _step(fields: tuple[Field, ...], entities: Mapping[str, Entity]) -> Step:
    by_name = {name: entity.fields for name, entity in entities.items()}
    inputs = tuple(dict.fromkeys(each for field in fields for each in inputs_of(field, by_name)))
    rollup = fields[0].computed.rollup if fields[0].computed else None
    return Step(fields[0].entity, fields, inputs, rollup)


def _group(field: Field, depth: int) -> tuple[int, str, str, str]:
    """Values that one statement finds."""
    rollup = field.computed.rollup if field.computed else None
    if rollup is None:
        snapshot = field.name if field.computed and field.computed.snapshot else ""
        return depth, field.entity, snapshot, ""
    over = f"{rollup.over.way}:{'.'.join(rollup.over.place)}"
    return depth, field.entity, over, rollup.where.text if rollup.where else ""
