"""What the compilers of this room share while they work on one blueprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping as MappingType
from dataclasses import dataclass

from engine.expressions.types import Scope
from engine.language.nodes import Mapping, Node, Scalar
from engine.language.problems import Problems, nearest
from engine.locale.text import Text
from engine.schema.compilation import pairs, scalars
from engine.schema.model import Entity, Field, Role
from engine.schema.texts import read_text


@dataclass(frozen=True, slots=True)
class ScreenCompilation:
    """The merged text, the compiled model, the languages every text should have, and where problems go."""

    root: Mapping
    entities: MappingType[str, Entity]
    roles: MappingType[str, Role]
    languages: tuple[str, ...]
    problems: Problems
    scope_of: Callable[[Entity], Scope]

    def per_entity(self, section: str, *others: str) -> tuple[tuple[Entity, Node], ...]:
        """The (entity, node) pairs of a section keyed by entity; an unknown entity is a problem and left out, as are
        the keys that stand for something else."""
        written = ((key, node) for key, node in pairs(self.root.get(section)) if key.text not in others)
        found = ((self.entity(key), node) for key, node in written)
        return tuple((entity, node) for entity, node in found if entity is not None)

    def entity(self, name: Scalar) -> Entity | None:
        if name.text in self.entities or not self.declares("entities", name.text):
            self.known("E212", name, self.entities)
        return self.entities.get(name.text)

    def field(self, name: Scalar, entity: Entity, where: str) -> Field | None:
        """The field of `entity` named by the scalar; None after a problem, or when the field itself is broken."""
        if not self.declares("entities", entity.name, "fields", name.text):
            self.known("E213", name, entity.fields, where=where)
        return entity.fields.get(name.text)

    def fields(self, node: Node | None, entity: Entity, where: str) -> tuple[Field, ...]:
        found = (self.field(name, entity, where) for name in scalars(node))
        return tuple(field for field in found if field is not None)

    def role_names(self, node: Node | None) -> tuple[str, ...]:
        return tuple(name.text for name in scalars(node) if self.known("E215", name, self.roles))

    def text(self, node: Node | None, default: Text) -> Text:
        return default if node is None else read_text(node, self.languages, self.problems)

    def known(self, code: str, name: Scalar, candidates: Iterable[str], **values: str) -> bool:
        """Whether the name is a candidate; else a problem with a near name is added."""
        names = list(candidates)
        if name.text not in names:
            self.fault(code, name, near=nearest(name.text, names), **values)
        return name.text in names

    def fault(self, code: str, name: Scalar, near: str | None = None, **values: str) -> None:
        self.problems.add(code, name.place, near=near, length=name.width, name=name.text, **values)

    def fault_in(self, code: str, key: Scalar, name: str) -> None:
        """A problem of what `key` begins, about `name`."""
        self.problems.add(code, key.place, length=key.width, name=name)

    def declares(self, *path: str) -> bool:
        """Whether the blueprint writes this node, be it broken: then its own problem says enough."""
        node: Node | None = self.root
        for name in path:
            node = node.get(name) if isinstance(node, Mapping) else None
        return node is not None
