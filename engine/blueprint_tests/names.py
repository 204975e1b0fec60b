"""What the words of one test may name: records by their reference, people, roles; and how its values are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping as MappingType
from dataclasses import dataclass, field

from engine.expressions.parse import Expression
from engine.expressions.types import BOOLEAN, DATETIME, Kind, Rows, Scope, Type, record
from engine.language.problems import Place, nearest
from engine.language.source import Mapping, Node, Scalar
from engine.schema.compilation import Compilation, pairs
from engine.schema.expression_nodes import parse_node, parse_pushable
from engine.schema.model import Entity, Pipeline, Role, SeedRecord
from engine.schema.records_compiler import RecordCheck
from engine.schema.scope import EntityScope

ME = "me"
DELETED = "deleted_at"


@dataclass(frozen=True, slots=True)
class RecordScope:
    """The names of an expression about the records of a test: each by its reference, and `me`."""

    entities: MappingType[str, str]
    """Reference -> entity."""
    behind: EntityScope
    """What is behind a record."""

    def member(self, of: Type | None, name: str) -> Type | None:
        if of is None:
            entity = self.entities.get(name)
            return record("user") if name == ME else record(entity) if entity else None
        if of.kind is Kind.RECORD and name == DELETED:
            return DATETIME
        return self.behind.member(of, name)

    def names(self, of: Type | None) -> Iterable[str]:
        return [*self.entities, ME] if of is None else self.behind.names(of)

    def rows(self, of: Type | None, name: str) -> Rows | None:
        return self.behind.rows(of, name) if of is not None else None

    def within(self, entity: str) -> EntityScope | None:
        return self.behind.within(entity)

    def row_names(self) -> Iterable[str]:
        return self.behind.fields


@dataclass(frozen=True, slots=True)
class Known:
    """What every test of a blueprint shares."""

    entities: MappingType[str, Entity]
    pipelines: MappingType[str, Pipeline]
    roles: MappingType[str, Role]
    seed: tuple[SeedRecord, ...]
    compilation: Compilation

    def scope(self, entity: str) -> EntityScope:
        return EntityScope(entity, {name: each.fields for name, each in self.entities.items()})


@dataclass(slots=True)
class Names:
    """The names of one test; those of a step's new records join while its steps are read."""

    known: Known
    references: dict[str, dict[str, Place]] = field(default_factory=dict)
    """Entity -> reference -> where it is written."""
    _own: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """Reference -> (entity, place), of the test alone."""

    def __post_init__(self) -> None:
        for each in self.known.seed:
            self.references.setdefault(each.entity, {})[each.ref] = each.place
        people = dict.fromkeys((*self.known.roles, ME), Place("", 0, 0))
        self.references["user"] = people | self.references.get("user", {})

    def join(self, entity: Scalar, ref: Scalar, values: Mapping) -> None:
        """A record of the test from now on has this reference."""
        if ref.text in self._own:
            self.known.compilation.problems.add(
                "E501", ref.place, length=ref.width, name=ref.text, other=str(self._own[ref.text][1])
            )
        self._own.setdefault(ref.text, (entity.text, ref.place))
        self.references.setdefault(entity.text, {})[ref.text] = ref.place
        email = values.get("email")
        if entity.text == "user" and isinstance(email, Scalar):
            self.references["user"][email.text] = email.place

    # -- what is named

    @property
    def entities(self) -> dict[str, str]:
        """Reference -> entity: the test's own, then those of the seed that stand for one record, then a user for each
        role."""
        found: dict[str, list[str]] = {}
        for each in self.known.seed:
            found.setdefault(each.ref, []).append(each.entity)
        seed = {ref: named[0] for ref, named in found.items() if len(named) == 1}
        people = dict.fromkeys(self.known.roles, "user")
        return people | seed | {ref: entity for ref, (entity, _) in self._own.items()}

    def record(self, node: Node | None) -> tuple[str, str] | None:
        """(entity, reference) of the record that is named; None with a problem when there is none."""
        if not isinstance(node, Scalar):
            return None
        entities = self.entities
        if self.known.compilation.known("E502", node, entities):
            return entities[node.text], node.text
        return None

    def entity(self, node: Node | None) -> Entity | None:
        if isinstance(node, Scalar) and self.known.compilation.known("E212", node, self.known.entities):
            return self.known.entities[node.text]
        return None

    def person(self, node: Node | None) -> str | None:
        """The user of the test, the seed or a role; None where nobody is named, or with a problem."""
        if isinstance(node, Scalar) and self.known.compilation.known("E503", node, self.references["user"]):
            return node.text
        return None

    def check_field(self, node: Node | None) -> None:
        """A problem when no record of the test has the field, written as `amount` or `lines.0.product`."""
        if not isinstance(node, Scalar):
            return
        named = sorted({entity for entity, _ in self._own.values()} or set(self.known.entities))
        known = [
            name for entity in named if entity in self.known.entities for name in self.known.entities[entity].fields
        ]
        if node.text.split(".")[0] not in known:
            self.unknown("E213", node, known, where=", ".join(named))

    # -- what is written

    def records(self, node: Node | None) -> tuple[SeedRecord, ...]:
        """New records, as entity › reference › values."""
        written = list(_written(node))
        for entity, ref, values in written:
            self.join(entity, ref, values)
        check = self._check()
        return tuple(check.record(*each) for each in written if check.known(each[0]))

    def values(self, entity: str, ref: str, node: Node | None, place: Place) -> SeedRecord:
        """Values for a record that is there."""
        mapping = node if isinstance(node, Mapping) else Mapping(place)
        return self._check(emptying=True).record(Scalar(place, entity), Scalar(place, ref), mapping)

    def expression(self, node: Node | None) -> Expression | None:
        scope: Scope = RecordScope(self.entities, self.known.scope("user"))
        return parse_node(node, scope, BOOLEAN, self.known.compilation.problems)

    def filter(self, node: Node | None, entity: str) -> Expression | None:
        """A condition about the records of an entity."""
        return parse_pushable(node, self.known.scope(entity), BOOLEAN, self.known.compilation.problems)

    def unknown(self, code: str, node: Scalar, candidates: Iterable[str], **values: str) -> None:
        """A problem about a name that is none of the candidates."""
        given = {"name": node.text, **values}
        near = nearest(node.text, candidates)
        self.known.compilation.problems.note(code, node.place, given, near=near, length=node.width)

    def _check(self, emptying: bool = False) -> RecordCheck:
        known = self.known
        return RecordCheck(known.entities, self.references, tuple(known.roles), known.compilation, emptying)


def _written(node: Node | None) -> Iterator[tuple[Scalar, Scalar, Mapping]]:
    for entity, items in pairs(node):
        for ref, values in pairs(items):
            if isinstance(values, Mapping):
                yield entity, ref, values
