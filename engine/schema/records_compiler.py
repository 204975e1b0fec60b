"""Seed and demo records: names, references and values are checked here, so that planting fails for rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping as MappingType
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine.language.problems import Place, nearest
from engine.language.source import Mapping, Node, Scalar, Sequence, plain
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.schema.compilation import Compilation, pairs, scalars
from engine.schema.field_type import FieldType, ValueRefused, refuse
from engine.schema.file_moments import Moments
from engine.schema.model import Entity, Field, SeedRecord

ROLES = "roles"
"""What a user in a file may say beside the fields."""
BORN = "created_at"
Entities = MappingType[str, Entity]
References = MappingType[str, MappingType[str, Place]]
"""Entity -> reference -> where it is written."""


def compile_records(
    entities: Entities, roles: Iterable[str], compilation: Compilation
) -> tuple[tuple[SeedRecord, ...], tuple[SeedRecord, ...]]:
    """The records of `seed` and of `demo`, in the order written."""
    written = {section: list(_written(section, compilation)) for section in ("seed", "demo")}
    references = _references([item for items in written.values() for item in items], compilation)
    check = RecordCheck(entities, references, tuple(roles), compilation)
    seed, demo = (tuple(check.record(*item) for item in written[name] if check.known(item[0])) for name in written)
    return seed, demo


def _written(section: str, compilation: Compilation) -> Iterator[tuple[Scalar, Scalar, Mapping]]:
    """(entity, reference, values) of each record."""
    for entity, items in compilation.section(section):
        for ref, values in pairs(items):
            if isinstance(values, Mapping):
                yield entity, ref, values


def _references(records: Iterable[tuple[Scalar, Scalar, Mapping]], compilation: Compilation) -> References:
    """A user may be named by e-mail too."""
    found: dict[str, dict[str, Place]] = {}
    for entity, ref, values in records:
        known = found.setdefault(entity.text, {})
        if ref.text in known:
            other = str(known[ref.text])
            compilation.problems.add("E412", ref.place, length=ref.width, name=ref.text, other=other)
        known[ref.text] = ref.place
        email = values.get("email")
        if entity.text == "user" and isinstance(email, Scalar):
            known[email.text] = email.place
    return found


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Checks records that name each other by `references`."""

    entities: Entities
    references: References
    roles: tuple[str, ...]
    compilation: Compilation
    emptying: bool = False
    """Whether null may be written, for a record that is there."""

    def known(self, entity: Scalar) -> bool:
        return self.compilation.known("E212", entity, self.entities)

    def record(self, name: Scalar, ref: Scalar, values: Mapping) -> SeedRecord:
        entity = self.entities[name.text]
        where = f"{name.text}.{ref.text}"
        extra = (ROLES,) if name.text == "user" else ()
        for key, node in pairs(values):
            if not self.compilation.known("E213", key, (*entity.fields, *extra), where=where):
                continue
            if key.text in extra:
                for role in scalars(node):
                    self.compilation.known("E215", role, self.roles)
            else:
                self._value(entity.fields[key.text], node)
        return SeedRecord(name.text, ref.text, plain(values), ref.place)

    def _value(self, field: Field, node: Node) -> None:
        if field.broken or (self.emptying and isinstance(node, Scalar) and node.value is None):
            return
        if field.type.sealed:
            self._refuse(field, node.place, node.width if isinstance(node, Scalar) else 0, refuse("secret_in_file"))
            return
        if field.given:
            reason = message_text("value.not_writable", label=field.label)
            self._refuse(field, node.place, node.width if isinstance(node, Scalar) else 0, ValueRefused(reason))
            return
        if not field.type.stored:
            self._lines(field, node)
        elif field.targets:
            self._references(field, node)
        elif not isinstance(node, Scalar):
            self._other(field, node)
        elif node.text and field.target:
            self._reference(field, node)
        elif node.text:
            self._scalar(field, node)

    def _other(self, field: Field, node: Node) -> None:
        """A list or map, for types that take one."""
        if type(field.type).accept is FieldType.accept:
            self.compilation.problems.add("E223", node.place)
            return
        try:
            field.type.accept(plain(node), field)
        except ValueRefused as refusal:
            self._refuse(field, node.place, 0, refusal)
        except (TypeError, AttributeError):
            self.compilation.problems.add("E223", node.place)

    def _lines(self, field: Field, node: Node) -> None:
        if not isinstance(node, Sequence) or not all(isinstance(item, Mapping) for item in node.items):
            self.compilation.problems.add("E223", node.place, length=node.width if isinstance(node, Scalar) else 0)
            return
        fields = self.entities[field.target or ""].fields
        for key, value in (pair for item in node.items for pair in pairs(item)):
            if self.compilation.known("E213", key, fields, where=f"{field.entity}.{field.name}"):
                self._value(fields[key.text], value)

    def _reference(self, field: Field, node: Scalar) -> None:
        known = self.references.get(field.target or "", {})
        if node.text not in known:
            near = nearest(node.text, known)
            values = {"entity": field.target or "", "name": node.text}
            self.compilation.problems.note("E411", node.place, values, near=near, length=node.width)

    def _references(self, field: Field, node: Node) -> None:
        """Each name of a record that the value has, at its own place where it has one."""
        try:
            named = field.type.written_references(plain(node), field)
        except ValueRefused as refusal:
            self._refuse(field, node.place, node.width if isinstance(node, Scalar) else 0, refusal)
            return
        places = {scalar.text: scalar for scalar in scalars(node)}
        for entity, name in named:
            known = self.references.get(entity, {})
            if name not in known:
                at = places.get(name)
                place, length = (at.place, at.width) if at else (node.place, 0)
                values = {"entity": entity, "name": name}
                self.compilation.problems.note("E411", place, values, near=nearest(name, known), length=length)

    def _scalar(self, field: Field, node: Scalar) -> None:
        moments = Moments(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
        try:
            steps = moments.journey(node.value) if "pipeline" in field.settings else []
            if field.name == BORN:
                moments.moment(node.value)
            elif not steps:
                moments.value(node.value if node.value is not None else node.text, field)
            for step in steps:
                field.type.accept(step.stage, field)
        except ValueRefused as refusal:
            self._refuse(field, node.place, node.width, refusal)

    def _refuse(self, field: Field, place: Place, width: int, refusal: ValueRefused) -> None:
        values: dict[str, str | Text] = {"field": field.name, "reason": refusal.message}
        self.compilation.problems.note("E410", place, values, length=width)
